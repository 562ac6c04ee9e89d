"""The page of all works: a table that reads without scripts, and that a script can sort and filter."""

from __future__ import annotations

from commonplace.generated import LISTS, PAPERS
from commonplace.library import Library
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.page import Page, relative
from commonplace.pages.pager import divided, pager
from commonplace.pages.prose import Prose
from commonplace.reference_text import first_year, kind, short_authors, venue

_HEADINGS = ("Title", "Authors", "Year", "Venue", "Topic", "Kind", "Status")


_MOST = 500
"""Rows of one page."""


def papers_pages(library: Library) -> int:
    """How many pages the list of papers takes."""
    return len(divided(library.works, _MOST))


def papers_page(library: Library, number: int = 1) -> Page:
    """Every note on a work, a row each, by title; of a long list the page of that number."""
    path = papers_path(number)
    prose = Prose(library, path)
    parts = divided(library.works_by_title, _MOST)
    table = markdown.table(_HEADINGS, (_row(library, work, prose) for work in parts[number - 1]))
    content = markdown.sections(
        "# Papers {.title}",
        f"{markdown.count(len(library.works), 'note')} on papers, posts, talks and software.",
        pager(number, len(parts), lambda other: relative(papers_path(other), path)),
        markdown.block(table, "works"),
        pager(number, len(parts), lambda other: relative(papers_path(other), path)),
    )
    return Page(path, "Papers", content, "Every note, by title.", {"kind": "index", "hide": ["toc"]})


def papers_path(number: int) -> str:
    """Where the page of that number lies."""
    return PAPERS if number == 1 else f"{LISTS}papers-{number}.md"


def _row(library: Library, work: Note, prose: Prose) -> list[str]:
    reference = library.reference_of(work)
    title = markdown.link(markdown.title(library.title(work)), prose.to(work))
    topics = [library.topics[slug] for slug in work.front.topics if slug in library.topics]
    status = "stub" if library.is_stub(work) else "complete"
    if not reference:
        return [title, "", "", "", ", ".join(map(prose.named, topics)), "", status]
    described = (short_authors(reference), str(first_year(reference) or ""), venue(reference))
    cells = [markdown.escape(cell) for cell in described]
    return [title, *cells, ", ".join(map(prose.named, topics)), kind(reference), status]
