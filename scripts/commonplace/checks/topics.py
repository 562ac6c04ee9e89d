"""Rules for topics and paths: their names, the orders that they give, the facts that topics compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from commonplace.checks.kinds import paths, topics, works
from commonplace.library import STEPS, Library
from commonplace.model import Diagnostic, Note
from commonplace.rules import diagnose
from commonplace.suggestion import Guesses, did_you_mean

_NAMED = 5
"""Works that a message names."""


def unknown_topic(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unknown-topic: at the slug among the note's topics."""
    guesses = Guesses(library.topics)
    for note in works(notes):
        for at, slug in enumerate(note.front.topics):
            if slug not in library.topics:
                guess = guesses.for_word(slug)
                message = f"no topic '{slug}'{guess}" + ("" if guess else f"; write notes/topics/{slug}.md")
                yield diagnose("unknown-topic", note.front.place("topics", at), message)


def unknown_reading(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unknown-reading: at the step of a topic's order or of a path."""
    about_works = {note.slug for note in library.works}
    for topic in topics(notes):
        yield from _unknown(topic, "reading", about_works, "no note on a work")
    known = {note.slug for note in library.notes if note.kind in STEPS}
    for path in paths(notes):
        yield from _unknown(path, "steps", known, "no note on a work or topic")


def _unknown(note: Note, field: str, known: Set[str], none: str) -> Iterator[Diagnostic]:
    guesses = Guesses(known)
    for slug in note.front.cells[field].keys() - known:
        message = f"{none} is called '{slug}'{guesses.for_word(slug)}"
        yield diagnose("unknown-reading", note.front.place(field, slug), message)


def unfinished_reading(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unfinished-reading: of the topics that give an order at all, and of every path."""
    for topic in topics(notes):
        order = topic.front.reading
        missing = [note.slug for note in library.in_topic(topic.slug) if note.slug not in order]
        if order and missing:
            named = ", ".join(missing[:_NAMED]) + (" and more" if len(missing) > _NAMED else "")
            message = f"the reading order leaves out {len(missing)} of its works: {named}"
            yield diagnose("unfinished-reading", topic.front.place("reading"), message)
    for path in paths(notes):
        for step in filter(library.is_stub, library.steps(path)):
            message = f"the path leads to '{step.slug}', which is a stub"
            yield diagnose("unfinished-reading", path.front.place("steps", step.slug), message)
        if not path.front.steps:
            yield diagnose("unfinished-reading", path.start, "the path has no steps; list them under `steps`")


def unshown_fact(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unshown-fact: whatever topics the note has, and those whose reading order it stands in."""
    columns = {note.path: set[str]() for note in works(notes) if note.front.facts}
    for topic in library.topics.values() if columns else ():
        for note in library.in_topic(topic.slug):
            if note.path in columns:
                columns[note.path] |= topic.front.compare.keys()
    for note in works(notes):
        for name in note.front.facts.keys() - columns.get(note.path, set()):
            guess = did_you_mean(name, columns[note.path])
            message = f"no topic of this note compares '{name}'{guess}"
            yield diagnose("unshown-fact", note.front.place("facts", name), message)
