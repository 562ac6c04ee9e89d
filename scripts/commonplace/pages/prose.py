"""Renders what people wrote in a note: citations, links, formulas and marks become plain Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

from commonplace.generated import BIBLIOGRAPHY
from commonplace.library import Library
from commonplace.markup import scan
from commonplace.markup.code_blocks import code_blocks
from commonplace.markup.headings import anchor
from commonplace.markup.html import address_fault, address_scheme, image_fault, tag_fault
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
from commonplace.pages.page import relative
from commonplace.plain_text import title_text
from commonplace.reference_text import address, label, narrative_label

_FENCE_ATTRIBUTES = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})(?P<attributes>[^{\n]*\{[^\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in place of what stands in `span`."""

    span: Span
    text: str


def page_path(note: Note) -> str:
    """Where the page of a note lies."""
    return note.path.removeprefix(f"{NOTES}/")


@dataclass(frozen=True)
class Prose:
    """The writer of one page: it knows the library, and from where links are seen."""

    library: Library
    page: str
    subject: str = ""
    """The key of the work that the page is about; its own citations show only their place."""

    def note(self, note: Note, span: Span, *edits: Edit) -> str:
        """The piece `span` of a note as Markdown for this page, with `edits` besides those of its tokens."""
        tokens = [t for t in note.markup.tokens if span.start <= t.span.start and t.span.end <= span.end]
        links = (token for token in tokens if isinstance(token, Link))
        moved = (edit for link in links for edit in self._moved(link, page_path(note)))
        return self._rendered(note.source.text, span, tokens, (*edits, *moved, *_fences(note, span)))

    def text(self, text: str) -> str:
        """A text of front matter as one line, which may hold whatever the body may."""
        line = " ".join(text.split())
        return self._rendered(line, Span(0, len(line)), scan(line).tokens)

    def _rendered(self, text: str, span: Span, tokens: Iterable[Token], more: Iterable[Edit] = ()) -> str:
        edits = [*more, *(edit for token in tokens for edit in self._edits(text, token))]
        edits.sort(key=lambda edit: edit.span.start)
        pieces, at = list[str](), span.start
        for edit in edits:
            if edit.span.start >= at:
                pieces += [text[at : edit.span.start], edit.text]
                at = edit.span.end
        return "".join([*pieces, text[at : span.end]])

    def _moved(self, link: Link, home: str) -> Iterator[Edit]:
        """A relative address, written in the note whose page is `home`, as it reads from this page."""
        if home == self.page or not link.url or link.url.startswith("/") or address_scheme(link.url):
            return
        written = urlsplit(link.url)
        path = normpath(join(dirname(home), written.path)) if written.path else home
        target = relative(f"{path}#{written.fragment}" if written.fragment else path, self.page)
        yield Edit(Span(link.url_start, link.url_start + len(link.url)), target)

    def _edits(self, text: str, token: Token) -> Iterator[Edit]:
        match token:
            case Citation():
                yield Edit(token.span, self.citation(token))
            case Wikilink():
                yield Edit(token.span, self._wikilink(token, text))
            case Formula():
                yield Edit(token.span, markdown.formula(token.latex, display=token.display))
            case Unverified():
                start, end = token.span.start, token.span.end
                yield Edit(Span(start, start + 1), '<span class="unverified" title="not confirmed">')
                yield Edit(Span(end - len("]{unverified}"), end), "</span>")
            case Heading():
                yield Edit(Span(token.span.end, token.span.end), _anchor(text, token))
            case _:
                yield from _inert(token)

    def citation(self, citation: Citation) -> str:
        """A citation as author and year, each a link to the note on the work or to its entry."""
        if citation.narrative:
            return self._cite(citation.cites[0], narrative=True)
        return f"({self.cites(citation.cites)})"

    def cites(self, cites: tuple[Cite, ...]) -> str:
        """The citations that end a claim."""
        return "; ".join(self._cite(cite) for cite in cites)

    def _cite(self, cite: Cite, *, narrative: bool = False) -> str:
        reference = self.library.references.get(cite.key)
        if not reference:
            return f'<span class="unknown">{markdown.escape(cite.key)}</span>'
        locator = markdown.escape(cite.locator)
        if cite.key == self.subject and locator and not narrative:
            return markdown.link(locator, address(reference) or self.entry(cite.key), "cite")
        words = markdown.escape(narrative_label(reference) if narrative else label(reference))
        shown = markdown.link(words, self.work(cite.key), "cite", hint=title_text(reference.title))
        return f"{shown}, {locator}" if locator else shown

    def work(self, key: str) -> str:
        """The address of the note on a work, or of its entry in the bibliography."""
        note = self.library.note_on(key)
        return self.to(note) if note and key != self.subject else self.entry(key)

    def entry(self, key: str) -> str:
        """The address of a work's entry in the bibliography."""
        return relative(f"{BIBLIOGRAPHY}#{key}", self.page)

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
            return markdown.escape(token.text or token.target)
        words = self.text(token.text) if token.text else self._name_in(text, token.span.start, notes[0])
        return markdown.link(words, self.to(notes[0], anchor(token.heading)))

    def _name_in(self, text: str, at: int, note: Note) -> str:
        before = text[:at].rstrip(" ")
        first = not before or before[-1] in ".!?\n" or note.kind is Kind.TOPIC
        name = self.library.name(note)
        return markdown.title(markdown.capitalized(name) if first else name)


def _fences(note: Note, span: Span) -> Iterator[Edit]:
    """What takes the place of the attributes of fenced code, which may hold event handlers: nothing."""
    text = note.source.text
    if not _FENCE_ATTRIBUTES.search(text, span.start, span.end):
        return
    for block in code_blocks(text, note.body_start):
        if match := _FENCE_ATTRIBUTES.match(text, block.start):
            yield Edit(Span(*match.span("attributes")), "")


def _anchor(text: str, heading: Heading) -> str:
    """The attribute list that gives a heading its anchor; under a ruled heading it has no place."""
    return f" {{: #{heading.slug} }}" if text[heading.span.start :].lstrip().startswith("#") else ""


def _inert(token: Token) -> Iterator[Edit]:
    """What takes the place of a token that a page may not show as it was written."""
    match token:
        case Comment():
            yield Edit(token.span, "")
        case Escape(sign=sign):
            # Engines differ in which signs a backslash frees.
            yield Edit(token.span, f"&#{ord(sign)};")
        case Tag() if tag_fault(token.text):
            yield Edit(token.span, markdown.escape(token.text))
        case Attributes():
            yield Edit(token.span, "")
        case Link(url=url, url_start=start):
            if token.image and image_fault(url):
                yield Edit(Span(token.span.start, token.span.start + 1), "")
            if address_fault(url):
                yield Edit(Span(start, start + len(url)), markdown.INERT)
