"""Reads the notes: every Markdown file under notes/, with its front matter and its tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from commonplace.files import read_text
from commonplace.front_matter import read_front_matter
from commonplace.kept_files import KeptFiles
from commonplace.markup import scan
from commonplace.model import Diagnostic, Kind, Note, Source
from commonplace.outline import outline
from commonplace.silences import silences_in_note

NOTES = "notes"


@dataclass(frozen=True)
class Notes:
    """The notes as read, in the order of their paths, and what was wrong in their files."""

    notes: tuple[Note, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_notes(root: Path, paths: Iterable[str], kept: KeptFiles) -> Notes:
    """The notes in the files at `paths` of the library at `root`; what is `kept` is not read again."""
    read = kept.of_all(root, note_paths(paths), partial(_read, root))
    return Notes(
        tuple(note for note, _ in read if note), tuple(fault for _, faults in read for fault in faults)
    )


def _read(root: Path, path: str) -> tuple[Note | None, tuple[Diagnostic, ...]]:
    source = read_text(root, path)
    return read_note(source) if isinstance(source, Source) else (None, source)


def read_note(source: Source) -> tuple[Note, tuple[Diagnostic, ...]]:
    """The note in a file, whatever is wrong with it, and what is."""
    kind = _kind(source.path)
    front, body_start, faults = read_front_matter(source, kind)
    markup = scan(source.text, body_start)
    silences, more = silences_in_note(source, markup, body_start)
    slug = PurePosixPath(source.path).stem
    outlined = outline(source, slug, front, markup)
    return Note(source, kind, slug, front, markup, body_start, outlined, silences), (*faults, *more)


def note_paths(files: Iterable[str]) -> list[str]:
    """The paths of notes among those of files below notes/, in order."""
    return sorted(path for path in files if path.endswith(".md"))


def _kind(path: str) -> Kind:
    folder = path.removeprefix(f"{NOTES}/").partition("/")[0]
    return Kind(folder) if folder in set(Kind) else Kind.PAGE
