"""Finds the plain pages of the web that the notes and refs.bib link, each with what links it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from commonplace.identifiers import BadIdentifierError
from commonplace.library import Library
from commonplace.model import Link, Note
from commonplace.pages.prose import Prose
from commonplace.reference_identifiers import identifier_of
from commonplace.web_address import BadAddressError, is_web, web_address


def linked_pages(library: Library, prose: Prose) -> Mapping[str, tuple[str, ...]]:
    """The pages by address, in the order of the alphabet, with the linked name of each note or work.

    Addresses that stand for an identifier are not among them, nor those that a setting leaves out today.
    """
    names = defaultdict[str, list[str]](list)
    for address, name in (*_in_references(library, prose), *_in_notes(library, prose)):
        names[address].append(name)
    return {address: tuple(dict.fromkeys(names[address])) for address in sorted(names)}


def _in_references(library: Library, prose: Prose) -> Iterator[tuple[str, str]]:
    for reference in library.references.values():
        for address in _plain(library, [reference.fields.get("url", "")]):
            yield address, prose.named_work(reference.key)


def _in_notes(library: Library, prose: Prose) -> Iterator[tuple[str, str]]:
    for note in library.notes:
        for address in _plain(library, _written(note)):
            yield address, prose.named(note)


def _written(note: Note) -> set[str]:
    return {note.front.code, *(link.url for link in note.markup.of(Link))}


def _plain(library: Library, written: Iterable[str]) -> Iterator[str]:
    """The sound ones of some addresses, in the form in which they are asked."""
    for each in filter(is_web, written):
        # What cannot be an address or an identifier is a finding of the checks, and never asked.
        with suppress(BadAddressError, BadIdentifierError):
            url = web_address(each).url
            if not identifier_of(each) and not _is_left_out(library, {url, each}):
                yield url


def _is_left_out(library: Library, forms: Iterable[str]) -> bool:
    ignores = (each for each in library.settings.links.ignore if not each.has_expired(library.today))
    return any(ignore.covers(form) for ignore in ignores for form in forms)
