"""Lays out an entry of the registry: one field a line, in one order, its value in braces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibtexparser.model import Entry, Field

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


def laid_out(entry: Entry) -> str | None:
    """The entry in its canonical form; None where it holds something that has no place in that form."""
    lines = [_line(field, entry.raw or "") for field in entry.fields]
    known = [line for line in lines if line]
    if len(known) < len(lines) or not _KEY.fullmatch(entry.key):
        return None
    fields = "".join(map(str, sorted(known, key=lambda line: line.order)))
    return f"@{entry.entry_type.lower()}{{{entry.key},\n{fields}}}"


def _line(field: Field, raw: str) -> _Line | None:
    match = _NAME.fullmatch(field.key)
    if not match or parts(field.value) is None or (match["comments"] and not _above(field.key, raw)):
        return None
    name = match["name"].lower()
    comments = tuple(line.strip(" \t") for line in match["comments"].split("\n") if line.strip(" \t"))
    return _Line(comments, name, _value(name, field.value))


def _above(key: str, raw: str) -> bool:
    """Whether the comments of a field stand on lines of their own, not beside the field before."""
    start = raw.index(key)
    return not raw[raw.rfind("\n", 0, start) + 1 : start].strip()


def _value(name: str, value: str) -> str:
    inner = content(value)
    if inner is None:
        return value
    return f"{{{protect_capitals(inner) if name == 'title' else inner}}}"
