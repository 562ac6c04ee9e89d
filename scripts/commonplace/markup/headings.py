"""Finds headings and gives each the anchor that its page will show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pymdownx.slugs import slugify

from commonplace.markup.commonmark import Blocks
from commonplace.model import Heading, Span

_MARKED = re.compile(r"[ ]{0,3}\#{1,6}(?:[ \t]++(?P<text>[^\n]*+))?")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])\#+$")
_LONGEST = 300
"""Characters of a heading that its anchor is made of."""
NAMELESS = "section"
"""The anchor of a heading whose words leave nothing to make one of."""
_slug = slugify(case="lower")
_MARKS = re.compile(r"\[@[^\[\]]*+\]|[$`*_{}\\]")


def headings(text: str, blocks: Blocks) -> Iterator[Heading]:
    """The headings outside of lists and quotations, each anchor once: a second `idea` is `idea-1`."""
    used: dict[str, int] = {}
    for span, level in blocks.headings:
        written = text[span.start : span.end].rstrip()
        words = _words(written)
        slug = _unique(anchor(words) or NAMELESS, used)
        yield Heading(Span(span.start, span.start + len(written)), level, words, slug)


def _words(written: str) -> str:
    """A heading's words, between marks or above a rule."""
    marked = _MARKED.fullmatch(written)
    if not marked:
        above = written.rpartition("\n")[0] or written.lstrip("#")
        return " ".join(above.split())
    return _CLOSING_MARKS.sub("", (marked["text"] or "").rstrip()).rstrip()


@lru_cache(maxsize=4096)
def anchor(words: str) -> str:
    """The anchor of a heading of these words, as `[[slug#heading]]` may also give it."""
    return str(_slug(_MARKS.sub("", words[:_LONGEST]).strip(), "-"))


def _unique(slug: str, used: dict[str, int]) -> str:
    used[slug] = count = used.get(slug, -1) + 1
    return _unique(f"{slug}-{count}", used) if count else slug
