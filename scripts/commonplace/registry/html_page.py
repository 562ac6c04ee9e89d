"""Reads from a page of HTML what tells whether a link reached its goal: the title, a heading, the anchors."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser

_BLANK = re.compile(r"\s+")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a page calls itself, and the anchors that it has."""

    title: str
    heading: str
    """The first heading of the first level."""
    anchors: frozenset[str]


def read_html(body: bytes, content_type: str) -> HtmlPage:
    """The page in `body`, however ill-formed; the header's word on the encoding goes before the page's."""
    reader = _Reader()
    # The parser of the standard library gives up on some malformed declarations: what came before counts.
    with suppress(AssertionError):
        reader.feed(_text(body, content_type))
    return HtmlPage(reader.text("title"), reader.text("h1"), frozenset(reader.anchors))


def _text(body: bytes, content_type: str) -> str:
    said = re.search(r"charset=[\"']?([\w-]+)", content_type, re.IGNORECASE)
    found = _CHARSET.search(body[:4096])
    name = said[1] if said else found[1].decode("ascii") if found else "utf-8"
    try:
        text = body.decode(name, errors="replace")
    except (LookupError, ValueError):
        text = body.decode("utf-8", errors="replace")
    # Some encodings can write halves of characters, which no file can hold.
    return text.encode("utf-8", errors="replace").decode("utf-8")


class _Reader(HTMLParser):
    """Notes every anchor, and the text of the first `title` and `h1`."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self._texts: dict[str, list[str]] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.anchors.update(value for name, value in attributes if value and name in ("id", "name"))
        if tag in ("title", "h1") and tag not in self._texts:
            self._texts[tag] = []
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._texts[self._inside].append(data)

    def text(self, tag: str) -> str:
        """What the tag held, white space folded."""
        return _BLANK.sub(" ", "".join(self._texts.get(tag, []))).strip()[:_LONGEST_TITLE]
