"""Renders what people wrote in a note: citations, links, formulas and marks become plain Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import urlsplit

from commonplace.generated import BIBLIOGRAPHY, SHELVES
from commonplace.library import Library
from commonplace.markup import scan
from commonplace.markup.commonmark import closing
from commonplace.markup.headings import anchor
from commonplace.markup.html import address_fault, address_scheme, image_fault, tag_fault
from commonplace.markup.shown import ends_line, is_first
from commonplace.model import (
    Attributes,
    Citation,
    Cite,
    Comment,
    Escape,
    Formula,
    Heading,
    Kind,
    Link,
    Note,
    Span,
    Tag,
    Token,
    Unverified,
    Wikilink,
)
from commonplace.notes import NOTES
from commonplace.pages import markdown
from commonplace.pages.code import rewritten_code
from commonplace.pages.page import relative
from commonplace.pages.works import Works
from commonplace.reference_text import address

_NOTHING = "&#8203;"
"""A word that nobody sees."""


_START = attrgetter("start")
_TOKEN_START = attrgetter("span.start")
_HOME = f"{NOTES}/"
_MEANINGFUL = re.compile(r"[`<\\$\[\]@{#]")
"""A sign without which no token begins: most words of links and tables have none, and are not scanned."""


class Edit(NamedTuple):
    """`text` in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def shelf_path(shelf: str) -> str:
    """Where a page of the bibliography lies."""
    return f"{SHELVES}{shelf}.md" if shelf else BIBLIOGRAPHY


def page_path(note: Note) -> str:
    """Where the page of a note lies."""
    return note.source.path.removeprefix(_HOME)


@dataclass(frozen=True)
class Prose:
    """The writer of one page: it knows the library, and from where links are seen."""

    library: Library
    page: str
    subject: str = ""
    """The key of the work that the page is about; its own citations show only their place."""
    worded: Works | None = None
    """The works that other pages have put into words already."""

    @cached_property
    def works(self) -> Works:
        """The works in words."""
        return self.worded or Works(self.library)

    def note(self, note: Note, span: Span, *edits: Edit) -> str:
        """The piece `span` of a note as Markdown for this page, with `edits` besides those of its tokens."""
        tokens = _within(note.markup.tokens, span)
        links = (token for token in tokens if isinstance(token, Link))
        moved = (edit for link in links for edit in self._moved(link, page_path(note)))
        code = (Edit(place.start, place.end, written) for place, written in rewritten_code(note, span))
        written = self._rendered(note.source.text, span, tokens, (*edits, *moved, *code))
        return written + closing(written)

    def text(self, text: str) -> str:
        """A text of front matter as one line, which may hold whatever the body may."""
        line = " ".join(text.split())
        if not _MEANINGFUL.search(line):
            return line
        return self._rendered(line, Span(0, len(line)), scan(line).tokens)

    def _rendered(self, text: str, span: Span, tokens: Iterable[Token], more: Iterable[Edit] = ()) -> str:
        edits = [*more, *(edit for token in tokens for edit in self._edits(text, token))]
        edits.sort(key=_START)
        pieces, at = list[str](), span.start
        for start, end, written in edits:
            if start >= at:
                pieces += (text[at:start], written)
                at = end
        return "".join([*pieces, text[at : span.end]])

    def _moved(self, link: Link, home: str) -> Iterator[Edit]:
        """A relative address, written in the note whose page is `home`, as it reads from this page."""
        if home == self.page or not link.url or link.url.startswith("/") or address_scheme(link.url):
            return
        written = urlsplit(link.url)
        path = normpath(join(dirname(home), written.path)) if written.path else home
        target = relative(f"{path}#{written.fragment}" if written.fragment else path, self.page)
        yield Edit(link.url_start, link.url_start + len(link.url), target)

    def _edits(self, text: str, token: Token) -> Iterator[Edit]:
        match token:
            case Citation():
                yield _in_place(token, self.citation(token))
            case Wikilink():
                yield _in_place(token, self._wikilink(token, text))
            case Formula():
                yield _in_place(token, markdown.formula(token.latex, display=token.display))
            case Unverified():
                start, end = token.span.start, token.span.end
                # A tag alone on its line would make the lines behind it raw HTML.
                begin = end - len(text[start + 1 : end].lstrip())
                yield Edit(start, begin, '<span class="unverified" title="not confirmed">')
                yield Edit(end - len("]{unverified}"), end, "</span>")
            case Heading():
                end = _end_of_words(text, token)
                yield Edit(end, end, f" {{#{token.slug}}}")
            case _:
                yield from _inert(text, token)

    def citation(self, citation: Citation) -> str:
        """A citation as author and year, each a link to the note on the work or to its entry."""
        if citation.narrative:
            return self._cite(citation.cites[0], narrative=True)
        return f"({self.cites(citation.cites)})"

    def cites(self, cites: tuple[Cite, ...]) -> str:
        """The citations that end a claim."""
        return "; ".join(self._cite(cite) for cite in cites)

    def _cite(self, cite: Cite, *, narrative: bool = False) -> str:
        work = self.works.get(cite.key)
        if not work:
            return f'<span class="unknown">{markdown.escape(cite.key)}</span>'
        locator = markdown.escape(" ".join(cite.locator.split()))
        if cite.key == self.subject and locator and not narrative:
            read = address(self.library.references[cite.key])
            return markdown.cite(locator, read or self.entry(cite.key))
        words = work.narrative if narrative else work.label
        shown = markdown.cite(words, self.work(cite.key), work.hint)
        return f"{shown}, {locator}" if locator else shown

    def work(self, key: str) -> str:
        """The address of the note on a work, or of its entry in the bibliography."""
        note = self.library.note_on(key)
        return self.to(note) if note and key != self.subject else self.entry(key)

    def entry(self, key: str) -> str:
        """The address of a work's entry in the bibliography."""
        return relative(f"{shelf_path(self.library.shelves.get(key, ''))}#{key}", self.page)

    def to(self, note: Note, anchor: str = "") -> str:
        """The address of a note's page."""
        path = page_path(note)
        return relative(f"{path}#{anchor}" if anchor else path, self.page)

    def named(self, note: Note) -> str:
        """A note's name as a link, as it stands at the beginning of a line."""
        return markdown.link(markdown.title(markdown.capitalized(self.library.name(note))), self.to(note))

    def named_work(self, key: str) -> str:
        """The name of a work as a link: its note's, or its title."""
        note, reference = self.library.note_on(key), self.library.references.get(key)
        if note:
            return self.named(note)
        return markdown.link(markdown.title(reference.title), self.entry(key)) if reference else ""

    def _wikilink(self, token: Wikilink, text: str) -> str:
        notes = self.library.called(token.target)
        if not notes:
            return markdown.escape((token.text or token.target).strip())
        words = self.text(token.text) if token.text else self._name_in(text, token.span.start, notes[0])
        return markdown.link(words, self.to(notes[0], anchor(token.heading)))

    def _name_in(self, text: str, at: int, note: Note) -> str:
        before = text[:at].rstrip(" ")
        first = not before or before[-1] in ".!?\n" or note.kind in (Kind.TOPIC, Kind.PATH)
        name = self.library.name(note)
        return markdown.title(markdown.capitalized(name) if first else name)


