"""Joins references and notes into one Library, with the questions that one can ask of it."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from commonplace.answers import Answer
from commonplace.bibliography import REGISTRY, read_bibliography
from commonplace.collector import uncollected
from commonplace.cores import cores
from commonplace.demo import Demo, Run
from commonplace.demo_files import read_demos
from commonplace.demo_runs import read_runs
from commonplace.files import files_below
from commonplace.folding import fold
from commonplace.identity import KnownWorks
from commonplace.kept_files import KEPT, KeptFiles, read_kept
from commonplace.link_history import Record, read_history
from commonplace.lock_file import CACHE, read_lock
from commonplace.model import (
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

STEPS = frozenset({Kind.WORK, Kind.TOPIC})
"""What the step of a path may be."""


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
    shelves: Mapping[str, str] = field(default_factory=dict)
    """The page of the bibliography that each reference stands on, by its key."""
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
    def works_by_title(self) -> tuple[Note, ...]:
        """The notes about works in the order of the alphabet."""
        return tuple(sorted(self.works, key=lambda work: fold(self.title(work))))

    @cached_property
    def topics(self) -> Mapping[str, Note]:
        """The notes about topics, by slug."""
        return {note.slug: note for note in self.notes if note.kind is Kind.TOPIC}

    @cached_property
    def paths(self) -> Mapping[str, Note]:
        """The notes that lead through others step by step, by slug."""
        return {note.slug: note for note in self.notes if note.kind is Kind.PATH}

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
        return (exact,) if exact else self.alike(fold(name))

    def alike(self, folded: str) -> tuple[Note, ...]:
        """The notes with a slug, name, title or alias that reads so, folded."""
        return self._by_name.get(folded, ())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every slug and alias that a wikilink may use, in the order of the alphabet."""
        return tuple(sorted({name for note in self.notes for name in (note.slug, *note.front.aliases)}))

    @cached_property
    def by_shelf(self) -> Mapping[str, Sequence[Reference]]:
        """The references on each page of the bibliography."""
        held = defaultdict[str, list[Reference]](list)
        for key, shelf in self.shelves.items():
            held[shelf].append(self.references[key])
        return held

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
    def _citing(self) -> Mapping[str, list[Note]]:
        found = defaultdict[str, list[Note]](list)
        for note in self.notes:
            for key in note.outline.cites:
                found[key].append(note)
        return found

    def citing(self, key: str) -> Sequence[Note]:
        """The notes that cite a key in their text, in their order; the key may be unknown."""
        return self._citing.get(key, ())

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

    @cached_property
    def _naming(self) -> Mapping[str, Sequence[Note]]:
        """The works that name a topic, by its slug."""
        found = defaultdict[str, list[Note]](list)
        for note in self.works:
            for slug in set(note.front.topics):
                found[slug].append(note)
        return found

    def in_topic(self, slug: str) -> tuple[Note, ...]:
        """The works of a topic: those of its reading order, then the others that name it, by title."""
        topic = self.topics.get(slug)
        reading = topic.front.reading if topic else {}
        ordered = [note for name in reading if (note := self._by_slug.get(name)) and note.kind is Kind.WORK]
        others = [note for note in self._naming.get(slug, ()) if note.slug not in reading]
        return (*ordered, *sorted(others, key=lambda note: fold(self.title(note))))

    def steps(self, path: Note) -> tuple[Note, ...]:
        """The works and topics that a path leads through, in its order."""
        found = (self._by_slug.get(slug) for slug in path.front.steps)
        return tuple(note for note in found if note and note.kind in STEPS)

    @cached_property
    def _on_paths(self) -> Mapping[str, tuple[Note, ...]]:
        found = defaultdict[str, list[Note]](list)
        for path in self.paths.values():
            for note in self.steps(path):
                found[note.path].append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    def paths_through(self, note: Note) -> tuple[Note, ...]:
        """The paths that a note is a step of."""
        return self._on_paths.get(note.path, ())


def load_kept(root: Path, today: dt.date) -> Library:
    """The library at `root`, of which only what changed since the last time is read anew."""
    cache = root / CACHE
    kept = read_kept(cache / KEPT, cores())
    library = load_library(root, today, kept)
    with suppress(OSError):  # without a cache all is read the next time
        cache.mkdir(exist_ok=True)
        kept.save(time.time_ns())
    return library


def load_library(root: Path, today: dt.date, kept: KeptFiles | None = None) -> Library:
    """Everything below `root`, however sick: what can be read is read, and each fault is kept.

    Files that are `kept` from another time, and have not changed since, are not read again.
    """
    settings, faults = read_settings(root)
    files = files_below(root, NOTES)
    kept = kept or KeptFiles()
    with uncollected():
        bibliography = kept.of(root, REGISTRY, lambda: read_bibliography(root))
        notes = read_notes(root, files, kept)
        lock = read_lock(root)
        history = read_history(root)
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
        shelves=bibliography.shelves,
        files=files,
        answers=lock.answers,
        visits=history.records,
        demos=demos.demos,
        runs=read_runs(root, demos.demos),
    )


def _silences(notes: tuple[Note, ...]) -> Iterator[Silence]:
    for note in notes:
        yield from note.silences
