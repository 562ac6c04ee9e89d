"""The badge that says how far a note has come."""

from commonplace.library import Library
from commonplace.model import Note


def badge(library: Library, note: Note) -> str:
    """` stub` in a frame behind the name of a note that is one, nothing behind others."""
    return ' <span class="badge">stub</span>' if library.is_stub(note) else ""
