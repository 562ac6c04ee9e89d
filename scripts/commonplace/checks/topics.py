"""Rules for topics: their names, their reading orders, the facts that they compare."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.library import Library
from commonplace.model import Diagnostic
from commonplace.rules import diagnose
from commonplace.suggestion import Guesses, did_you_mean

_NAMED = 5
"""Works that a message names."""


def unknown_topic(library: Library) -> Iterator[Diagnostic]:
    """unknown-topic: at the slug among the note's topics."""
    guesses = Guesses(library.topics)
    for note in library.works:
        for at, slug in enumerate(note.front.topics):
            if slug not in library.topics:
                guess = guesses.for_word(slug)
                message = f"no topic '{slug}'{guess}" + ("" if guess else f"; write notes/topics/{slug}.md")
                yield diagnose("unknown-topic", note.front.place("topics", at), message)


def unknown_reading(library: Library) -> Iterator[Diagnostic]:
    """unknown-reading: at the step of the topic's order."""
    known = {note.slug for note in library.works}
    guesses = Guesses(known)
    for topic in library.topics.values():
        for slug in topic.front.reading.keys() - known:
            message = f"no note on a work is called '{slug}'{guesses.for_word(slug)}"
            yield diagnose("unknown-reading", topic.front.place("reading", slug), message)


def unfinished_reading(library: Library) -> Iterator[Diagnostic]:
    """unfinished-reading: of the topics that give an order at all."""
    for topic in library.topics.values():
        order = topic.front.reading
        missing = [note.slug for note in library.in_topic(topic.slug) if note.slug not in order]
        if order and missing:
            named = ", ".join(missing[:_NAMED]) + (" and more" if len(missing) > _NAMED else "")
            message = f"the reading order leaves out {len(missing)} of its works: {named}"
            yield diagnose("unfinished-reading", topic.front.place("reading"), message)


def unshown_fact(library: Library) -> Iterator[Diagnostic]:
    """unshown-fact: whatever topics the note has, and those whose reading order it stands in."""
    columns: dict[str, set[str]] = {note.path: set() for note in library.works}
    for topic in library.topics.values():
        for note in library.in_topic(topic.slug):
            columns[note.path] |= topic.front.compare.keys()
    for note in library.works:
        for name in note.front.facts.keys() - columns[note.path]:
            guess = did_you_mean(name, columns[note.path])
            message = f"no topic of this note compares '{name}'{guess}"
            yield diagnose("unshown-fact", note.front.place("facts", name), message)
