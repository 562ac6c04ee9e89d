"""Reads the registry, refs.bib: references, and a diagnostic for each entry that is at fault."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
)

from commonplace.bibtex_text import authors, decode
from commonplace.files import read_text
from commonplace.model import Diagnostic, Location, Reference, Silence, Source
from commonplace.rules import diagnose
from commonplace.silences import blanked, silences_in_bibtex

REGISTRY = "refs.bib"
_YEAR = re.compile(r"\d{4}")
_NAME = re.compile(r"(?<![^\s,={}\"])(?P<name>[^\s,={}\"]++)\s*+=")
_NO_COMMA = re.compile(r"[}\"][ \t]*+\n\s*+(?P<next>[\w-]++)\s*+=\s*+[{\"\d]")
_NO_AT = re.compile(r"^[ \t]*+(?P<type>[A-Za-z]++)[ \t]*+\{[^\s,{}]++,", re.MULTILINE)

# What the parser tells its log, the diagnostics tell with their place.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Bibliography:
    """The registry as read: each key's reference, and what was wrong in the file."""

    references: dict[str, Reference]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_bibliography(root: Path) -> Bibliography:
    """The registry of the library at `root`; where there is no file, an empty one."""
    source = read_text(root, REGISTRY)
    if not isinstance(source, Source):
        return Bibliography({}, (), source)
    references: dict[str, Reference] = {}
    diagnostics: list[Diagnostic] = []
    places = _Places(source)
    for block in parse_string(blanked(source.text)).blocks:
        diagnostics.extend(_faults(block))
        entry = _entry(block)
        if entry and entry.key not in references:
            references[entry.key] = _reference(entry, places)
    silences, faults = silences_in_bibtex(source)
    return Bibliography(references, silences, (*diagnostics, *faults))


def _entry(block: Block) -> Entry | None:
    """The entry of a block, with the first of each repeated field."""
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(block.ignore_error_block, Entry):
        return _unenclosed(block.ignore_error_block)
    return block if isinstance(block, Entry) else None


def _unenclosed(entry: Entry) -> Entry:
    """The entry without the braces or quotes around its values, which failed blocks still have."""
    first: dict[str, Field] = {}
    for each in entry.fields:
        value = str(each.value).strip()
        inner = value[1:-1] if value[:1] in '{"' else value
        first.setdefault(each.key, Field(each.key, inner, each.start_line))
    return Entry(entry.entry_type, entry.key, list(first.values()), entry.start_line, entry.raw)


def _faults(block: Block) -> Iterator[Diagnostic]:
    where = Location(REGISTRY, (block.start_line or 0) + 1)
    match block:
        case DuplicateBlockKeyBlock():
            first = (block.previous_block.start_line or 0) + 1
            yield diagnose(
                "duplicate-key", where, f"'{block.key}' is already the key of the entry on line {first}"
            )
        case DuplicateFieldKeyBlock():
            yield from _repeated(block, where)
        case ParsingFailedBlock():
            yield diagnose("unparsable-entry", where, _reason(block.error))
        case ImplicitComment():
            yield from _without_at(block)
        case Entry():
            for each in block.fields:
                yield from _without_comma(each)


def _repeated(block: DuplicateFieldKeyBlock, where: Location) -> Iterator[Diagnostic]:
    entry = block.ignore_error_block
    fields = entry.fields if isinstance(entry, Entry) else []
    for name in sorted(block.duplicate_keys):
        lines = [each.start_line for each in fields if each.key == name]
        line = (lines[-1] or 0) + 1 if lines else where.line
        yield diagnose("repeated-field", Location(REGISTRY, line), f"the field '{name}' stands twice")


def _reason(error: Exception) -> str:
    """The parser's complaint in one line."""
    complaint = " ".join(str(getattr(error, "abort_reason", error)).split()).rstrip(".")
    return f"{complaint}; close each field's braces and put a comma after it"


def _without_at(block: ImplicitComment) -> Iterator[Diagnostic]:
    for match in _NO_AT.finditer(block.comment):
        line = (block.start_line or 0) + block.comment.count("\n", 0, match.start("type")) + 1
        message = f"an entry without its @ is a comment; write @{match['type']}{{"
        yield diagnose("unparsable-entry", Location(REGISTRY, line), message)


def _without_comma(each: Field) -> Iterator[Diagnostic]:
    """A field that has swallowed the next one, because no comma stands between them."""
    value = str(each.value)
    if match := _NO_COMMA.search(value):
        line = (each.start_line or 0) + value.count("\n", 0, match.start()) + 1
        message = f"no comma after '{_name(each)}', so '{match['next']}' is read as part of it; put one there"
        yield diagnose("missing-comma", Location(REGISTRY, line), message)


def _name(each: Field) -> str:
    """The name of a field, without a comment that stands above it."""
    return each.key.rpartition("\n")[2].strip().lower()


def _reference(entry: Entry, places: _Places) -> Reference:
    values = {_name(each): str(each.value) for each in entry.fields}
    line = (entry.start_line or 0) + 1
    year = _YEAR.search(values.get("year", values.get("date", "")))
    return Reference(
        key=entry.key,
        type=entry.entry_type.lower(),
        title=decode(values.get("title", "")),
        authors=authors(values["author"]) if values.get("author", "").strip() else (),
        year=int(year[0]) if year else None,
        fields={name: decode(value) for name, value in values.items() if name != "author"},
        bibtex=entry.raw or "",
        location=Location(REGISTRY, line),
        places={_name(each): places.of(each, line) for each in entry.fields},
    )


class _Places:
    """Finds where fields stand: the parser keeps their lines, not their columns."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._line = 0
        self._columns: dict[str, int] = {}

    def of(self, each: Field, entry_line: int) -> Location:
        """Where the name of a field begins."""
        number = each.start_line + 1 if each.start_line is not None else entry_line
        if number != self._line:
            names = list(_NAME.finditer(self._source.line(number)))
            self._line = number
            self._columns = {match["name"].lower(): match.start() + 1 for match in reversed(names)}
        return Location(REGISTRY, number, self._columns.get(_name(each), 1))
