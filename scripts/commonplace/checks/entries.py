"""Rules for the entries of the registry taken one by one: their keys, types, fields and years."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.library import Library
from commonplace.markup import scan
from commonplace.model import Citation, Diagnostic, Reference
from commonplace.rules import diagnose
from commonplace.suggestion import did_you_mean

_PUBLIC = "author title year url/eprint/doi"
_NEEDED = {
    "article": "author title journal year",
    "inproceedings": "author title booktitle year",
    "conference": "author title booktitle year",
    "proceedings": "title year",
    "book": "author/editor title publisher year",
    "inbook": "author/editor title publisher year",
    "incollection": "author title booktitle publisher year",
    "booklet": "title",
    "manual": "title",
    "phdthesis": "author title school/institution year",
    "mastersthesis": "author title school/institution year",
    "thesis": "author title school/institution year",
    "techreport": "author title institution year",
    "report": "author title institution year",
    "unpublished": _PUBLIC,
    "misc": _PUBLIC,
    "online": _PUBLIC,
    "software": _PUBLIC,
    "dataset": _PUBLIC,
    "video": _PUBLIC,
}
"""The types of entries, each with the fields that it needs; a stroke stands between those that do alike."""

_INSTEAD = {"year": "date", "journal": "journaltitle"}
"""Fields that newer tools write under another name."""


def uncitable_key(library: Library) -> Iterator[Diagnostic]:
    """uncitable-key: asks the grammar of notes itself whether a citation of the key is one."""
    for reference in library.references.values():
        cited = [cite.key for citation in scan(f"[@{reference.key}]").of(Citation) for cite in citation.cites]
        if cited != [reference.key]:
            message = f"no citation can name '{reference.key}'; use letters and digits, a letter first"
            yield diagnose("uncitable-key", reference.location, message)


def unknown_entry_type(library: Library) -> Iterator[Diagnostic]:
    """unknown-entry-type: at the entry."""
    for reference in library.references.values():
        if reference.type not in _NEEDED:
            guess = did_you_mean(reference.type, _NEEDED)
            message = f"no type of entry is called '{reference.type}'{guess}"
            yield diagnose("unknown-entry-type", reference.location, message)


def missing_field(library: Library) -> Iterator[Diagnostic]:
    """missing-field: one diagnostic an entry, which names all that it lacks."""
    for reference in library.references.values():
        needed = _NEEDED.get(reference.type, "title").split()
        if lacking := [names for names in needed if not any(_has(reference, n) for n in names.split("/"))]:
            listed = ", ".join(names.replace("/", " or ") for names in lacking)
            message = f"the @{reference.type} '{reference.key}' has no {listed}; add what is missing"
            yield diagnose("missing-field", reference.location, message)


def _has(reference: Reference, name: str) -> bool:
    if name == "author":
        return bool(reference.authors)
    fields = reference.fields
    return bool(fields.get(name, "").strip() or fields.get(_INSTEAD.get(name, ""), "").strip())


def malformed_year(library: Library) -> Iterator[Diagnostic]:
    """malformed-year: not where the field is absent, which missing-field reports."""
    for reference in library.references.values():
        written = reference.fields.get("year", "").strip()
        if not written:
            continue
        if not (len(written) == 4 and written.isascii() and written.isdigit()):
            message = f"a year is four digits, not '{written}'"
            yield diagnose("malformed-year", reference.place("year"), message)
        # Proceedings of next year's conference are out before it.
        elif int(written) > library.today.year + 1:
            yield diagnose("malformed-year", reference.place("year"), f"{written} is yet to come")
