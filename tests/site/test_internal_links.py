"""Every link of a built book leads to something: a file of the site, and in it the place that is named."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from commonplace.site import build
from sample_books import HEALTHY, bound, loaded, written


class _Read(HTMLParser):
    """The addresses that a page links or shows, and the places in it that links can name."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.places: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.addresses += [given[name] for name in ("href", "src") if name in given]
        self.places += [given["id"]] if "id" in given else []


@cache
def read(page: Path) -> _Read:
    """A page of a site."""
    reader = _Read()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def target(site: Path, page: Path, path: str) -> Path:
    """The file of the site that an address on a page leads to."""
    folder = page.parent.relative_to(site).as_posix()
    found = site / normpath(f"{folder}/{unquote(path)}")
    return found / "index.html" if path.endswith(("/", "..")) or path == "." else found


def dangling(site: Path) -> list[str]:
    """The links that lead nowhere, each behind its page."""
    faults = []
    for page in site.rglob("*.html"):
        if page.name == "404.html":  # shown at any address, so it has the host's own addresses
            continue
        for address in read(page).addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            file = target(site, page, parts.path) if parts.path else page
            if not file.is_file() or (parts.fragment and unquote(parts.fragment) not in read(file).places):
                faults.append(f"{page.relative_to(site)}: {address}")
    return faults


def test_every_link_of_the_real_book_leads_somewhere(book: Path) -> None:
    assert dangling(book) == []


def test_every_link_of_a_book_with_all_marks_leads_somewhere(tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path)
    more = """---
title: More links
---
[[gates#method]], [[gates]], [a](papers/bounds.md#the-proof), [b](papers/index.md), [c](index.md#newest),
[d](#two-lines),
![e](papers/gates.png), so[^1], [f](bibliography.md#ostby2017gates), <a href="papers/wide.md">g</a>.

Two
lines
---

[^1]: Because of [[wide]].
"""
    written(root, {"notes/more.md": more})
    site = build(loaded(root)).folder
    assert len(read(site / "more/index.html").addresses) > 20
    assert dangling(site) == []


def test_a_link_that_leads_nowhere_is_noticed_here(tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path)
    addresses = ["nowhere.md", "papers/gates.md#nowhere", "../about.md", "gates.png"]
    written(root, {"notes/more.md": " ".join(f"[a]({address})" for address in addresses)})
    assert len(dangling(build(loaded(root)).folder)) == len(addresses)


def test_no_page_of_the_real_book_names_two_places_alike(book: Path) -> None:
    twice = {}
    for page in book.rglob("*.html"):
        places = read(page).places
        if len(places) > len(set(places)):
            twice[str(page)] = sorted(place for place in places if places.count(place) > 1)
    assert twice == {}
