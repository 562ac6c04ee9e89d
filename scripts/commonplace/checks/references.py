"""Rules for the ties between the registry and the notes: which entry a note is about, which entry is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.checks.kinds import works
from commonplace.checks.passages import passages
from commonplace.library import Library
from commonplace.model import Citation, Diagnostic, Note
from commonplace.rules import diagnose
from commonplace.suggestion import Guesses


def uncited_reference(library: Library) -> Iterator[Diagnostic]:
    """uncited-reference: neither cited, nor the end of a relation, nor the subject of a note."""
    used = _used(library)
    for reference in library.references.values():
        if reference.key not in used and not library.note_on(reference.key):
            message = f"nothing cites '{reference.key}'; cite it, or remove the entry"
            yield diagnose("uncited-reference", reference.location, message)


def reference_without_note(library: Library) -> Iterator[Diagnostic]:
    """reference-without-note: of the works that the notes use."""
    used = _used(library)
    for reference in library.references.values():
        if reference.key in used and not library.note_on(reference.key):
            message = f"'{reference.key}' is cited, and no note is about it"
            yield diagnose("reference-without-note", reference.location, message)


def _used(library: Library) -> set[str]:
    """The keys that notes cite or relate to."""
    citations = (token for passage in passages(library.notes) for token in passage.markup.of(Citation))
    cited = {cite.key for citation in citations for cite in citation.cites}
    return cited | {relation.target for note in library.works for relation in note.front.relations}


def missing_ref(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """missing-ref: not where the field is there and faulty, which its reader has reported."""
    broken = {fault.location.path for fault in library.diagnostics if fault.rule == "broken-front-matter"}
    for note in works(notes):
        if not note.front.ref and note.path not in broken:
            message = "say which work the note is about: `ref:` and its key in refs.bib"
            yield diagnose("missing-ref", note.front.place("ref"), message)


def unknown_ref(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unknown-ref: at the field of the note."""
    guesses = Guesses(library.references)
    for note in works(notes):
        ref = note.front.ref
        if ref and ref not in library.references:
            message = f"no '{ref}' in refs.bib{guesses.for_word(ref)}"
            yield diagnose("unknown-ref", note.front.place("ref"), message)
