"""Every page of the site, as Markdown made from the library alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from commonplace.generated import BIBLIOGRAPHY, HEALTH, HOME, OPEN_QUESTIONS, PAPERS, PATHS, TOPICS
from commonplace.library import Library
from commonplace.model import Kind, Note
from commonplace.pages.bibliography_page import bibliography_page, shelf_page
from commonplace.pages.demo_section import PictureFile, picture_files
from commonplace.pages.health_page import health_page
from commonplace.pages.home_page import home_page
from commonplace.pages.note_page import note_page
from commonplace.pages.open_page import open_page
from commonplace.pages.page import Page
from commonplace.pages.papers_page import papers_page, papers_pages, papers_path
from commonplace.pages.path_page import path_page
from commonplace.pages.paths_page import paths_page
from commonplace.pages.plain_page import plain_page
from commonplace.pages.prose import page_path, shelf_path
from commonplace.pages.topic_page import topic_page
from commonplace.pages.topics_page import topics_page
from commonplace.pages.works import Works

__all__ = ["Page", "PictureFile", "Planned", "page_path", "pages", "picture_files", "planned"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that can be made: where it belongs, and how it is made of the library."""

    path: str
    make: Callable[[], Page]
    first: str = ""
    """Of what continues a list, the list's first page."""


def planned(library: Library) -> Iterator[Planned]:
    """The pages of a library: those that list first, then one for each note."""
    home = next((note for note in library.notes if page_path(note) == HOME), None)
    yield Planned(HOME, partial(home_page, library, home))
    for number in range(1, papers_pages(library) + 1):
        page = partial(papers_page, library, number)
        yield Planned(papers_path(number), page, PAPERS)
    yield Planned(TOPICS, partial(topics_page, library))
    yield Planned(PATHS, partial(paths_page, library))
    yield Planned(BIBLIOGRAPHY, partial(bibliography_page, library))
    for shelf in filter(None, library.by_shelf):
        yield Planned(shelf_path(shelf), partial(shelf_page, library, shelf), BIBLIOGRAPHY)
    yield Planned(OPEN_QUESTIONS, partial(open_page, library))
    yield Planned(HEALTH, partial(health_page, library))
    makers: Mapping[Kind, Callable[[Library, Note], Page]] = {
        Kind.WORK: partial(note_page, works=Works(library)),
        Kind.TOPIC: topic_page,
        Kind.PATH: path_page,
        Kind.PAGE: plain_page,
    }
    for note in library.notes:
        if note is not home:
            yield Planned(page_path(note), partial(makers[note.kind], library, note))


def pages(library: Library) -> Iterator[Page]:
    """Every page, made."""
    return (page.make() for page in planned(library))
