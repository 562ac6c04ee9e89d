"""Finds the blocks of code in Markdown: fenced ones and indented ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from commonplace.model import Span

# A fence may stand in a list or a quotation. Backticks in the words behind it make it a span of code.
_OPENING = re.compile(
    r"^[ \t>]*+(?P<fence>`{3,}+(?![^\n]*`)|~{3,}+)[^\n]*+\n?|^(?:[ ]{4}|\t)[ \t]*+[^\s]", re.MULTILINE
)
_CLOSING = re.compile(r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+$", re.MULTILINE)
_INDENTED = re.compile(r"(?:(?:[ ]{4}|\t)[^\n]*+\n?|[ \t]*+\n)++")
_DEEPER = re.compile(r"(?:(?:[ ]{8}|[ ]{4}\t|\t[ ]{4}|\t\t)[^\n]*+\n?|[ \t]*+\n)++")
_OUTER = re.compile(r"^[ ]{0,3}[^\s]", re.MULTILINE)
# What may hold indented text that is no code: list items, admonitions, footnotes, definitions.
_HOLDS = r"(?:[-*+:]\s|\d+[.)]\s|!!!|\?\?\?|===|\[\^)"
_HOLDER = re.compile(rf"[ ]{{0,3}}{_HOLDS}")
_INNER_HOLDER = re.compile(rf"^(?:[ ]{{4}}|\t)[ \t]*+{_HOLDS}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Fence:
    """A line that can close a block; `longest` is the longest such fence from this one on."""

    span: Span
    length: int
    longest: int


def code_blocks(text: str, start: int) -> list[Span]:
    """The spans of the code blocks of `text` from `start` on, in order, none inside another."""
    opening = _OPENING.search(text, start)
    if not opening:
        return []
    closings = {mark: _closings(text, start, mark) for mark in "`~"}
    outer = [match.start() for match in _OUTER.finditer(text, start)]
    inner = [match.start() for match in _INNER_HOLDER.finditer(text, start)]
    blocks: list[Span] = []
    while opening:
        end = _indented(text, opening.start(), outer, inner) or _fenced(opening, closings)
        if end:
            blocks.append(Span(opening.start(), end))
        opening = _OPENING.search(text, end or opening.end())
    return blocks


def stretches(blocks: list[Span], start: int, end: int) -> Iterator[Span]:
    """What lies between the blocks of code, from `start` to `end`."""
    for block in blocks:
        yield Span(start, block.start)
        start = block.end
    yield Span(start, end)


def _indented(text: str, at: int, outer: list[int], inner: list[int]) -> int | None:
    """Where the indented code ends that the line at `at` begins, if it begins any.

    It follows a blank line, and what holds indented text takes four columns of its own. Inside a list of a
    list nothing counts as code.
    """
    before = bisect_left(outer, at)
    code = _INDENTED
    if before:
        holder = outer[before - 1]
        line = text.rfind("\n", holder, at - 1) + 1
        if text[max(line, holder) : at].strip():
            return None
        if _HOLDER.match(text, holder):
            if bisect_left(inner, at) > bisect_left(inner, holder):
                return None
            code = _DEEPER
    block = code.match(text, at)
    return block.end() if block else None


def _fenced(opening: re.Match[str], closings: dict[str, list[_Fence]]) -> int | None:
    """Where the fenced code ends that a line opens, if it opens any."""
    fence = opening["fence"]
    return _closed(closings[fence[0]], len(fence), opening.end()) if fence else None


def _closings(text: str, start: int, mark: str) -> list[_Fence]:
    fences: list[_Fence] = []
    longest = 0
    for match in reversed([m for m in _CLOSING.finditer(text, start) if m["fence"][0] == mark]):
        length = len(match["fence"])
        longest = max(longest, length)
        fences.append(_Fence(Span(*match.span()), length, longest))
    return fences[::-1]


def _closed(fences: list[_Fence], length: int, after: int) -> int | None:
    """The end of the first fence behind `after` that is no shorter than `length`."""
    at = bisect_left(fences, after, key=lambda fence: fence.span.start)
    if at == len(fences) or fences[at].longest < length:
        return None
    while fences[at].length < length:
        at += 1
    return fences[at].span.end
