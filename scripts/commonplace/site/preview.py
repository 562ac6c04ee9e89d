"""The site of a library that is being written: each page made when it is asked for, so none is ever old."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from commonplace.library import Library
from commonplace.pages import Planned, picture_files, planned
from commonplace.rendering import render
from commonplace.rendering.addresses import published
from commonplace.site.pictures import address_of, pictures
from commonplace.site.shell import Shell


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to a request."""

    status: int
    kind: str
    """The media type."""
    body: bytes


class Preview:
    """One state of the library, as a site."""

    def __init__(self, library: Library, shell: Shell, index: Mapping[str, bytes]) -> None:
        self._library, self._shell, self._index = library.edited_at(shell.repository), shell, index
        self._document = lru_cache(maxsize=256)(self._rendered)

    def answer(self, address: str) -> Answer:
        """What lies at an address of the site."""
        if page := self._pages.get(address):
            return Answer(200, "text/html; charset=utf-8", self._document(page))
        if file := self._files.get(address) or self._pictures.get(address):
            return Answer(200, _kind(address), file())
        if address in self._index:
            return Answer(200, _kind(address), self._index[address])
        if f"{address}/" in self._pages:
            return Answer(301, f"{address}/", b"")
        return Answer(404, "text/html; charset=utf-8", self._shell.page_not_found().encode())

    @cached_property
    def _pages(self) -> Mapping[str, Planned]:
        return {published(page.path): page for page in planned(self._library)}

    @cached_property
    def _files(self) -> Mapping[str, Callable[[], bytes]]:
        return dict(self._shell.theme_files())

    @cached_property
    def _pictures(self) -> Mapping[str, Callable[[], bytes]]:
        root, figures = self._library.root, picture_files(self._library)
        drawn = {figure.path: figure.svg.encode for figure in figures}
        return {address_of(path): (root / path).read_bytes for path in pictures(self._library)} | drawn

    def _rendered(self, planned_page: Planned) -> bytes:
        page = planned_page.make()
        return self._shell.framed(page, render(page)).encode("utf-8", errors="xmlcharrefreplace")


def _kind(address: str) -> str:
    return mimetypes.guess_type(address)[0] or "application/octet-stream"
