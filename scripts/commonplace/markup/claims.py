"""Reads the claims of a note: the list under its heading "Claims"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from commonplace.model import Citation, Cite, Claim, Heading, Span, Token

_BULLET = r"(?:[-*+]|\d+[.)])[ \t]"
_BREAK = rf"{_BULLET}|\#|[ \t]*(?:\n|\Z)"
_ITEM = re.compile(rf"^{_BULLET}[ \t]*(?P<item>[^\n]*(?:\n(?!{_BREAK})[^\n]*)*)", re.MULTILINE)
_MARKS = re.compile(r"\{(?P<marks>[^{}]*+)\}\Z")
_CHECK = re.compile(r"\bcheck=(?P<name>\w+)")


def claims(text: str, tokens: tuple[Token, ...]) -> tuple[Claim, ...]:
    """Each item of the section "Claims", without the citation and the marks that end it."""
    citations = [token for token in tokens if isinstance(token, Citation)]
    return tuple(_claim(text, item, citations) for item in _items(text, tokens))


def section(text: str, tokens: tuple[Token, ...]) -> Span | None:
    """The section "Claims" from its heading to the next of its level or above, if there is one."""
    headings = [token for token in tokens if isinstance(token, Heading)]
    for at, heading in enumerate(headings):
        if heading.slug == "claims":
            ends = (other.span.start for other in headings[at + 1 :] if other.level <= heading.level)
            return Span(heading.span.start, next(ends, len(text)))
    return None


def _items(text: str, tokens: tuple[Token, ...]) -> Iterator[Span]:
    found = section(text, tokens)
    if found:
        for match in _ITEM.finditer(text, found.start, found.end):
            yield Span(*match.span("item"))


def _claim(text: str, item: Span, citations: list[Citation]) -> Claim:
    end = _end(text, item.start, item.end)
    marks, marks_start = "", 0
    if match := _MARKS.search(text, max(item.start, text.rfind("{", item.start, end)), end):
        end, marks, marks_start = _end(text, item.start, match.start()), match["marks"], match.start("marks")
    cites, end = _ending(text, item.start, end, citations)
    check = _CHECK.search(marks)
    return Claim(
        span=item,
        text=Span(item.start, end),
        cites=cites,
        check=check["name"] if check else "",
        check_start=marks_start + check.start("name") if check else item.start,
        unverified="unverified" in marks.split(),
    )


def _ending(text: str, start: int, end: int, citations: list[Citation]) -> tuple[tuple[Cite, ...], int]:
    """The citations that end the text from `start` to `end`, and where the text before them ends."""
    ending: list[Citation] = []
    behind = bisect_left(citations, end, key=lambda citation: citation.span.start)
    for at in range(behind - 1, -1, -1):
        citation = citations[at]
        if citation.span.end != end or citation.narrative or citation.span.start < start:
            break
        ending.append(citation)
        end = _end(text, start, citation.span.start)
    return tuple(cite for citation in reversed(ending) for cite in citation.cites), end


def _end(text: str, start: int, end: int) -> int:
    """Where the text from `start` to `end` ends without the white space behind it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
