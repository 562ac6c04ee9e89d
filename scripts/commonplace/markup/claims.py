"""Reads the claims of a note: the list under its heading "Claims"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commonplace.model import Citation, Cite, Claim, Heading, Span, Token

_ITEM = re.compile(r"^[-*+][ \t]+(?P<item>[^\n]*(?:\n(?![-*+][ \t]|\#|[ \t]*\n)[^\n]*)*)", re.MULTILINE)
_MARKS = re.compile(r"\s*\{(?P<marks>[^{}]*)\}\s*\Z")
_CHECK = re.compile(r"\bcheck=(?P<name>\w+)")


def claims(text: str, tokens: tuple[Token, ...]) -> tuple[Claim, ...]:
    """Each item of the section "Claims", without the citation and the marks that end it."""
    return tuple(_claim(text, item, tokens) for item in _items(text, tokens))


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


def _claim(text: str, item: Span, tokens: tuple[Token, ...]) -> Claim:
    end, marks = item.end, ""
    if match := _MARKS.search(text[item.start : item.end]):
        end, marks = item.start + match.start(), match["marks"]
    cites: tuple[Cite, ...] = ()
    inside = [t for t in tokens if isinstance(t, Citation) and item.start <= t.span.start < item.end]
    for citation in reversed(inside):
        if citation.narrative or text[citation.span.end : end].strip():
            break
        cites, end = (*citation.cites, *cites), citation.span.start
    words = text[item.start : end]
    check = _CHECK.search(marks)
    return Claim(
        span=item,
        text=Span(item.start, item.start + len(words.rstrip())),
        cites=cites,
        check=check["name"] if check else "",
        unverified="unverified" in marks.split(),
    )
