"""Which pages a change can reach: a pure function of two states, sooner too many than too few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any

from commonplace.folding import fold
from commonplace.generated import BIBLIOGRAPHY, HEALTH, HOME, OPEN_QUESTIONS, PAPERS, PATHS, TOPICS
from commonplace.library import Library
from commonplace.model import Kind, Note, Outline
from commonplace.notes import NOTES
from commonplace.site.manifest import digest

_PARTS = attrgetter(*(part.name for part in fields(Outline)))
"""An outline as a row; what dataclasses have for it copies each part."""


@dataclass(frozen=True)
class State:
    """A library as far as its pages hang together: what all of them show, works by key, notes by path."""

    world: str = ""
    works: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The digest of each reference, and its folded title."""
    notes: Mapping[str, Outline] = field(default_factory=dict)


def state_of(library: Library) -> State:
    """The state of a library."""
    # Answers and settings change seldom; then every page is looked at.
    world = digest(repr((library.settings, sorted(library.answers.items()), sorted(library.visits.items()))))
    works = {
        key: (digest(f"{library.shelves[key]} {reference.told}"), fold(reference.title))
        for key, reference in library.references.items()
    }
    return State(world, works, {note.path: _outline(library, note) for note in library.notes})


def _outline(library: Library, note: Note) -> Outline:
    """The outline of a note, with what its demo says as a part of its text and of what others show of it."""
    demo = library.demos.get(note.path)
    if not demo:
        return note.outline
    outcome = digest(repr((demo.source.text, library.runs.get(note.path))))
    return replace(note.outline, text=f"{note.outline.text} {outcome}", face=f"{note.outline.face} {outcome}")


def reached(before: State, after: State) -> frozenset[str] | None:
    """The pages that may show something else than before, by their paths; None where each of them may.

    Of pages that list, the first stands for all of its kind.
    """
    if before.world != after.world:
        return None
    change = _Change(before, after)
    return frozenset((*(path.removeprefix(f"{NOTES}/") for path in change.notes()), *change.lists()))


class _Change:
    """What differs between two states, and who takes part in it."""

    def __init__(self, before: State, after: State) -> None:
        self._before, self._after = before, after
        self._works = works = _differing(before.works, after.works)
        self._changed = _differing(before.notes, after.notes)
        self._versions = [*_those(before, self._changed), *_those(after, self._changed)]
        """What changed, as it was and as it is."""
        turned = {path for path in self._changed if _face(before, path) != _face(after, path)}
        turned |= {path for path, outline in after.notes.items() if outline.key in works}
        self._seen = [*_those(before, turned), *_those(after, turned)]
        """What changed in a way that others show, in itself or in the entry of its work."""
        self._keys = works | {outline.key for outline in self._seen if outline.key}
        titles = {state.works[key][1] for state in (before, after) for key in self._keys & state.works.keys()}
        self._names = titles.union(*(outline.names for outline in self._seen))
        self._slugs = {outline.slug for outline in self._seen}
        self._by_key = defaultdict[str, list[str]](list)
        for path, outline in after.notes.items():
            self._by_key[outline.key].append(path)

    def lists(self) -> Iterator[str]:
        """The pages that list notes or works, where what they tell of one has changed."""
        if self._seen or self._works:
            yield from (HOME, PAPERS, TOPICS, PATHS)
        if any(path.startswith(f"{NOTES}/{Kind.PATH}/") for path in self._changed):
            yield PATHS  # where each begins as it does on its own page
        if self._seen or self._works or self._differs("cites"):
            yield BIBLIOGRAPHY
        if self._seen or self._works or any(outline.doubts for outline in self._versions):
            yield OPEN_QUESTIONS
        if self._seen or self._works or self._differs("links"):
            yield HEALTH

    def _differs(self, part: str) -> bool:
        """Whether a part of an outline is another one in any note that changed."""
        return any(
            getattr(self._before.notes.get(path), part, None)
            != getattr(self._after.notes.get(path), part, None)
            for path in self._changed
        )

    def notes(self) -> Iterator[str]:
        """The paths of the notes whose pages may have changed, some more than once; gone ones too."""
        yield from self._changed
        showing = {path for path, outline in self._after.notes.items() if self._is_shown_by(outline)}
        yield from showing
        # A page quotes the sentences that cite its work: whoever changed, or shows a change, is quoted anew.
        quoted = [*self._versions, *_those(self._after, showing)]
        yield from self._on({key for outline in quoted for key in outline.cites})
        yield from self._on({key for outline in self._seen for key in outline.ties})
        yield from self._listed()

    def _is_shown_by(self, outline: Outline) -> bool:
        """Whether a note names a work or a note that looks different now."""
        return (
            outline.key in self._keys
            or not self._keys.isdisjoint(outline.cites)
            or not self._keys.isdisjoint(outline.ties)
            or not self._names.isdisjoint(outline.calls)
            or self._is_printed_by(outline)
        )

    def _is_printed_by(self, outline: Outline) -> bool:
        """Whether a note's front matter, which its topics and paths print, names what looks different."""
        return not (self._keys.isdisjoint(outline.cells) and self._names.isdisjoint(outline.cells))

    def _on(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            yield from self._by_key.get(key, ())

    def _listed(self) -> Iterator[str]:
        """The lists that name what changed, what changed lists name, and the neighbours on a path."""
        telling = [outline for outline in self._after.notes.values() if self._is_printed_by(outline)]
        held = {slug for outline in (*self._seen, *telling) for slug in (*outline.members, *outline.steps)}
        slugs = self._slugs.union(outline.slug for outline in telling)
        for path, outline in self._after.notes.items():
            names_it = not slugs.isdisjoint((*outline.members, *outline.steps))
            if names_it or outline.slug in held:
                yield path
            if names_it and outline.steps:
                held.update(outline.steps)
        yield from (path for path, outline in self._after.notes.items() if outline.slug in held)


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _those(state: State, paths: Iterable[str]) -> list[Outline]:
    return [state.notes[path] for path in paths if path in state.notes]


def _face(state: State, path: str) -> str:
    outline = state.notes.get(path)
    return outline.face if outline else ""


def as_table(state: State) -> dict[str, Any]:
    """The state as a table of JSON, equal to itself once it was written down and read."""
    return {
        "world": state.world,
        "works": {key: list(work) for key, work in state.works.items()},
        "notes": {path: [*map(_thawed, _PARTS(outline))] for path, outline in state.notes.items()},
    }


def known(table: Any) -> State:
    """The state that a table of JSON tells of; one that nothing is like where the table is none of ours."""
    try:
        works = {str(key): (str(name), str(title)) for key, (name, title) in table["works"].items()}
        notes = {str(path): Outline(*map(_frozen, parts)) for path, parts in table["notes"].items()}
        return State(str(table["world"]), works, notes)
    except (KeyError, TypeError, ValueError, AttributeError):
        return State()


def _thawed(part: Any) -> Any:
    return list(part) if isinstance(part, tuple) else part


def _frozen(part: Any) -> Any:
    return tuple(part) if isinstance(part, list) else part
