"""Gives the rules every text of notes that pages show, its body and its front matter alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from commonplace.markup import scan
from commonplace.model import Location, Markup, Note

_MEANINGFUL = re.compile(r"[`<\\$\[@{]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with what the scanner found in it."""

    note: Note
    text: str
    markup: Markup
    field: Location | None = None
    """Where the field of front matter stands that holds the text; None for the body."""

    def at(self, offset: int) -> Location:
        """The place of a character: in the body its own, in front matter that of the field."""
        return self.field or self.note.source.at(offset)


def passages(notes: Iterable[Note]) -> Iterator[Passage]:
    """The body of each note, then the texts of its front matter that may hold citations and links."""
    for note in notes:
        yield Passage(note, note.source.text, note.markup)
        for field, cells in note.front.cells.items():
            yield from _cells(note, field, cells)


def _cells(note: Note, field: str, cells: Mapping[str, str]) -> Iterator[Passage]:
    for name, text in cells.items():
        if _MEANINGFUL.search(text):
            yield Passage(note, text, _scanned(text), note.front.place(field, name))


@lru_cache(maxsize=65536)
def _scanned(text: str) -> Markup:
    return scan(text)
