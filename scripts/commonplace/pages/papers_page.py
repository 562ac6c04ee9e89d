"""The page of all works: a table that reads without scripts, and that a script can sort and filter."""

from __future__ import annotations

from commonplace.generated import PAPERS
from commonplace.library import Library, fold
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose
from commonplace.reference_text import first_year, kind, short_authors, venue

_HEADINGS = ("Title", "Authors", "Year", "Venue", "Topic", "Kind", "Status")


def papers_page(library: Library) -> Page:
    """Every note on a work, a row each, by title."""
    prose = Prose(library, PAPERS)
    works = sorted(library.works, key=lambda work: fold(library.title(work)))
    table = markdown.table(_HEADINGS, (_row(library, work, prose) for work in works))
    content = markdown.sections(
        "# Papers {: .title }",
        f"{markdown.count(len(works), 'note')} on papers, posts, talks and software.",
        markdown.block(table, "works"),
    )
    return Page(PAPERS, "Papers", content, "Every note, by title.", {"kind": "index", "hide": ["toc"]})


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
