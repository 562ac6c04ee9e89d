"""Finds the addresses in a text: of links, of HTML tags, and bare ones in prose; code is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commonplace.markup import code_spans
from commonplace.model import Heading, Link, Span, Tag, Token, Unverified

_IN_TAG = re.compile(
    r"""\s(?:href|src|cite)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"']+))""",
    re.IGNORECASE,
)
_IN_PROSE = re.compile(
    r"""https?://[^\s<>"`|{}\\\]]+
      | \b[aA][rR][xX][iI][vV]:\s?(?:\d{4}\.\d{3,}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)
      | \b[dD][oO][iI]:\s?10\.\d{4,9}/[^\s<>"`|{}\\\]]+""",
    re.VERBOSE,
)
_TRAILING = ".,;:!?'*_~"
"""Signs that end a sentence or an emphasis rather than an address."""


@dataclass(frozen=True, slots=True)
class Written:
    """An address or identifier as it is written, at an offset; `text` is what the link around it says."""

    written: str
    start: int
    text: str = ""


def in_markdown(text: str, tokens: Iterable[Token], start: int = 0) -> Iterator[Written]:
    """The addresses of Markdown from `start` on, whose tokens the scanner has found."""
    covered = [*code_spans(text, start)]
    for token in tokens:
        match token:
            case Link(text=words, url=url):
                yield Written(url, token.url_start, "" if token.image or words == url else words)
            case Tag():
                yield from _in_tag(token)
        if not isinstance(token, Heading | Unverified):
            covered.append(token.span)
    yield from _between(text, covered, start)


def in_prose(text: str, start: int = 0, end: int | None = None) -> Iterator[Written]:
    """The bare addresses of a text, and what stands there as `arXiv:…` or `doi:…`."""
    for match in _IN_PROSE.finditer(text, start, len(text) if end is None else end):
        yield Written(_without_trailing(match[0]), match.start())


def _in_tag(tag: Tag) -> Iterator[Written]:
    for match in _IN_TAG.finditer(tag.text):
        group = match.lastgroup or "bare"
        yield Written(match[group], tag.span.start + match.start(group))


def _between(text: str, covered: list[Span], start: int) -> Iterator[Written]:
    """The bare addresses of what no code and no token covers."""
    for span in sorted(covered, key=lambda span: span.start):
        yield from in_prose(text, start, span.start)
        start = max(start, span.end)
    yield from in_prose(text, start)


def _without_trailing(address: str) -> str:
    """An address without the signs behind it; a bracket belongs to it where it was opened in it."""
    while address[-1] in _TRAILING or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address
