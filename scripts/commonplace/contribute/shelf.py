"""Knows which works a library holds already, so that none is opened twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from commonplace.contribute.work import Work
from commonplace.library import Library
from commonplace.likeness import folded_title, is_beginning
from commonplace.model import Note, Reference
from commonplace.reference_identifiers import named_identifiers

_START = 6
"""Letters in which two titles agree at the least where one begins the other."""


@dataclass(frozen=True, slots=True)
class Held:
    """A work that is there: its key, where its entry stands, and its note; empty where it has none."""

    key: str
    title: str
    entry: str
    note: str
    identifiers: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Its places, for people."""
        return " and ".join(place for place in (self.entry, self.note) if place)


class Shelf:
    """The works of a library, and those that were put beside them since."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._by_name: dict[str, Held] = {}
        self._by_start = defaultdict[str, list[Held]](list)
        for reference in library.references.values():
            held = _held(library, reference)
            self.put(held, reference.fields.get("url", ""))
        self._called = defaultdict[str, dict[str, Note]](dict)
        for note in library.works:
            if not library.reference_of(note):
                self.put(_noted(library, note))
            for name in (note.slug, library.name(note), *note.front.aliases):
                self._called[folded_title(name)][note.path] = note

    def put(self, held: Held, url: str = "") -> None:
        """Notes that a work is there. One that is there already stays the one that is found."""
        for name in (*held.identifiers, _plain(url)):
            if name:
                self._by_name.setdefault(name, held)
        if title := folded_title(held.title):
            self._by_start[title[:_START]].append(held)

    def find(self, work: Work) -> Held | None:
        """The same work: by identifier, by address, else by a title that is the same or begins the same."""
        names = (*work.identifiers, _plain(work.url))
        named = next((self._by_name[name] for name in names if name in self._by_name), None)
        return named or next(self._alike(work), None)

    def called(self, name: str) -> Held | None:
        """The work that a name or an alias of its note calls, or the beginning of its title."""
        notes = self._called.get(folded_title(name), {})
        return _noted(self._library, *notes.values()) if len(notes) == 1 else self.find(Work(title=name))

    def _alike(self, work: Work) -> Iterator[Held]:
        title = folded_title(work.title)
        near = [held for held in self._by_start[title[:_START]] if not _differ(held, work)]
        yield from (held for held in near if folded_title(held.title) == title)
        yield from (held for held in near if is_beginning(held.title, work.title))


def _held(library: Library, reference: Reference) -> Held:
    note = library.note_on(reference.key)
    names = tuple(each.identifier.name for each in named_identifiers(reference))
    place = f"{reference.location.path}:{reference.location.line}"
    return Held(reference.key, reference.title, place, note.path if note else "", names)


def _noted(library: Library, note: Note) -> Held:
    if reference := library.reference_of(note):
        return _held(library, reference)
    return Held(note.front.ref, library.title(note), "", note.path)


def _differ(held: Held, work: Work) -> bool:
    """Whether a registry tells the two works apart: it has an identifier for each."""
    kinds = {name.partition(":")[0]: name for name in held.identifiers}
    return any(kinds.get(name.partition(":")[0], name) != name for name in work.identifiers)


def _plain(url: str) -> str:
    """An address without what does not tell pages apart."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if host else ""
