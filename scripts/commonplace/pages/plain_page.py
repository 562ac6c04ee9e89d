"""The page of a note that is about no work or topic."""

from __future__ import annotations

from commonplace.library import Library
from commonplace.model import Note, Span
from commonplace.pages import markdown
from commonplace.pages.edit_line import edit_line
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose, page_path
from commonplace.plain_text import description, title_text


def plain_page(library: Library, note: Note) -> Page:
    """What was written, under its title."""
    prose = Prose(library, page_path(note))
    title = library.title(note)
    content = markdown.sections(
        f"# {markdown.title(title)} {{.title}}",
        prose.note(note, Span(note.body_start, len(note.source.text))),
        edit_line(library, note),
    )
    return Page(prose.page, title_text(title), content, description(library, note), {"kind": "page"})
