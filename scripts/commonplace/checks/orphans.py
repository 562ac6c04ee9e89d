"""The rule that every note can be reached from others."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.checks.addresses import local_links
from commonplace.checks.passages import Passage, passages
from commonplace.library import Library
from commonplace.model import Citation, Diagnostic, Note, Wikilink
from commonplace.rules import diagnose


def orphan_note(library: Library) -> Iterator[Diagnostic]:
    """orphan-note: of the notes on works; topics and paths are all listed on pages of their own."""
    reached = {note.path for slug in library.topics for note in library.in_topic(slug)}
    reached |= {note.path for path in library.paths.values() for note in library.steps(path)}
    reached |= {path for path, origin in _ties(library) if path != origin}
    for note in library.works:
        if note.path not in reached:
            message = "nothing leads to this note; give it a topic, or link to it from another note"
            yield diagnose("orphan-note", note.front.place("ref"), message)


def _ties(library: Library) -> Iterator[tuple[str, str]]:
    """Each path that a note leads to, with the path of that note."""
    for passage in passages(library.notes):
        for note in _named(passage, library):
            yield note.path, passage.note.path
    for note in library.works:
        for relation in note.front.relations:
            if other := library.note_on(relation.target):
                yield other.path, note.path
    for target in local_links(library.notes):
        yield target.path, target.location.path


def _named(passage: Passage, library: Library) -> Iterator[Note]:
    """The notes that a passage links to or whose works it cites."""
    for link in passage.markup.of(Wikilink):
        yield from library.called(link.target)[:1]
    for citation in passage.markup.of(Citation):
        for cite in citation.cites:
            if note := library.note_on(cite.key):
                yield note
