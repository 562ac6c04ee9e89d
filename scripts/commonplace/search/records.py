"""Says what can be found: a record for every note, and for every reference that has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias
from urllib.parse import quote

from commonplace.library import Library
from commonplace.markup.claims import section as claims_section
from commonplace.model import Heading, Kind, Note, Reference, Span
from commonplace.notes import NOTES
from commonplace.plain_text import plain_text, title_text
from commonplace.reference_text import arxiv_id, first_year, kind, named_authors, venue
from commonplace.search.folding import parts

TOPIC = "topic"
PATH = "path"
REFERENCE = "reference"
_SORTS = {"post": ("article", "blog"), "software": ("code",), "talk": ("video",)}
"""What people call kinds of works."""


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
    """That in which it first appeared."""
    published: int | None = None
    """That in which it was published, where this was later."""
    name: str = ""
    """What the book calls it, where it has a note that people look for by name: not a path."""
    names: tuple[str, ...] = ()
    """What else people call it."""
    identifiers: tuple[str, ...] = ()
    """Its key, arXiv id and DOI."""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    sorts: tuple[str, ...] = ()
    """Words for what it is, beside its kind, and for the code that it offers."""
    lesser: bool = False
    """Whether it gives way to a finished note of the same words: a stub, a bare reference, a path."""


Source: TypeAlias = Note | Reference
"""What a record is made of: a note, or a reference that has none."""


def sources(library: Library) -> Iterator[Source]:
    """Works, topics and paths in the order of their files, then the references without a note."""
    yield from (note for note in library.notes if note.kind is not Kind.PAGE)
    yield from (of for key, of in sorted(library.references.items()) if not library.note_on(key))


def records(library: Library) -> Iterator[Record]:
    """The record of every source."""
    return (record(library, source) for source in sources(library))


def record(library: Library, source: Source) -> Record:
    """What can be found of a note or of a reference."""
    if isinstance(source, Reference):
        return _reference(source)
    if source.kind is Kind.WORK:
        return _work(library, source)
    return _topic(library, source) if source.kind is Kind.TOPIC else _path(library, source)


def url(source: Source) -> str:
    """The address that a record leads to, from the site's root."""
    if isinstance(source, Reference):
        return f"bibliography/#{quote(source.key, safe=':')}"
    return f"{source.path.removeprefix(f'{NOTES}/').removesuffix('.md')}/"


def _work(library: Library, note: Note) -> Record:
    reference = library.reference_of(note)
    return Record(
        url=url(note),
        title=title_text(library.title(note)),
        kind=kind(reference) if reference else "paper",
        year=first_year(reference) if reference else None,
        published=_published(reference) if reference else None,
        name=note.front.name or note.slug,
        names=_names(note),
        identifiers=_identifiers(reference) if reference else (),
        authors=named_authors(reference) if reference else (),
        topics=_topic_names(library, note.front.topics),
        passages=(*_passages(library, note), *_lines(note.front.facts.values())),
        sorts=_sorts(note, reference),
        lesser=library.is_stub(note),
    )


def _topic(library: Library, note: Note) -> Record:
    return Record(
        url=url(note),
        title=title_text(library.title(note)),
        kind=TOPIC,
        name=title_text(library.title(note)),
        names=_names(note),
        topics=_topic_names(library, (note.slug,)),
        passages=(
            *_passages(library, note),
            *_lines(note.front.reading.values(), "In reading order", "reading"),
        ),
    )


def _path(library: Library, note: Note) -> Record:
    return Record(
        url=url(note),
        title=title_text(library.title(note)),
        kind=PATH,
        names=_names(note),
        passages=(*_passages(library, note), *_lines(note.front.steps.values(), "Steps", "steps")),
        lesser=True,
    )


def _reference(reference: Reference) -> Record:
    return Record(
        url=url(reference),
        title=title_text(reference.title) or reference.key,
        kind=REFERENCE,
        year=first_year(reference),
        published=_published(reference),
        identifiers=_identifiers(reference),
        authors=named_authors(reference),
        passages=_lines([venue(reference)]),
        lesser=True,
    )


def _names(note: Note) -> tuple[str, ...]:
    return _unique(note.slug, note.front.name, *note.front.aliases)


def _sorts(note: Note, reference: Reference | None) -> tuple[str, ...]:
    also = _SORTS.get(kind(reference), ()) if reference else ()
    _, _, place = note.front.code.partition("://")
    return _unique(*also, *(("code", *parts(place)) if place else ()))


def _published(reference: Reference) -> int | None:
    return reference.year if reference.year != first_year(reference) else None


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
