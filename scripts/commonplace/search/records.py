"""Says what can be found: a record for every note, and for every reference that has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from commonplace.library import Library
from commonplace.markup.claims import section as claims_section
from commonplace.model import Heading, Kind, Note, Reference, Span
from commonplace.notes import NOTES
from commonplace.plain_text import plain_text, title_text
from commonplace.reference_text import arxiv_id, first_year, kind, named_authors, venue

TOPIC = "topic"
REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Passage:
    """Readable text, with the heading that it stands under; `claims` says more than prose of its length."""

    text: str
    heading: str = ""
    anchor: str = ""
    claims: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A page that search can lead to. `url` counts from the site's root."""

    url: str
    title: str
    kind: str
    year: int | None = None
    names: tuple[str, ...] = ()
    """What else people call it."""
    identifiers: tuple[str, ...] = ()
    """Its key, arXiv id and DOI."""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    finished: bool = True
    """Whether there is a note that says all it will; a stub or a bare reference gives way to one."""


def records(library: Library) -> Iterator[Record]:
    """Works and topics in the order of their files, then the references without a note."""
    for note in library.notes:
        if note.kind is Kind.WORK:
            yield _work(library, note)
        elif note.kind is Kind.TOPIC:
            yield _topic(library, note)
    for key, reference in sorted(library.references.items()):
        if not library.note_on(key):
            yield _reference(reference)


def _work(library: Library, note: Note) -> Record:
    reference = library.reference_of(note)
    return Record(
        url=_url(note),
        title=title_text(library.title(note)),
        kind=kind(reference) if reference else "paper",
        year=first_year(reference) if reference else None,
        names=_names(note),
        identifiers=_identifiers(reference) if reference else (),
        authors=named_authors(reference) if reference else (),
        topics=_topic_names(library, note.front.topics),
        passages=(*_passages(library, note), *_lines(note.front.facts.values())),
        finished=not library.is_stub(note),
    )


def _topic(library: Library, note: Note) -> Record:
    return Record(
        url=_url(note),
        title=title_text(library.title(note)),
        kind=TOPIC,
        names=_names(note),
        topics=_topic_names(library, (note.slug,)),
        passages=(
            *_passages(library, note),
            *_lines(note.front.reading.values(), "In reading order", "reading"),
        ),
    )


def _reference(reference: Reference) -> Record:
    return Record(
        url=f"bibliography/#{quote(reference.key, safe=':')}",
        title=title_text(reference.title) or reference.key,
        kind=REFERENCE,
        year=first_year(reference),
        identifiers=_identifiers(reference),
        authors=named_authors(reference),
        passages=_lines([venue(reference)]),
        finished=False,
    )


def _url(note: Note) -> str:
    return f"{note.path.removeprefix(f'{NOTES}/').removesuffix('.md')}/"


def _names(note: Note) -> tuple[str, ...]:
    return _unique(note.slug, note.front.name, *note.front.aliases)


def _identifiers(reference: Reference) -> tuple[str, ...]:
    preprint = arxiv_id(reference)
    return _unique(reference.key, preprint.id if preprint else "", reference.fields.get("doi", ""))


def _unique(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _topic_names(library: Library, slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        title_text(library.title(library.topics[slug])) if slug in library.topics else slug for slug in slugs
    )


def _lines(values: Iterable[str], heading: str = "", anchor: str = "") -> tuple[Passage, ...]:
    """Lines of front matter as one passage, under the heading that they have in the page."""
    text = ". ".join(title_text(value) for value in values if value)
    return (Passage(text, heading, anchor),) if text else ()


def _passages(library: Library, note: Note) -> Iterator[Passage]:
    """The body of a note from heading to heading."""
    headings = note.markup.of(Heading)
    end = len(note.source.text)
    claims = claims_section(note.source.text, note.markup.tokens)
    starts = [Span(note.body_start, note.body_start), *(heading.span for heading in headings), Span(end, end)]
    for heading, (here, after) in zip([None, *headings], pairwise(starts), strict=True):
        text = plain_text(library, note, Span(here.end, after.start))
        inside = claims is not None and claims.start <= here.start < claims.end
        if heading:
            yield Passage(text, title_text(heading.text), heading.slug, inside)
        elif text:
            yield Passage(text)
