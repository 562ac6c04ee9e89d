"""Finds the sentence around an offset, so that a citation can be quoted with what it supports."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import takewhile

from commonplace.markup.scanner import code_in_blocks, code_in_words
from commonplace.model import Span, Token

_PARAGRAPH_EDGE = re.compile(
    r"\n[ \t]*\n|^[ ]{0,3}(?:[-*+]|\d+[.)])[ \t]+|^\#{1,6}[ \t][^\n]*\n", re.MULTILINE
)
_MAY_BE_CODE = re.compile(r"`|~~~|[ ]{4}|\t")
# The sign comes before what must not stand before it: the search then looks at signs only.
_END = re.compile(
    r"[.!?](?<![ .(]\w.)(?<!\bal.)(?<!\bvs.)(?<!\be\.g.)(?<!\bi\.e.)(?<!\bcf.)[\"')\]*_]*(?=\s+\S)"
)


def sentence_around(text: str, offset: int, tokens: tuple[Token, ...], start: int = 0) -> Span:
    """The sentence of the body from `start` on that `offset` stands in, without the white space around it."""
    first, last = _paragraph(text, offset, start)
    code = list[Span]()
    # What makes code may stand before the words, with the mark of a list.
    if _MAY_BE_CODE.search(text, text.rfind("\n", start, first) + 1, last):
        # Half of a piece of code is none: it would be read.
        blocks = code_in_blocks(text, start)
        first = max((block.end for block in blocks if first < block.end <= offset), default=first)
        last = min((block.start for block in blocks if offset < block.start < last), default=last)
        code += [span for span in code_in_words(text, start) if first <= span.start < last]
    begins = bisect_left(tokens, first, key=lambda token: token.span.start)
    inside = [token.span for token in takewhile(lambda token: token.span.start < last, tokens[begins:])]
    inside += code
    ends = [
        match.end()
        for match in _END.finditer(text, first, last)
        if not any(span.start < match.start() < span.end for span in inside)
    ]
    begin = max((end for end in ends if end <= offset), default=first)
    end = min((end for end in ends if end > offset), default=last)
    words = text[begin:end]
    return Span(begin + len(words) - len(words.lstrip()), begin + len(words.rstrip()))


def _paragraph(text: str, offset: int, start: int) -> tuple[int, int]:
    """Where the paragraph, list item or heading begins and ends that `offset` stands in."""
    edges = _edges(text, start)
    at = bisect_right(edges, offset, key=lambda edge: edge.end)
    first = edges[at - 1].end if at else start
    last = next((edge.start for edge in edges[at:] if edge.start >= offset), len(text))
    return first, last


@lru_cache(maxsize=1 << 12)
def _edges(text: str, start: int) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in _PARAGRAPH_EDGE.finditer(text, start))
