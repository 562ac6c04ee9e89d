"""Resolves the relative addresses of notes to files of the library and to places in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from commonplace.generated import DEMO, SECTIONS, check_anchor
from commonplace.library import Library
from commonplace.markup.anchors import anchors_in
from commonplace.markup.html import is_local
from commonplace.model import Kind, Link, Location, Note

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Target:
    """What a relative address leads to: a path from the library's root, and a place in the file."""

    written: str
    path: str
    fragment: str
    location: Location


def local_links(notes: Iterable[Note]) -> Iterator[Target]:
    """The links in the bodies of notes that stay within the library."""
    return _targets(notes, images=False)


def local_images(notes: Iterable[Note]) -> Iterator[Target]:
    """The images in the bodies of notes that are the library's own."""
    return _targets(notes, images=True)


def _targets(notes: Iterable[Note], *, images: bool) -> Iterator[Target]:
    for note in notes:
        for link in note.markup.of(Link):
            if link.image == images and is_local(link.url):
                yield _resolved(link, note)


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
    return SECTIONS[note.kind] | anchors_in(note.markup) | shown
