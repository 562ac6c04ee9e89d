"""Finds headings and gives each the anchor that its page will show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pymdownx.slugs import slugify

from commonplace.markup.code_blocks import stretches
from commonplace.model import Heading, Span

_HEADING = re.compile(
    r"^[ ]{0,3}(?P<marks>\#{1,6})[ \t]++(?P<text>[^\n]*+)$"
    r"|^(?P<line>[^\s>#|-][^\n]*+)\n(?P<rule>=++|-++)[ \t]*+$",
    re.MULTILINE,
)
_LONGEST = 300
"""Characters of a heading that its anchor is made of."""
_slug = slugify(case="lower")
_MARKS = re.compile(r"\[@[^\[\]]*+\]|[$`*_{}\\]")


def headings(text: str, start: int, blocks: list[Span]) -> Iterator[Heading]:
    """The headings outside `blocks` of code, each anchor once: a second `idea` is `idea-1`."""
    used: dict[str, int] = {}
    for stretch in stretches(blocks, start, len(text)):
        for match in _HEADING.finditer(text, stretch.start, stretch.end):
            if match["line"] and not _begins_block(text, start, match.start()):
                continue
            words = match["line"] or match["text"].rstrip(" \t").rstrip("#").rstrip(" \t")
            level = len(match["marks"]) if match["marks"] else 1 + (match["rule"][0] == "-")
            yield Heading(Span(*match.span()), level, words, _unique(anchor(words), used))


def _begins_block(text: str, start: int, at: int) -> bool:
    """Whether nothing but a heading or a blank line stands above: words under words are a paragraph."""
    above = text[text.rfind("\n", start, max(at - 1, start)) + 1 : at]
    return at == start or not above.strip() or above.startswith("#")


@lru_cache(maxsize=4096)
def anchor(words: str) -> str:
    """The anchor of a heading of these words, as `[[slug#heading]]` may also give it."""
    return str(_slug(_MARKS.sub("", words[:_LONGEST]).strip(), "-"))


def _unique(slug: str, used: dict[str, int]) -> str:
    used[slug] = count = used.get(slug, -1) + 1
    return _unique(f"{slug}-{count}", used) if count else slug
