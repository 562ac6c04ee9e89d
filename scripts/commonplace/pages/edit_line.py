"""The line that says in which file a page was written."""

from commonplace.library import Library
from commonplace.model import Note
from commonplace.pages import markdown


def edit_line(library: Library, note: Note) -> str:
    """The file of a note as a link to where it can be edited, if that is known, and the day it was added."""
    repository = library.settings.repository
    file = markdown.code(note.path)
    address = f"{repository}/edit/main/{note.path}"
    place = markdown.link(f"Edit {file}", address) if repository else f"Written in {file}"
    added = f"added {note.front.added}" if note.front.added else ""
    return markdown.block(markdown.dotted([place, added]), "source")
