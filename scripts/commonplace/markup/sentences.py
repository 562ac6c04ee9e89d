"""Finds the sentence around an offset, so that a citation can be quoted with what it supports."""

from __future__ import annotations

import re

from commonplace.model import Span, Token

_PARAGRAPH_EDGE = re.compile(r"\n[ \t]*\n|^[ ]{0,3}(?:[-*+]|\d+\.)[ \t]+|^\#{1,6}[ \t][^\n]*\n", re.MULTILINE)
_END = re.compile(r"(?<![ .(]\w)(?<!\bal)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)[.!?][\"')\]*_]*(?=\s+\S)")


def sentence_around(text: str, offset: int, tokens: tuple[Token, ...], start: int = 0) -> Span:
    """The sentence of the body from `start` on that `offset` stands in, without the white space around it."""
    edges = [m.end() for m in _PARAGRAPH_EDGE.finditer(text, start, offset + 1) if m.end() <= offset]
    first = edges[-1] if edges else start
    after = _PARAGRAPH_EDGE.search(text, offset)
    last = after.start() if after else len(text)
    inside = [token.span for token in tokens if first <= token.span.start < last]
    ends = [
        match.end()
        for match in _END.finditer(text, first, last)
        if not any(span.start < match.start() < span.end for span in inside)
    ]
    begin = max((end for end in ends if end <= offset), default=first)
    end = min((end for end in ends if end > offset), default=last)
    words = text[begin:end]
    return Span(begin + len(words) - len(words.lstrip()), begin + len(words.rstrip()))