def _end_of_words(text: str, heading: Heading) -> int:
    """Where a heading's anchor is named: behind its words, which a rule may follow on the next line."""
    start, end = heading.span.start, heading.span.end
    written = text[start:end].lstrip()
    line = end if written.startswith("#") else text.rindex("\n", start, end)
    return start + len(text[start:line].rstrip())


def _gap(text: str, token: Comment | Attributes) -> str:
    """What stands in place of what is not shown, lest what follows it belong to another block than it did."""
    start, end = token.span.start, token.span.end
    if not is_first(text, start):
        return ""
    return "<!-- -->" if isinstance(token, Comment) and ends_line(text, end) else _NOTHING


def _inert(text: str, token: Token) -> Iterator[Edit]:
    """What takes the place of a token that a page may not show as it was written."""
    match token:
        case Comment() | Attributes():
            yield _in_place(token, _gap(text, token))
        case Escape(sign=sign):
            # Engines differ in which signs a backslash frees.
            yield _in_place(token, "".join(f"&#{ord(each)};" for each in sign))
        case Tag() if tag_fault(token.text):
            yield _in_place(token, markdown.escape(token.text))
        case Link(url=url, url_start=start):
            if token.image and image_fault(url):
                yield Edit(token.span.start, token.span.start + 1, "")
            if address_fault(url):
                yield Edit(start, start + len(url), markdown.INERT)


def _in_place(token: Token, text: str) -> Edit:
    return Edit(token.span.start, token.span.end, text)


def _within(tokens: tuple[Token, ...], span: Span) -> list[Token]:
    """The tokens of a note that lie in a piece of it."""
    first = bisect_left(tokens, span.start, key=_TOKEN_START)
    last = bisect_left(tokens, span.end, first, key=_TOKEN_START)
    return [token for token in tokens[first:last] if token.span.end <= span.end]
