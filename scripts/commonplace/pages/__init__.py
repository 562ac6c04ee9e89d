"""Every page of the site, as Markdown made from the library alone."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.generated import HOME
from commonplace.library import Library
from commonplace.model import Kind
from commonplace.pages.bibliography_page import bibliography_page
from commonplace.pages.demo_section import PictureFile, picture_files
from commonplace.pages.health_page import health_page
from commonplace.pages.home_page import home_page
from commonplace.pages.note_page import note_page
from commonplace.pages.open_page import open_page
from commonplace.pages.page import Page
from commonplace.pages.papers_page import papers_page
from commonplace.pages.plain_page import plain_page
from commonplace.pages.prose import page_path
from commonplace.pages.topic_page import topic_page
from commonplace.pages.topics_page import topics_page

__all__ = ["Page", "PictureFile", "pages", "picture_files"]


def pages(library: Library) -> Iterator[Page]:
    """The pages of a library: those that list first, then one for each note."""
    home = next((note for note in library.notes if page_path(note) == HOME), None)
    yield home_page(library, home)
    yield papers_page(library)
    yield topics_page(library)
    yield bibliography_page(library)
    yield open_page(library)
    yield health_page(library)
    for note in library.notes:
        match note.kind:
            case Kind.WORK:
                yield note_page(library, note)
            case Kind.TOPIC:
                yield topic_page(library, note)
            case Kind.PAGE if note is not home:
                yield plain_page(library, note)
