"""What every page of the real book may cost, and whom it may ask."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

_BUDGET = 40_000
"""Bytes of HTML that a page may have beyond its own content."""
_ARTICLE = re.compile(rb"<article[^>]*>(.*)</article>", re.DOTALL)
_LOADING = {
    "stylesheet",
    "preload",
    "modulepreload",
    "prefetch",
    "icon",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"(?:url\(|@import)\s*[\"']?([^\"')\s;]+)")


def test_no_page_weighs_more_than_its_budget_beyond_its_own_content(book: Path) -> None:
    heavy = {}
    for path in book.rglob("*.html"):
        html = path.read_bytes()
        article = _ARTICLE.search(html)
        assert article, path
        beyond = len(html) - len(article[1])
        if beyond > _BUDGET:
            heavy[str(path.relative_to(book))] = beyond
    assert heavy == {}


class _Loaded(HTMLParser):
    """Collects the addresses that a browser loads on its own while it shows a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.addresses += [given[name] for name in ("src", "data", "poster", "action") if name in given]
        self.addresses += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        self.addresses += _CSS_ADDRESS.findall(given.get("style", ""))
        if tag == "link" and _LOADING & set(given.get("rel", "").split()):
            self.addresses.append(given["href"])


def test_no_page_loads_anything_from_another_host(book: Path) -> None:
    foreign = {}
    for path in book.rglob("*.html"):
        loaded = _Loaded()
        loaded.feed(path.read_text(encoding="utf-8"))
        assert loaded.addresses, path
        if elsewhere := [address for address in loaded.addresses if _ELSEWHERE.match(address)]:
            foreign[str(path.relative_to(book))] = elsewhere
    assert foreign == {}


def test_no_stylesheet_loads_anything_from_another_host(book: Path) -> None:
    sheets = list(book.rglob("*.css"))
    addresses = [
        address for path in sheets for address in _CSS_ADDRESS.findall(path.read_text(encoding="utf-8"))
    ]
    assert sheets
    assert [address for address in addresses if _ELSEWHERE.match(address)] == []
