"""Rules for images: that they are there, are the book's own, and have a text that stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commonplace.checks.addresses import local_images
from commonplace.checks.passages import passages
from commonplace.library import Library
from commonplace.markup.html import address_fault, image_fault
from commonplace.model import Diagnostic, Link, Note, Tag
from commonplace.rules import diagnose
from commonplace.suggestion import Guesses

_IMAGE_TAG = re.compile(r"<img\b", re.IGNORECASE)
_ALT = re.compile(r"""\salt\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s]|[^"'\s>])""", re.IGNORECASE)


def missing_image(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """missing-image: of the library's own images."""
    guesses = Guesses(library.files)
    for target in local_images(notes):
        if target.path not in library.files:
            message = f"no file {target.path}{guesses.for_word(target.path)}"
            yield diagnose("missing-image", target.location, message)


def foreign_image(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """foreign-image: what is not even an address of the web is unsafe-address."""
    for passage in passages(notes):
        for link in passage.markup.of(Link):
            if link.image and not address_fault(link.url) and (fault := image_fault(link.url)):
                yield diagnose("foreign-image", passage.at(link.url_start), fault)


def image_without_alt(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """image-without-alt: in Markdown and in HTML."""
    message = "say what the image shows, for those who cannot see it"
    for passage in passages(notes):
        for link in passage.markup.of(Link):
            if link.image and not link.text.strip():
                yield diagnose("image-without-alt", passage.at(link.span.start), message)
        for tag in passage.markup.of(Tag):
            if _IMAGE_TAG.match(tag.text) and not _ALT.search(tag.text):
                yield diagnose("image-without-alt", passage.at(tag.span.start), message)
