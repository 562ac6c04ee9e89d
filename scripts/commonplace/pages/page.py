"""A finished page: Markdown that any engine can render, and where it belongs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import dirname, relpath

from commonplace.generated import BIBLIOGRAPHY, HOME, OPEN_QUESTIONS, PAPERS, TOPICS

__all__ = ["BIBLIOGRAPHY", "HOME", "OPEN_QUESTIONS", "PAPERS", "TOPICS", "Page", "relative"]


@dataclass(frozen=True)
class Page:
    """A page at `path` below the site's root; `title` is plain text, `body` Markdown with its own heading."""

    path: str
    title: str
    body: str
    description: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    """What the theme is told besides."""

    def text(self) -> str:
        """The page as a Markdown file."""
        front = {"title": self.title, "description": self.description, **self.settings}
        # JSON is YAML, and needs no care with quotes.
        lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items() if value)
        return "\n".join(["---", *lines, "---", "", self.body])


def relative(target: str, origin: str) -> str:
    """The address of the page at path `target` as the page at `origin` links it."""
    path, _, anchor = target.partition("#")
    address = relpath(path, dirname(origin) or ".") if path != origin else ""
    return f"{address}#{anchor}" if anchor else address or relpath(path, dirname(origin) or ".")
