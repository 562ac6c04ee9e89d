"""Reads the registry, refs.bib: references, and a diagnostic for each entry that is at fault."""

from __future__ import annotations

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
    ParsingFailedBlock,
)

from commonplace.bibtex_text import authors, decode
from commonplace.files import read_text
from commonplace.model import Diagnostic, Location, Reference, Silence, Source
from commonplace.rules import diagnose
from commonplace.silences import silences_in_bibtex

REGISTRY = "refs.bib"
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Bibliography:
    """The registry as read: each key's reference, and what was wrong in the file."""

    references: dict[str, Reference]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_bibliography(root: Path) -> Bibliography:
    """The registry of the library at `root`; where there is no file, an empty one."""
    source = read_text(root, REGISTRY)
    return parse_bibliography(source) if isinstance(source, Source) else Bibliography({}, (), source)


def parse_bibliography(source: Source) -> Bibliography:
    """The entries of a .bib file; their places are told as if it were the registry."""
    references: dict[str, Reference] = {}
    diagnostics: list[Diagnostic] = []
    for block in parse_string(source.text).blocks:
        diagnostics.extend(_faults(block))
        entry = _entry(block)
        if entry and entry.key not in references:
            references[entry.key] = _reference(entry, source)
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
            for name in sorted(block.duplicate_keys):
                entry = block.ignore_error_block
                lines = (
                    [f.start_line for f in entry.fields if f.key == name] if isinstance(entry, Entry) else []
                )
                line = (lines[-1] or 0) + 1 if lines else where.line
                yield diagnose("repeated-field", Location(REGISTRY, line), f"the field '{name}' stands twice")
        case ParsingFailedBlock():
            yield diagnose("unparsable-entry", where, _reason(str(block.error)))


def _reason(error: str) -> str:
    """The parser's complaint in one line."""
    return " ".join(error.split()).rstrip(".") + "; close each field's braces and put a comma after it"


def _reference(entry: Entry, source: Source) -> Reference:
    values = {each.key.lower(): str(each.value) for each in entry.fields}
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
        places={each.key.lower(): _place(each, source, line) for each in entry.fields},
    )


def _place(each: Field, source: Source, line: int) -> Location:
    """Where a field's name begins."""
    number = each.start_line + 1 if each.start_line is not None else line
    text = source.line(number)
    match = re.search(rf"\b{re.escape(each.key)}\s*=", text, re.IGNORECASE)
    return Location(REGISTRY, number, match.start() + 1 if match else 1)
