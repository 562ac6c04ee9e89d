"""Resolves the relative addresses of notes to files of the library and to places in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from commonplace.generated import DEMO, SECTIONS, check_anchor
from commonplace.library import Library
from commonplace.markup.html import address_scheme
from commonplace.model import Heading, Kind, Link, Location, Note, Tag

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ID = re.compile(r"""\sid\s*=\s*["']?(?P<id>[^\s"'>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What a relative address leads to: a path from the library's root, and a place in the file."""

    written: str
    path: str
    fragment: str
    location: Location


def local_links(library: Library) -> Iterator[Target]:
    """The links of the notes' bodies that stay within the library."""
    return _targets(library, images=False)


def local_images(library: Library) -> Iterator[Target]:
    """The images of the notes' bodies that are the library's own."""
    return _targets(library, images=True)


def _targets(library: Library, *, images: bool) -> Iterator[Target]:
    for note in library.notes:
        for link in note.markup.of(Link):
            if link.image == images and is_local(link.url):
                yield _resolved(link, note)


def is_local(address: str) -> bool:
    """Whether an address names no host: neither a scheme nor two strokes begin it."""
    return not address_scheme(address) and not address.startswith("//")


def _resolved(link: Link, note: Note) -> Target:
    address = _ESCAPE.sub(r"\1", unescape(link.url))
    path, _, fragment = address.partition("#")
    path = unquote(path.partition("?")[0])
    # An address without a path is of the file that it stands in.
    whole = normpath(join(dirname(note.path), path)) if path or not address else note.path
    return Target(address, whole, unquote(fragment), note.source.at(link.url_start))


def anchors(library: Library, note: Note) -> frozenset[str]:
    """The places in a note's page that a link can name."""
    demo = library.demos.get(note.path) if note.kind is Kind.WORK else None
    shown = {DEMO, *map(check_anchor, demo.by_name)} if demo else set[str]()
    ids = (match["id"] for tag in note.markup.of(Tag) for match in _ID.finditer(tag.text))
    own = (heading.slug for heading in note.markup.of(Heading))
    return SECTIONS[note.kind].union(own, ids, shown)
