"""Drafts what a run adds: each work once, with a key and a slug of its own, and writes it all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from commonplace.bibliography import REGISTRY
from commonplace.contribute.entry import new_entry
from commonplace.contribute.naming import new_key, new_slug, work_name
from commonplace.contribute.note_template import Fields
from commonplace.contribute.shelf import Held, Shelf
from commonplace.contribute.work import Work
from commonplace.files import read_text, write_atomically
from commonplace.fmt.canonical_bibtex import canonical_bibtex
from commonplace.front_matter_schema import SLUG_PATTERN
from commonplace.library import Library
from commonplace.model import Kind, Source
from commonplace.notes import NOTES

_KEY = re.compile(r"@\w+\s*[{(]\s*([^,\s{}()]+)")
_CITABLE = re.compile(r"[A-Za-z]\w*(?:[:.+/-]\w+)*", re.ASCII)
_INDEX = "index"
"""The slug of the page that lists the works."""


class UnwritableError(Exception):
    """A file that cannot be added to; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A work as it will stand in the library. Texts are empty where something is there already."""

    key: str
    title: str
    entry: str
    note: str
    """Path of its note."""
    text: str
    missing: tuple[str, ...]


NoteText = Callable[[str, Fields], str]
"""The text of a note on the work with a key, from the front matter's fields."""


class Drafts:
    """The drafts of one run."""

    def __init__(self, library: Library, shelf: Shelf) -> None:
        self.drafts: list[Draft] = []
        self._shelf = shelf
        # Entries that cannot be read have keys all the same.
        self._keys = {*library.references, *_KEY.findall(_registry(library.root))}
        self._slugs = {note.slug for note in library.notes} | {_INDEX}

    def add(self, work: Work, held: Held | None, text: NoteText, fields: Fields, slug: str = "") -> Draft:
        """A draft of the work: of its note alone where the registry holds it already.

        Raises:
            UnwritableError: the slug that was asked for is none, or that of another note.

        """
        if slug in self._slugs:
            raise UnwritableError(f"'{slug}' is the slug of another note; choose one with --slug")
        if slug and not re.fullmatch(SLUG_PATTERN, slug):
            raise UnwritableError(
                f"'{slug}' is no slug: small letters, digits, hyphens and points, as in gpt-3.5"
            )
        key = held.key if held else self._key(work)
        title = held.title if held else work.title
        slug = slug or new_slug(replace(work, title=title), self._slugs)
        note = f"{NOTES}/{Kind.WORK}/{slug}.md"
        entry, missing = ("", ()) if held else (new_entry(key, work), work.missing)
        draft = Draft(key, title, entry, note, text(key, {"name": work_name(title), **fields}), missing)
        self._keys.add(key)
        self._slugs.add(slug)
        self._shelf.put(Held(key, title, REGISTRY, note, work.identifiers), work.url)
        self.drafts.append(draft)
        return draft

    def _key(self, work: Work) -> str:
        free = work.key.casefold() not in {key.casefold() for key in self._keys}
        return work.key if free and _CITABLE.fullmatch(work.key) else new_key(work, self._keys)


def _registry(root: Path) -> str:
    """The registry with lines that end in a line feed; empty where there is none."""
    source = read_text(root, REGISTRY)
    if isinstance(source, Source):
        return source.text
    if source:
        raise UnwritableError(f"{REGISTRY}: {source[0].message}")
    return ""


def write(root: Path, drafts: Sequence[Draft]) -> None:
    """Writes entries and notes, each file whole or not at all.

    The registry comes first: a work without a note is no fault, a note on an unknown work is.

    Raises:
        UnwritableError: the registry cannot be read as text, or a file is where a note was to be.

    """
    for draft in drafts:
        if draft.text and (root / draft.note).exists():
            raise UnwritableError(f"{draft.note}: there is a file already, and it stays as it is")
    entries = [draft.entry for draft in drafts if draft.entry]
    if entries:
        path, text = (root / REGISTRY).resolve(), with_entries(_registry(root), entries)
        write_atomically(path, text.replace("\n", _line_end(path)))
    for draft in drafts:
        if draft.text:
            (root / draft.note).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(root / draft.note, draft.text)


def with_entries(registry: str, entries: Sequence[str]) -> str:
    """The registry with entries put in: in their order where it is in canonical form, else at its end."""
    more = "\n\n".join(entries) + "\n"
    joined = f"{registry.rstrip()}\n\n{more}" if registry.strip() else more
    return canonical_bibtex(joined) if canonical_bibtex(registry) == registry else joined


def _line_end(path: Path) -> str:
    """What ends the first line of a file."""
    first = path.read_bytes().partition(b"\n")[0] if path.exists() else b""
    return "\r\n" if first.endswith(b"\r") else "\n"
