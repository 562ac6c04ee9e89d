"""The headings of a page as MkDocs' table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mkdocs.structure.toc import AnchorLink, TableOfContents

from commonplace.rendering import Heading


def contents(headings: Sequence[Heading]) -> TableOfContents:
    """Headings as a table of contents: each with those below it."""
    roots: list[AnchorLink] = []
    holding: list[tuple[int, list[AnchorLink]]] = [(0, roots)]
    for heading in headings:
        while holding[-1][0] >= heading.level:
            holding.pop()
        entry = AnchorLink(escape(heading.words), heading.anchor, heading.level)
        holding[-1][1].append(entry)
        holding.append((heading.level, entry.children))
    return TableOfContents(roots)
