"""Lays out an entry of the registry: one field a line, in one order, its value in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bibtexparser.model import Entry

from commonplace.fmt.bibtex_value import content, parts
from commonplace.fmt.protected_capitals import protect_capitals

_ORDER = (
    *("author", "title", "booktitle", "journal", "volume", "number", "pages"),
    *("organization", "institution", "publisher", "year", "month"),
    *("eprint", "archiveprefix", "primaryclass", "doi", "url", "note"),
)
_WIDTH = len("archiveprefix")
_KEY = re.compile(r"[^\s%\\]*")
# The parser takes the comments above a field for a part of its name.
_NAME = re.compile(r"(?P<comments>(?:%[^\n]*\n[ \t\n]*)*)(?P<name>[^\s{}(),=#%\"'@\\]+)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A field as it will stand, with the comments above it."""

    comments: tuple[str, ...]
    name: str
    value: str

    @property
    def order(self) -> tuple[int, str]:
        """Where it belongs: the known fields first, the others by name."""
        return (_ORDER.index(self.name), "") if self.name in _ORDER else (len(_ORDER), self.name)

    def __str__(self) -> str:
        lines = [*self.comments, f"{self.name:<{_WIDTH}} = {self.value},"]
        return "".join(f"  {line}\n" for line in lines)


def laid_out(entry: Entry, text: str) -> str | None:
    """The entry that stands in the file as `text` in canonical form; None where that has no place for it."""
    lines = list(_lines(entry, text))
    known = [line for line in lines if line]
    if len(known) < len(lines) or not _KEY.fullmatch(entry.key):
        return None
    fields = "".join(map(str, sorted(known, key=lambda line: line.order)))
    return f"@{entry.entry_type.lower()}{{{entry.key},\n{fields}}}"


def _lines(entry: Entry, text: str) -> Iterator[_Line | None]:
    """The fields, each None where it is in no form that can be kept."""
    raw = entry.raw or ""
    at = raw.index(entry.key, len(entry.entry_type)) + len(entry.key)
    for field in entry.fields:
        start = raw.index(field.key, at)
        value = raw.index(field.value, start + len(field.key))
        at = value + len(field.value)
        beside = text[text.rfind("\n", 0, start) + 1 : start].strip()
        yield _line(text[start : start + len(field.key)], text[value:at], beside)


def _line(written: str, value: str, beside: str) -> _Line | None:
    match = _NAME.fullmatch(written)
    if not match or parts(value) is None or (match["comments"] and beside):
        return None
    name = match["name"].lower()
    comments = tuple(line.strip(" \t") for line in match["comments"].split("\n") if line.strip(" \t"))
    return _Line(comments, name, _value(name, value))


def _value(name: str, value: str) -> str:
    inner = content(value)
    if inner is None:
        return value
    return f"{{{protect_capitals(inner) if name == 'title' else inner}}}"
