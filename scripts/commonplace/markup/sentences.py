"""Finds the sentence around an offset, so that a citation can be quoted with what it supports."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from commonplace.model import Markup, Span

_START = attrgetter("span.start")
_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
_MARK = re.compile(r"[ ]{0,3}(?:[-*+]|\d+[.)])[ \t]+|\#{1,6}[ \t][^\n]*\n")
"""What sets off the line that it begins: the mark of a list, or a heading up to its end."""
# The sign comes before what must not stand before it: the search then looks at signs only.
_END = re.compile(
    r"[.!?](?<![ .(]\w.)(?<!\bal.)(?<!\bvs.)(?<!\be\.g.)(?<!\bi\.e.)(?<!\bcf.)[\"')\]*_]*(?=\s+\S)"
)


def sentence_around(text: str, offset: int, markup: Markup, start: int = 0) -> Span:
    """The sentence of the body from `start` on that `offset` stands in, without the white space around it."""
    first, last = _first(text, offset, start), _last(text, offset)
    # Half of a piece of code is none: it would be read.
    for block in markup.code_blocks:
        if first < block.end <= offset:
            first = block.end
        elif offset < block.start < last:
            last = block.start
    inside = list(_inside(markup, first, last))
    ends = (
        match.end()
        for match in _END.finditer(text, first, last)
        if not any(span.start < match.start() < span.end for span in inside)
    )
    begin, end = first, last
    for each in ends:
        if each > offset:
            end = each
            break
        begin = each
    words = text[begin:end]
    return Span(begin + len(words) - len(words.lstrip()), begin + len(words.rstrip()))


def _inside(markup: Markup, first: int, last: int) -> Iterator[Span]:
    """What begins from `first` to `last` and is one piece, whatever signs stand in it."""
    tokens, code = markup.tokens, markup.code_in_words
    begins = bisect_left(tokens, first, key=_START)
    ends = bisect_left(tokens, last, begins, key=_START)
    yield from (token.span for token in tokens[begins:ends])
    yield from (span for span in code if first <= span.start < last)


def _first(text: str, offset: int, start: int) -> int:
    """Where the paragraph, list item or heading begins that `offset` stands in."""
    line = text.rfind("\n", start, offset) + 1 or start
    while line > start:
        if (mark := _MARK.match(text, line)) and mark.end() <= offset:
            return mark.end()
        line = text.rfind("\n", start, line - 1) + 1 or start
        if _BLANK.match(text, line):
            return line
    mark = _MARK.match(text, start)
    return mark.end() if mark and mark.end() <= offset else start


def _last(text: str, offset: int) -> int:
    """Where it ends; at the offset itself, if that is the first sign of a mark."""
    if text[offset - 1 : offset] in ("", "\n") and _MARK.match(text, offset):
        return offset
    line = text.find("\n", offset) + 1
    while line:
        if _BLANK.match(text, line) or _MARK.match(text, line):
            return line
        line = text.find("\n", line) + 1
    return len(text)
