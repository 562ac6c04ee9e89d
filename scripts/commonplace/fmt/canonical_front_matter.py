"""Puts the fields of a note's front matter into their canonical order, as lines of text."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from io import StringIO
from itertools import chain, pairwise

from commonplace.front_matter import read_front_matter
from commonplace.model import Diagnostic, FrontMatter, Kind, Source

_ORDER = [each.name for each in fields(FrontMatter)]


@dataclass(frozen=True)
class _Lines:
    """The lines of a note: those of each field with the comments above it, and those before and behind."""

    head: list[str]
    fields: list[tuple[str, list[str]]]
    rest: list[str]


def canonical_front_matter(text: str) -> str:
    """The note with its fields in order, each with the comments above it; every line stays as it was.

    Front matter that is broken, or written in another form than a field a line, is left alone.
    """
    lines = _lines(text)
    if not lines:
        return text
    ordered = sorted(lines.fields, key=lambda each: _place(each[0]))
    rewritten = "".join(chain(lines.head, *(block for _, block in ordered), lines.rest))
    # An alias must stay behind its anchor: where the order means something, it is kept.
    return rewritten if rewritten == text or _meaning(rewritten) == _meaning(text) else text


def _lines(text: str) -> _Lines | None:
    front, size, faults = _read(text)
    places = [(place, str(path[0])) for path, place in front.places.items() if len(path) == 1]
    broken = any(fault.rule == "broken-front-matter" for fault in faults)
    if broken or not places or any(place.column > 1 for place, _ in places):
        return None
    lines = list(StringIO(text, newline=""))
    edges = [_with_comments(lines, place.line - 1) for place, _ in places]
    end = _with_comments(lines, size - 1)
    if edges[0] != 1:
        return None
    blocks = [lines[start:stop] for start, stop in pairwise([*edges, end])]
    named = zip((name for _, name in places), blocks, strict=True)
    return _Lines(lines[:1], list(named), lines[end:])


def _read(text: str) -> tuple[FrontMatter, int, tuple[Diagnostic, ...]]:
    """The front matter, the number of its lines, and what is wrong with it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    # The kind decides only which fields are known, and unknown ones move as well.
    front, end, faults = read_front_matter(Source("", plain), Kind.WORK)
    return front, plain[:end].removesuffix("\n").count("\n") + 1, faults


def _with_comments(lines: list[str], start: int) -> int:
    """The first of the comments and blank lines above a line."""
    while start > 1 and (lines[start - 1].startswith("#") or not lines[start - 1].strip()):
        start -= 1
    return start


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _meaning(text: str) -> tuple[object, ...]:
    """What the front matter says, apart from where it says it."""
    front, _, faults = _read(text)
    relations = [(relation.kind, relation.target) for relation in front.relations]
    messages = sorted(fault.message for fault in faults)
    return replace(front, places={}, relations=()), set(front.places), relations, messages
