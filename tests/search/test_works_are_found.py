"""Every work of the real book is found by what people know of one, asked by the page's own code."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from commonplace.model import Kind, Note, Reference
from commonplace.plain_text import title_text
from commonplace.reference_text import arxiv_id, first_year
from sample_books import ROOT, loaded
from search_answers import asked

LIBRARY = loaded(ROOT)
Known = Callable[[Note, Reference], Iterator[str]]


def titles(note: Note, reference: Reference) -> Iterator[str]:
    """The work's full title."""
    yield title_text(reference.title)


def names(note: Note, reference: Reference) -> Iterator[str]:
    """Its name or acronym, and all else that its note says it is called."""
    yield from filter(None, (note.front.name, note.slug, *note.front.aliases))


def numbers(note: Note, reference: Reference) -> Iterator[str]:
    """Its arXiv id, bare, with a version, and as an address."""
    if preprint := arxiv_id(reference):
        written = (preprint.id, f"{preprint.id}v1", f"arXiv:{preprint.id}", f"arXiv:{preprint.id}v2")
        yield from (
            *written,
            f"https://arxiv.org/abs/{preprint.id}",
            f"https://arxiv.org/pdf/{preprint.id}v3",
        )


def first_authors(note: Note, reference: Reference) -> Iterator[str]:
    """The first author's family name with the year of the preprint, and with that of publication."""
    for author in reference.authors[:1]:
        for year in filter(None, {first_year(reference), reference.year}):
            yield from (f"{author.family} {year}", f"{author.family} et al., {year}")


@pytest.mark.parametrize(
    ("known", "place", "works"),
    [(titles, 1, 61), (names, 1, 61), (numbers, 1, 50), (first_authors, 5, 61)],
    ids=["title", "name", "arxiv", "author"],
)
def test_every_work_is_found_by(page: Page, site: str, known: Known, place: int, works: int) -> None:
    """By title, name and number it comes first; by first author and year it is among the first five."""
    wanted = [
        (query, f"papers/{note.slug}/")
        for note in LIBRARY.notes
        if note.kind is Kind.WORK and (reference := LIBRARY.reference_of(note))
        for query in known(note, reference)
    ]
    assert len({note for _, note in wanted}) >= works
    page.goto(site)
    answers = asked(page, (query for query, _ in wanted))
    assert [(query, answers[query]) for query, note in wanted if note not in answers[query][:place]] == []
