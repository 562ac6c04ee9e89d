"""Rules for the typed relations between works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.checks.kinds import works
from commonplace.library import Library
from commonplace.model import Diagnostic, Note, Reference, Relation
from commonplace.reference_text import first_year
from commonplace.relations import RELATIONS
from commonplace.rules import diagnose
from commonplace.suggestion import Guesses


def unknown_relation_target(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unknown-relation-target: at the key."""
    guesses = Guesses(library.references)
    for _, relation in _relations(notes):
        if relation.target not in library.references:
            message = f"no '{relation.target}' in refs.bib{guesses.for_word(relation.target)}"
            yield diagnose("unknown-relation-target", relation.location, message)


def relation_contradicts(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """relation-contradicts: itself, its other end, or the order of years."""
    for note, relation in _relations(notes):
        if message := _contradiction(note, relation, library):
            yield diagnose("relation-contradicts", relation.location, message)


def _contradiction(note: Note, relation: Relation, library: Library) -> str | None:
    kind = RELATIONS[relation.kind]
    if relation.target == note.front.ref:
        return f"a work has no relation '{relation.kind}' to itself; remove it"
    other = library.note_on(relation.target)
    if not kind.symmetric and other and (relation.kind, note.front.ref) in _claimed(other):
        return f"{other.path} says the same of this work; keep '{relation.kind}' in the note on the later one"
    own, target = library.reference_of(note), library.references.get(relation.target)
    if kind.rests_on and own and target and _came_later(target, own):
        return (
            f"'{relation.target}' is of {first_year(target)}, later than this work; turn the relation round"
        )
    return None


def _claimed(note: Note) -> set[tuple[str, str]]:
    return {(relation.kind, relation.target) for relation in note.front.relations}


def _came_later(target: Reference, own: Reference) -> bool:
    """Whether `target` first appeared in a year after the last in which `own` was published."""
    appeared = first_year(target)
    published = [year for year in (own.year, first_year(own)) if year]
    return bool(appeared and published and appeared > max(published))


def _relations(notes: Sequence[Note]) -> Iterator[tuple[Note, Relation]]:
    for note in works(notes):
        for relation in note.front.relations:
            yield note, relation
