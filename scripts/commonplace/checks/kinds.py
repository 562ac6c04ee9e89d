"""Picks the notes of one kind out of those that a rule is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commonplace.model import Kind, Note


def works(notes: Iterable[Note]) -> Iterator[Note]:
    """The notes about one work each."""
    return (note for note in notes if note.kind is Kind.WORK)


def topics(notes: Iterable[Note]) -> Iterator[Note]:
    """The notes about topics."""
    return (note for note in notes if note.kind is Kind.TOPIC)


def paths(notes: Iterable[Note]) -> Iterator[Note]:
    """The notes that lead through others step by step."""
    return (note for note in notes if note.kind is Kind.PATH)
