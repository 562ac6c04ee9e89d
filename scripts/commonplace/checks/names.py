"""Rules for what notes are called: by wikilinks, and by the paths of their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commonplace.folding import fold
from commonplace.generated import GENERATED, HOME
from commonplace.library import Library
from commonplace.model import Diagnostic, Kind, Location, Note
from commonplace.notes import NOTES
from commonplace.rules import diagnose


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a note; that of its file always wins over the others."""

    text: str
    note: Note
    location: Location
    is_slug: bool = False


def ambiguous_alias(library: Library) -> Iterator[Diagnostic]:
    """ambiguous-alias: at each name that another note has too, but not at a slug, which stays reachable."""
    named = defaultdict[str, list[_Name]](list)
    for note in library.notes:
        for name in _names(note, library):
            named[fold(name.text)].append(name)
    for names in named.values():
        slugs = [name for name in names if name.is_slug]
        for name in names:
            other = next((other for other in names if other.note is not name.note), None)
            if other and (not name.is_slug or len(slugs) > 1):
                message = f"'{name.text}' also names {other.note.path}; give one of them another name"
                yield diagnose("ambiguous-alias", name.location, message)


def _names(note: Note, library: Library) -> Iterator[_Name]:
    """The names of a note, each once; what a page is called follows from its file alone."""
    front = note.front
    if note.kind is not Kind.PAGE:
        yield _Name(note.slug, note, note.start, is_slug=True)
    own = {fold(note.slug)}
    told = [(alias, front.place("aliases", at)) for at, alias in enumerate(front.aliases)]
    title = front.place("title") if front.title else front.place("ref")
    for text, location in [*told, (front.name, front.place("name")), (library.title(note), title)]:
        if text and fold(text) not in own:
            own.add(fold(text))
            yield _Name(text, note, location)


def reserved_path(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """reserved-path: the home page alone is made of the note that lies in its place."""
    for note in notes:
        if note.path.removeprefix(f"{NOTES}/") in GENERATED - {HOME}:
            message = "the site puts a page of its own here; give the file another name"
            yield diagnose("reserved-path", note.start, message)
