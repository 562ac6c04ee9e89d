"""Rules against two of one: entries for the same work, notes on the same work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commonplace.identifiers import doi_text
from commonplace.library import Library
from commonplace.model import Diagnostic, Note, Reference
from commonplace.reference_text import arxiv_id
from commonplace.rules import diagnose

_NO_LETTER = re.compile(r"[\W_]+")


def same_work_twice(library: Library) -> Iterator[Diagnostic]:
    """same-work-twice: at each entry that an earlier one has an identifier or its title in common with."""
    first: dict[tuple[str, str], Reference] = {}
    for reference in sorted(library.references.values(), key=lambda entry: entry.location):
        marks = list(_marks(reference))
        for mark in marks:
            other = first.get(mark)
            if other and _may_be_one(reference, other):
                message = f"the same {mark[0]} as '{other.key}' on line {other.location.line}; keep one entry"
                yield diagnose("same-work-twice", reference.location, message)
                break
        for mark in marks:
            first.setdefault(mark, reference)


def _marks(reference: Reference) -> Iterator[tuple[str, str]]:
    """What no two works have in common."""
    if preprint := arxiv_id(reference):
        yield "arXiv id", preprint.id
    if doi := doi_text(reference.fields.get("doi", "")):
        yield "DOI", doi.lower()
    if title := _NO_LETTER.sub("", reference.title.casefold()):
        yield "title", title


def _may_be_one(one: Reference, other: Reference) -> bool:
    """Whether nothing shows that works of one title are two: a work has one arXiv id."""
    ids = {preprint.id for reference in (one, other) if (preprint := arxiv_id(reference))}
    return len(ids) < 2


def two_notes_on_one_work(library: Library) -> Iterator[Diagnostic]:
    """two-notes-on-one-work: at each note but the first."""
    first: dict[str, Note] = {}
    for note in library.works:
        if not library.reference_of(note):
            continue
        other = first.setdefault(note.front.ref, note)
        if other is not note:
            message = f"{other.path} is already about '{note.front.ref}'; join the two"
            yield diagnose("two-notes-on-one-work", note.front.place("ref"), message)
