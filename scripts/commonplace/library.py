"""Joins references and notes into one Library, with the questions that one can ask of it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from commonplace.answers import Answer
from commonplace.bibliography import read_bibliography
from commonplace.collector import uncollected
from commonplace.demo import Demo, Run
from commonplace.demo_files import read_demos
from commonplace.demo_runs import read_runs
from commonplace.files import files_below
from commonplace.identity import KnownWorks
from commonplace.link_history import Record, read_history
from commonplace.lock_file import read_lock
from commonplace.model import (
    Citation,
    Cite,
    Diagnostic,
    Kind,
    Note,
    Reference,
    Relation,
    Silence,
    Status,
)
from commonplace.notes import NOTES, read_notes
from commonplace.settings import Settings, read_settings

_APART = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation of a work, with the note that it stands in."""

    note: Note
    citation: Citation
    cite: Cite


@dataclass(frozen=True)
class Library:
    """Everything that was read: references by key, notes by path, and what was wrong with the files."""

    root: Path
    today: dt.date
    """The day as of which it was read: what is dated later is of the future."""
    settings: Settings
    references: Mapping[str, Reference]
    notes: tuple[Note, ...]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: frozenset[str] = frozenset()
    """Every file below notes/, notes or not: what links and images may lead to."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What the registries said, by identifier; empty until they were first asked."""
    visits: Mapping[str, Record] = field(default_factory=dict)
    """What plain pages of the web answered, by address; empty where this machine keeps no cache of it."""
    demos: Mapping[str, Demo] = field(default_factory=dict)
    """The demos, by the path of the note that each belongs to."""
    runs: Mapping[str, Run] = field(default_factory=dict)
    """What the demos came to, by the same path, as far as it is known of their code as it stands."""

    @cached_property
    def known_works(self) -> KnownWorks:
        """The works that a registry's answer can be told from."""
        return KnownWorks(self.references, self.answers)

    def edited_at(self, repository: str) -> Library:
        """The library with the repository that its notes can be edited in, unless its settings name one."""
        named = self.settings.repository or repository.rstrip("/")
        return replace(self, settings=replace(self.settings, repository=named))

    @cached_property
    def works(self) -> tuple[Note, ...]:
        """The notes about one work each."""
        return tuple(note for note in self.notes if note.kind is Kind.WORK)

    @cached_property
    def topics(self) -> Mapping[str, Note]:
        """The notes about topics, by slug."""
        return {note.slug: note for note in self.notes if note.kind is Kind.TOPIC}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Note, ...]]:
        """Notes by every folded name that a wikilink may call them: slug, title, alias."""
        named = defaultdict[str, list[Note]](list)
        for note in self.notes:
            for name in {
                fold(name) for name in (note.slug, self.name(note), self.title(note), *note.front.aliases)
            }:
                named[name].append(note)
        return {name: tuple(notes) for name, notes in named.items()}

    @cached_property
    def _by_slug(self) -> Mapping[str, Note]:
        return {note.slug: note for note in reversed(self.notes) if note.kind is not Kind.PAGE}

    def called(self, name: str) -> tuple[Note, ...]:
        """The notes that `[[name]]` could mean: the one with that slug, else all with that title or alias."""
        exact = self._by_slug.get(name)
        return (exact,) if exact else self._by_name.get(fold(name), ())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every slug and alias that a wikilink may use, in the order of the alphabet."""
        return tuple(sorted({name for note in self.notes for name in (note.slug, *note.front.aliases)}))

    def reference_of(self, note: Note) -> Reference | None:
        """The work that a note is about, where its `ref` is a key of the registry."""
        return self.references.get(note.front.ref) if note.kind is Kind.WORK else None

    @cached_property
    def _by_ref(self) -> Mapping[str, Note]:
        return {note.front.ref: note for note in reversed(self.works) if note.front.ref in self.references}

    def note_on(self, key: str) -> Note | None:
        """The note about the work with this key, if there is one."""
        return self._by_ref.get(key)

    def title(self, note: Note) -> str:
        """A note's title: its own, or its work's, or its slug where neither is known."""
        reference = self.reference_of(note)
        return note.front.title or (reference.title if reference else "") or note.slug

    def name(self, note: Note) -> str:
        """What a note's subject is called in running text: its own word for it, else its title."""
        return note.front.name or self.title(note)

    def is_stub(self, note: Note) -> bool:
        """Whether a note says of itself that it is not finished."""
        return note.front.status is Status.STUB

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """Every citation of each key, in the order of notes and of their text; unknown keys too."""
        found = defaultdict[str, list[Mention]](list)
        for note in self.notes:
            for citation in note.markup.of(Citation):
                for cite in citation.cites:
                    found[cite.key].append(Mention(note, citation, cite))
        return {key: tuple(mentions) for key, mentions in found.items()}

    def cited_by(self, note: Note) -> tuple[str, ...]:
        """The keys that a note cites, each once, in the order of its text."""
        keys = (cite.key for citation in note.markup.of(Citation) for cite in citation.cites)
        return tuple(dict.fromkeys(keys))

    @cached_property
    def _relations_to(self) -> Mapping[str, tuple[tuple[Note, Relation], ...]]:
        found = defaultdict[str, list[tuple[Note, Relation]]](list)
        for note in self.works:
            for relation in note.front.relations:
                found[relation.target].append((note, relation))
        return {target: tuple(pairs) for target, pairs in found.items()}

    def relations_to(self, key: str) -> tuple[tuple[Note, Relation], ...]:
        """The relations that other notes declare to the work with this key."""
        return self._relations_to.get(key, ())

    def in_topic(self, slug: str) -> tuple[Note, ...]:
        """The works of a topic: those of its reading order, then the others that name it, by title."""
        topic = self.topics.get(slug)
        reading = topic.front.reading if topic else {}
        ordered = [note for name in reading if (note := self._by_slug.get(name)) and note.kind is Kind.WORK]
        others = [note for note in self.works if slug in note.front.topics and note.slug not in reading]
        return (*ordered, *sorted(others, key=lambda note: fold(self.title(note))))


def load_library(root: Path, today: dt.date) -> Library:
    """Everything below `root`, however sick: what can be read is read, and each fault is kept."""
    settings, faults = read_settings(root)
    with uncollected():
        bibliography = read_bibliography(root)
        notes = read_notes(root)
        lock = read_lock(root)
        history = read_history(root)
        files = files_below(root, NOTES)
        demos = read_demos(root, files)
    return Library(
        root=root,
        today=today,
        settings=settings,
        references=bibliography.references,
        notes=notes.notes,
        silences=(*bibliography.silences, *_silences(notes.notes), *demos.silences),
        diagnostics=(
            *faults,
            *bibliography.diagnostics,
            *notes.diagnostics,
            *lock.diagnostics,
            *demos.diagnostics,
        ),
        files=files,
        answers=lock.answers,
        visits=history.records,
        demos=demos.demos,
        runs=read_runs(root, demos.demos),
    )


def _silences(notes: tuple[Note, ...]) -> Iterator[Silence]:
    for note in notes:
        yield from note.silences


def fold(name: str) -> str:
    """A name without case and without the difference between spaces, hyphens and underscores."""
    return _APART.sub(" ", name).strip().casefold()
