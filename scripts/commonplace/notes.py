"""Reads the notes: every Markdown file under notes/, with its front matter and its tokens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from commonplace.files import files_below, read_text
from commonplace.front_matter import read_front_matter
from commonplace.markup import scan
from commonplace.model import Diagnostic, Kind, Note, Source
from commonplace.silences import silences_in_note

NOTES = "notes"


@dataclass(frozen=True)
class Notes:
    """The notes as read, in the order of their paths, and what was wrong in their files."""

    notes: tuple[Note, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_notes(root: Path) -> Notes:
    """Every note of the library at `root`."""
    notes: list[Note] = []
    diagnostics: list[Diagnostic] = []
    for path in note_paths(root):
        source = read_text(root, path)
        if not isinstance(source, Source):
            diagnostics.extend(source)
            continue
        note, faults = read_note(source)
        notes.append(note)
        diagnostics.extend(faults)
    return Notes(tuple(notes), tuple(diagnostics))


def read_note(source: Source) -> tuple[Note, tuple[Diagnostic, ...]]:
    """The note in a file, whatever is wrong with it, and what is."""
    kind = _kind(source.path)
    front, body_start, faults = read_front_matter(source, kind)
    markup = scan(source.text, body_start)
    silences, more = silences_in_note(source, markup, body_start)
    slug = PurePosixPath(source.path).stem
    return Note(source, kind, slug, front, markup, body_start, silences), (*faults, *more)


def note_paths(root: Path) -> list[str]:
    """The path of every note of the library at `root`, in order; hidden files and folders are none."""
    return sorted(path for path in files_below(root, NOTES) if path.endswith(".md"))


def _kind(path: str) -> Kind:
    folder = path.removeprefix(f"{NOTES}/").partition("/")[0]
    return Kind(folder) if folder in set(Kind) else Kind.PAGE
