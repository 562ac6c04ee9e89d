"""Compares the library with what refs.lock.json says that the registries answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from commonplace.answer_findings import Use, findings_at, missing_version, newer_version, published_since
from commonplace.answers import Answer
from commonplace.library import Library
from commonplace.lock_file import LOCK_FILE
from commonplace.model import Diagnostic, Location, Note, Reference
from commonplace.reference_identifiers import every_identifier, named_identifiers
from commonplace.rules import diagnose

ANSWER_RULES = frozenset(
    {
        "does-not-exist",
        "wrong-paper",
        "unlike-registry",
        "withdrawn-work",
        "newer-version",
        "published-since",
    }
)
"""The rules that hold a registry's answer against a line of the library, and say nothing without one."""


def unlike_registry(library: Library) -> Iterator[Diagnostic]:
    """Entries of refs.bib whose identifiers belong to another work, to a withdrawn one, or to none."""
    for reference, place, answer in _answered(library):
        yield from findings_at(Use(place, reference), answer, library.known_works)
        yield from published_since(reference, place, answer, library.known_works)


def missing_versions(library: Library) -> Iterator[Diagnostic]:
    """Entries that name a version of a preprint that has not appeared."""
    for reference in library.references.values() if library.answers else ():
        for named in every_identifier(reference):
            if answer := library.answers.get(named.identifier.name):
                yield from missing_version(named.identifier.version, reference.place(named.field), answer)


def newer_versions(library: Library) -> Iterator[Diagnostic]:
    """Notes that were written from a version of a preprint that is no longer the latest."""
    for reference, _, answer in _answered(library):
        if note := library.note_on(reference.key):
            yield from newer_version(note, answer)


def stale_answers(library: Library) -> Iterator[Diagnostic]:
    """Answers about identifiers that stand nowhere in the library."""
    for identifier, path in mentions(library).items():
        if not path:
            message = f"nothing names {identifier}; the next full run of `commonplace links` leaves it out"
            yield diagnose("stale-answer", Location(LOCK_FILE), message)


def mentions(library: Library) -> dict[str, str]:
    """The first file that writes each answered identifier which no reference names; empty where none does."""
    named = {answer.identifier for _, _, answer in _answered(library)}
    unnamed = sorted(library.answers.keys() - named)
    texts = list(_texts(library)) if unnamed else []
    return {name: next((path for path, text in texts if _end(name) in text), "") for name in unnamed}


def are_mentioned_alike(mentioned: Mapping[str, str], notes: Sequence[Note]) -> bool:
    """Whether `mentions` would say the same now that the words of these notes are other ones."""
    texts = {note.path: note.source.text.casefold() for note in notes}
    return all(
        _end(name) in texts[path]
        if path in texts
        else path or not any(_end(name) in text for text in texts.values())
        for name, path in mentioned.items()
    )


def _end(identifier: str) -> str:
    """What every form of an identifier ends in."""
    return identifier.partition(":")[2].rpartition("/")[2].casefold()


def answered_lines(library: Library) -> frozenset[tuple[str, int]]:
    """The lines, by path, against which an answer is held here; at all others no such rule can fire."""
    answered = [(reference, place) for reference, place, _ in _answered(library)]
    notes = (note for reference, _ in answered if (note := library.note_on(reference.key)))
    places = (*(place for _, place in answered), *(note.front.place("read") for note in notes))
    return frozenset((place.path, place.line) for place in places)


def _answered(library: Library) -> Iterator[tuple[Reference, Location, Answer]]:
    """The references with each answer on an identifier of theirs, and where that stands."""
    for reference in library.references.values() if library.answers else ():
        for named in named_identifiers(reference):
            if answer := library.answers.get(named.identifier.name):
                yield reference, reference.place(named.field), answer


def _texts(library: Library) -> Iterator[tuple[str, str]]:
    """What is written in the library, with the path of its file."""
    for note in library.notes:
        yield note.path, note.source.text.casefold()
    for reference in library.references.values():
        yield reference.location.path, reference.bibtex.casefold()
