"""Reads the registry, refs.bib: references, and what is wrong in the file."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
)

from commonplace.bibliography_faults import faults
from commonplace.bibliography_fields import REGISTRY, FieldPlaces, field_name
from commonplace.bibtex_text import authors, decode, verbatim
from commonplace.files import read_text
from commonplace.model import Diagnostic, Location, Reference, Silence, Source
from commonplace.shelves import shelves
from commonplace.silences import blanked, silences_in_lines

__all__ = ["REGISTRY", "Bibliography", "read_bibliography"]

_YEAR = re.compile(r"\d{4}")
_VERBATIM = frozenset({"url", "doi", "eprint"})
"""Fields that are no prose: a tilde or two hyphens in an address stand for themselves."""

# What the parser tells its log, the diagnostics tell with their place.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Bibliography:
    """The registry as read: each key's reference, and what was wrong in the file."""

    references: dict[str, Reference]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]
    shelves: Mapping[str, str] = field(default_factory=dict)
    """The shelf of each reference, by its key."""


def read_bibliography(root: Path) -> Bibliography:
    """The registry of the library at `root`; where there is no file, an empty one."""
    source = read_text(root, REGISTRY)
    return parse_bibliography(source) if isinstance(source, Source) else Bibliography({}, (), source)


def parse_bibliography(source: Source) -> Bibliography:
    """The entries of a .bib file; their places are told as if it were the registry."""
    references: dict[str, Reference] = {}
    diagnostics: list[Diagnostic] = []
    places = FieldPlaces(source)
    for block in parse_string(blanked(source.text)).blocks:
        diagnostics.extend(faults(block, places))
        entry = _entry(block)
        if entry and entry.key not in references:
            references[entry.key] = _reference(entry, places)
    silences, more = silences_in_lines(source)
    return Bibliography(references, silences, (*diagnostics, *more), shelves(references.values()))


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


def _reference(entry: Entry, places: FieldPlaces) -> Reference:
    values = {field_name(each): str(each.value) for each in entry.fields}
    line = (entry.start_line or 0) + 1
    year = _YEAR.search(values.get("year", values.get("date", "")))
    return Reference(
        key=entry.key,
        type=entry.entry_type.lower(),
        title=decode(values.get("title", "")),
        authors=authors(values["author"]) if values.get("author", "").strip() else (),
        year=int(year[0]) if year else None,
        fields={name: _text(name, value) for name, value in values.items() if name != "author"},
        bibtex=entry.raw or "",
        location=Location(REGISTRY, line),
        places={field_name(each): places.of(each) for each in entry.fields},
    )


def _text(name: str, value: str) -> str:
    return verbatim(value) if name in _VERBATIM else decode(value)
