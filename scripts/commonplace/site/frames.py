"""The document around a page, rendered once for all pages of a folder: they differ in parts of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import CodeType, SimpleNamespace
from typing import Any, NoReturn

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateError,
)
from jinja2.bccache import Bucket
from mkdocs.structure.pages import Page as Leaf

from commonplace.pages import Page
from commonplace.rendering import Heading, Rendered
from commonplace.site.contents import contents

DOCUMENT = "main.html"
_CONTENTS = "partials/toc.html"
_NAME = "any-page-of-this-folder"
_READS_AS_WRITTEN = re.compile(r"[\w.~-]+", re.ASCII)
"""A name that stands in addresses as it is."""
_MOST = 64
"""Frames that are kept at once: a book may have a folder for each note."""
_MARK = re.compile(rf"(\0<\w+>&\0|{_NAME})")


class _AskedError(Exception):
    """A template asks for what the pages of a folder do not have in common: no frame can serve them all."""


class _Part:
    """What is any page's own: a template can show it as it is, and do no more with it."""

    def __init__(self, name: str, before: str = "") -> None:
        self.mark = _mark(name)
        self._written, self._shown = f"{before}{self.mark}", 0

    def __str__(self) -> str:
        self._shown += 1
        return self._written

    def __eq__(self, other: object) -> NoReturn:
        raise _AskedError

    __hash__ = None  # type: ignore[assignment]

    def stands_in(self, document: str) -> bool:
        """Whether it is found wherever it was shown."""
        return document.count(self._written) == self._shown


def _mark(name: str) -> str:
    # No filter of templates leaves all of these signs alone.
    return f"\0<{name}>&\0"


class _Headings:
    """The headings of any page, of which a template may name the address of the first."""

    def __init__(self, first: _First) -> None:
        self._first = first

    def __iter__(self) -> Iterator[_First]:
        yield self._first
        raise _AskedError


class _First:
    """The first heading of any page."""

    def __init__(self, url: _Part) -> None:
        self.url = url

    def __getattr__(self, name: str) -> NoReturn:
        raise _AskedError


@dataclass(frozen=True)
class _Frame:
    """A document in pieces, every other of which is the mark of a part; and what its templates were told."""

    pieces: Sequence[str]
    context: Mapping[str, Any]

    def around(self, parts: Mapping[str, str]) -> str:
        """The document with these parts in the places of their marks."""
        return "".join(parts[piece] if at % 2 else piece for at, piece in enumerate(self.pieces))


class Compiled(BytecodeCache):
    """The code of templates, compiled once for all environments that share it."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives a template its code, if it was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template."""
        self._code[bucket.key, bucket.checksum] = bucket.code


class Frames:
    """The frames of a site's folders, where its templates treat the pages of a folder alike.

    `leaf` makes MkDocs' page of a path and a title, `context` says what templates are told of one.
    """

    def __init__(
        self,
        environment: Environment,
        leaf: Callable[[str, Any], Leaf],
        context: Callable[[Leaf], Mapping[str, Any]],
    ) -> None:
        self._leaf, self._context = leaf, context
        self._frames: dict[tuple[str, str, bool], _Frame | None] = {}
        # The list of headings is a part of its own, which the theme's template makes for each page.
        loaders: list[BaseLoader] = [DictLoader({_CONTENTS: "{{ own_contents }}"})]
        loaders += [environment.loader] if environment.loader else []
        self._framing = environment.overlay(loader=ChoiceLoader(loaders))
        self._listing = environment.overlay(undefined=StrictUndefined)

    def framed(self, page: Page, rendered: Rendered) -> str | None:
        """The whole document of a page; None where it has to be rendered for itself."""
        folder, _, file = page.path.rpartition("/")
        name = file.removesuffix(".md")
        if not (page.title and rendered.headings and _reads_as_written(name, rendered.headings[0])):
            return None
        key = folder, repr(sorted(page.settings.items())), bool(page.description)
        if key not in self._frames:
            if len(self._frames) >= _MOST:
                self._frames.clear()
            self._frames[key] = self._frame(folder, page)
        frame = self._frames[key]
        return self._filled(frame, name, page, rendered) if frame else None

    def _frame(self, folder: str, page: Page) -> _Frame | None:
        """The frame of the pages of a folder that are like this one; None where templates tell them apart."""
        names = ("content", "title", "label", "description", "contents")
        content, title, label, description, listed = parts = [*map(_Part, names)]
        first = _Part("first", "#")
        leaf: Any = self._leaf(f"{folder}/{_NAME}.md".removeprefix("/"), title)
        leaf.content, leaf.toc = content, _Headings(_First(first))
        leaf.meta = {"title": label, "description": page.description and description, **page.settings}
        context = self._context(leaf)
        try:
            document = self._framing.get_template(DOCUMENT).render({**context, "own_contents": listed})
        except (_AskedError, TypeError, TemplateError):
            return None
        is_sound = all(part.stands_in(document) for part in (*parts, first))
        return _Frame(_MARK.split(document), context) if is_sound else None

    def _filled(self, frame: _Frame, name: str, page: Page, rendered: Rendered) -> str | None:
        try:
            listed = self._contents(frame, rendered.headings)
        except (TypeError, TemplateError):
            return None
        return frame.around(
            {
                _NAME: name,
                _mark("content"): rendered.html,
                _mark("title"): page.title,
                _mark("label"): escape(page.title),
                _mark("description"): escape(page.description),
                _mark("contents"): listed,
                _mark("first"): rendered.headings[0].anchor,
            }
        )

    def _contents(self, frame: _Frame, headings: Sequence[Heading]) -> str:
        """The list of a page's headings, if its frame has a place for one."""
        if _mark("contents") not in frame.pieces:
            return ""
        told = {**frame.context, "page": SimpleNamespace(toc=contents(headings))}
        return self._listing.get_template(_CONTENTS).render(told)


def _reads_as_written(name: str, first: Heading) -> bool:
    """Whether a page's name, and the anchor that it begins with, are in addresses what they are."""
    return name != "index" and bool(_READS_AS_WRITTEN.fullmatch(name)) and "\\" not in first.anchor
