"""Collects every address and identifier of a library, each once, with the places that hold it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from commonplace.bibliography import REGISTRY
from commonplace.identifiers import BadIdentifierError, arxiv_text, doi_text
from commonplace.library import Library
from commonplace.markup import scan
from commonplace.model import Location, Note, Source
from commonplace.reference_identifiers import identifier_of, named_identifiers, written_identifiers
from commonplace.registry.values import Address, Place, Scheme
from commonplace.registry.written_addresses import in_markdown, in_prose
from commonplace.web_address import BadAddressError, is_web, web_address

SITE_FILE = "mkdocs.yml"

_FREE_FIELDS = ("note", "howpublished")
"""Fields of an entry that may speak of other works too."""
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Found:
    """An address at a place, and what it means where that is not just what is written."""

    place: Place
    meant: str = ""


def collect(library: Library, site: Source | None = None) -> tuple[Address, ...]:
    """Every address of the notes, of refs.bib and of the site's configuration, sorted by name."""
    gathered = defaultdict[str, list[Address]](list)
    for found in (*_in_references(library), *_in_notes(library), *_in_site(site)):
        if address := _address(found, library.today):
            gathered[address.name].append(address)
    for name, place in _in_works(library):
        if name in gathered:
            gathered[name].append(_one(gathered[name][0], place))
    return tuple(_merged(gathered[name]) for name in sorted(gathered))


def touched(
    addresses: Iterable[Address], files: Collection[str], keys: Collection[str]
) -> tuple[Address, ...]:
    """The addresses that stand in one of these files; in refs.bib, only in the entries with these keys."""

    def is_touched(place: Place) -> bool:
        if place.location.path == REGISTRY and place.reference:
            return place.reference in keys
        return place.location.path in files

    return tuple(address for address in addresses if any(map(is_touched, address.places)))


def _merged(same: list[Address]) -> Address:
    first = same[0]
    places = sorted({place for each in same for place in each.places}, key=lambda place: place.location)
    anchors = sorted({anchor for each in same for anchor in each.fragments})
    return Address(first.scheme, first.id, tuple(places), tuple(anchors), first.fault)


def _one(address: Address, place: Place) -> Address:
    return Address(address.scheme, address.id, (place,), fault=address.fault)


def _address(found: _Found, today: dt.date) -> Address | None:
    """The address with its one place; None where it leads nowhere outside the site."""
    place, meant = found.place, found.meant or found.place.written
    try:
        identifier = identifier_of(meant, today)
    except BadIdentifierError as fault:
        arxiv = arxiv_text(meant)
        scheme, id_ = (Scheme.ARXIV, arxiv) if arxiv is not None else (Scheme.DOI, doi_text(meant) or "")
        return Address(scheme, id_, (place,), fault=str(fault))
    if not identifier:
        return _web(place, meant) if is_web(meant) else None
    prefix, _, id_ = identifier.name.partition(":")
    return Address(Scheme(prefix.lower()), id_, (_of_version(place, identifier.version),))


def _of_version(place: Place, version: int | None) -> Place:
    return Place(place.location, place.written, version, place.reference, place.claims)


def _web(place: Place, meant: str) -> Address:
    try:
        address = web_address(meant)
    except BadAddressError as fault:
        return Address(Scheme.WEB, meant, (place,), fault=str(fault))
    return Address(Scheme.WEB, address.url, (place,), (address.anchor,) if address.anchor else ())


def _in_references(library: Library) -> Iterator[_Found]:
    for reference in library.references.values():
        for field, written in written_identifiers(reference):
            place = Place(reference.place(field), reference.fields[field], reference=reference.key)
            yield _Found(place, written)
        for field in _FREE_FIELDS:
            for found in in_prose(reference.fields.get(field, "")):
                yield _Found(Place(reference.place(field), found.written))


def _in_notes(library: Library) -> Iterator[_Found]:
    for note in library.notes:
        for found in in_markdown(note.source.text, note.markup.tokens, note.body_start):
            yield _Found(Place(note.source.at(found.start), found.written, claims=found.text))
        for text, place in _front_texts(note):
            for found in in_markdown(text, scan(text).tokens):
                yield _Found(Place(place, found.written, claims=found.text))


def _front_texts(note: Note) -> Iterator[tuple[str, Location]]:
    """The texts of the front matter that may hold addresses, with their places."""
    front = note.front
    if front.code:
        yield front.code, front.place("code")
    for field, texts in front.cells.items():
        for name, text in texts.items():
            yield str(text), front.place(field, name)


def _in_site(site: Source | None) -> Iterator[_Found]:
    if site:
        # A comment is blanked, not cut out: what stands behind it keeps its place.
        text = _COMMENT.sub(lambda comment: " " * len(comment[0]), site.text)
        for found in in_prose(text):
            yield _Found(Place(site.at(found.start), found.written))


def _in_works(library: Library) -> Iterator[tuple[str, Place]]:
    """The names of identifiers whose work a note calls by a title, or has read in a version."""
    for note in library.works:
        reference = library.reference_of(note)
        for named in named_identifiers(reference) if reference else ():
            name, front = named.identifier.name, note.front
            if front.title:
                yield name, Place(front.place("title"), "", claims=front.title)
            if front.read and name.startswith("arXiv:"):
                yield name, Place(front.place("read"), "", front.read)
