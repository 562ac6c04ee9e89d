"""A finished page: Markdown that any engine can render, and where it belongs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import relpath


@dataclass(frozen=True)
class Page:
    """A page at `path` below the site's root; `title` is plain text, `body` Markdown with its own heading."""

    path: str
    title: str
    body: str
    description: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    """What the theme is told besides."""
    drawings: Mapping[int, str] = field(default_factory=dict)
    """Pictures as finished HTML, each by the offset in the body that it stands at.

    They are no part of the text, so nothing that a note holds can make one, move one or fill one.
    """

    def text(self) -> str:
        """The page as a Markdown file."""
        front = {"title": self.title, "description": self.description, **self.settings}
        # JSON is YAML, and needs no care with quotes.
        lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items() if value)
        return "\n".join(["---", *lines, "---", "", self.body])

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The body from drawing to drawing: a piece of Markdown, and the HTML that follows it."""
        start = 0
        for offset, drawing in sorted(self.drawings.items()):
            yield self.body[start:offset], drawing
            start = offset
        yield self.body[start:], ""

    def whole(self) -> str:
        """Everything that the page shows, as one text: two pages that differ anywhere differ in it."""
        return "\n".join([self.text(), *(f"{offset} {html}" for offset, html in self.drawings.items())])


def relative(target: str, origin: str) -> str:
    """The address of the page at path `target` as the page at `origin` links it."""
    path, _, anchor = target.partition("#")
    if path == origin and anchor:
        return f"#{anchor}"
    address = _between(path, origin.rpartition("/")[0])
    return f"{address}#{anchor}" if anchor else address


@lru_cache(maxsize=1 << 16)
def _between(path: str, folder: str) -> str:
    return relpath(path, folder or ".")
