"""The values that the rooms pass to one another."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeVar, cast


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: a POSIX path relative to the library's root, lines and columns from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a diagnostic matters: an error fails a check, a warning does under --strict, a hint never."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    OFF = "off"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A fault in a file that people own: where, which rule, and a message that names fault and remedy."""

    location: Location
    rule: str
    message: str
    severity: Severity


@dataclass(frozen=True)
class Source:
    """The text of a file, with the way from an offset in it to a location."""

    path: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        starts.extend(match.end() for match in re.finditer("\n", self.text))
        return starts

    def at(self, offset: int) -> Location:
        """The location of the character at `offset`."""
        line = bisect_right(self._line_starts, offset)
        return Location(self.path, line, offset - self._line_starts[line - 1] + 1)

    def offset(self, location: Location) -> int:
        """Where a location of this file stands in its text."""
        return self._line_starts[location.line - 1] + location.column - 1

    def let_go(self) -> None:
        """Lets go of what can be fetched again: of nothing."""

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end; empty where there is none."""
        starts = self._line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or a body where `given` is empty."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True)
class Reference:
    """A work in the registry. Texts are Unicode; formulas in the title stand between dollar signs."""

    key: str
    type: str
    title: str
    authors: tuple[Author, ...]
    year: int | None
    fields: Mapping[str, str]
    """Every field as decoded text, by its lower-case name."""
    bibtex: str
    """The entry as it stands in the file."""
    location: Location
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where each field stands."""

    def place(self, name: str) -> Location:
        """Where the field `name` stands, or the entry where it has none."""
        return self.places.get(name, self.location)

    @cached_property
    def told(self) -> str:
        """All that it says, as one text: what its entry takes from elsewhere in the file is in its values."""
        return "\0".join((self.bibtex, *self.fields.values(), *map(str, self.authors)))


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into the text of a note's file, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a note that means something: what the scanner finds."""

    span: Span


@dataclass(frozen=True, slots=True)
class Cite:
    """One key of a citation, with the place in the work that it points at."""

    key: str
    locator: str
    start: int
    """Offset of the key."""


@dataclass(frozen=True, slots=True)
class Citation(Token):
    """`[@a, §2; @b]`, or `@a` in running text, which is `narrative`."""

    cites: tuple[Cite, ...]
    narrative: bool


@dataclass(frozen=True, slots=True)
class Wikilink(Token):
    """`[[target]]`, `[[target|text]]` or `[[target#heading]]`; empty parts were not written."""

    target: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Link(Token):
    """`[text](url)`, `![alt](url)`, `[text]: url` or `<url>`; `url_start` is where the address begins."""

    text: str
    url: str
    url_start: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Formula(Token):
    """LaTeX between dollar signs; `latex_start` is where the LaTeX begins."""

    latex: str
    latex_start: int
    display: bool


@dataclass(frozen=True, slots=True)
class Heading(Token):
    """A line that begins with number signs; `slug` is its anchor in the page."""

    level: int
    text: str
    slug: str


@dataclass(frozen=True, slots=True)
class Tag(Token):
    """A raw HTML tag as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Unverified(Token):
    """`[text]{unverified}`: a statement that could not be confirmed."""

    text: str


@dataclass(frozen=True, slots=True)
class Attributes(Token):
    """`{: .class }`: attributes for the Markdown before them."""

    text: str


@dataclass(frozen=True, slots=True)
class Escape(Token):
    """A sign that stands for itself: after a backslash, or where it begins nothing of the grammar."""

    sign: str


@dataclass(frozen=True, slots=True)
class Comment(Token):
    """An HTML comment; `text` is what stands inside."""

    text: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A reader's word that a rule may be broken on `line`, and why."""

    path: str
    line: int
    rule: str
    reason: str
    location: Location


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the section "Claims": its text without the citation that ends it."""

    span: Span
    text: Span
    cites: tuple[Cite, ...]
    check: str
    """The check of the note's demo that shows it; empty where it names none."""
    check_start: int
    """Offset of that name, or of the claim."""
    unverified: bool


AnyToken = TypeVar("AnyToken", bound=Token)


@dataclass(frozen=True)
class Markup:
    """What the scanner found in a note's body, in the order of the text."""

    tokens: tuple[Token, ...] = ()
    claims: tuple[Claim, ...] = ()
    code_blocks: tuple[Span, ...] = ()
    code_in_words: tuple[Span, ...] = ()
    """The spans of code between their backticks, which no token is looked for in."""

    @cached_property
    def _by_kind(self) -> Mapping[type[Token], list[Token]]:
        kinds = defaultdict[type[Token], list[Token]](list)
        for token in self.tokens:
            kinds[type(token)].append(token)
        return dict(kinds)

    @cached_property
    def first_citations(self) -> Mapping[str, Citation]:
        """By each key that is cited, the first citation of it."""
        return {cite.key: token for token in reversed(self.of(Citation)) for cite in token.cites}

    def let_go(self) -> None:
        """Lets go of what can be fetched again: of nothing."""

    def of(self, kind: type[AnyToken]) -> tuple[AnyToken, ...]:
        """The tokens of one kind."""
        return cast(tuple[AnyToken, ...], tuple(self._by_kind.get(kind, ())))


class Kind(StrEnum):
    """What a note is about; the folder that it lies in decides."""

    WORK = "papers"
    TOPIC = "topics"
    PATH = "paths"
    PAGE = "."


class Status(StrEnum):
    """How far a note has come."""

    COMPLETE = "complete"
    STUB = "stub"


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` from the work of a note to `target`, a key of the registry."""

    kind: str
    target: str
    location: Location


FieldPath = tuple[str | int, ...]


@dataclass(frozen=True)
class FrontMatter:
    """What a note says of itself before its body. A field that is faulty or absent has its empty value."""

    ref: str = ""
    name: str = ""
    """What the work is called in running text."""
    title: str = ""
    topics: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    status: Status = Status.COMPLETE
    added: dt.date | None = None
    code: str = ""
    read: int | None = None
    """The version of the preprint that the note was written from."""
    relations: tuple[Relation, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    compare: Mapping[str, str] = field(default_factory=dict)
    """A topic's comparison: the name of a fact to the heading of its column."""
    reading: Mapping[str, str] = field(default_factory=dict)
    """A topic's reading order: the slug of a note to why it comes now."""
    steps: Mapping[str, str] = field(default_factory=dict)
    """A path's steps: the slug of a note to why it comes now."""
    places: Mapping[FieldPath, Location] = field(default_factory=dict)
    """Where each field, or an element of it, stands."""

    @property
    def cells(self) -> Mapping[str, Mapping[str, str]]:
        """The fields whose texts may hold whatever a body may, by their names."""
        return {"facts": self.facts, "compare": self.compare, "reading": self.reading, "steps": self.steps}

    def place(self, *path: str | int) -> Location:
        """Where the value under `path` stands, or the nearest that holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


@dataclass(frozen=True, slots=True)
class Outline:
    """What the pages of others take from a note, and what its own page takes from others."""

    text: str
    """The digest of its whole text."""
    face: str
    """The digest of what others may show of it: all but its words."""
    key: str
    """The work that it is about."""
    slug: str
    names: tuple[str, ...]
    """What it is called, folded, as far as it says itself."""
    cites: tuple[str, ...]
    """The keys that its body cites, each once, in the order of the text."""
    calls: tuple[str, ...]
    """What its body calls the notes that it links to, folded."""
    cells: tuple[str, ...]
    """What its front matter cites and calls, which other pages may print."""
    ties: tuple[str, ...]
    """The works that it declares a relation to."""
    members: tuple[str, ...]
    """The topics that it names, or the notes that a topic puts in order; slugs."""
    steps: tuple[str, ...]
    """The steps of a path; slugs."""
    doubts: int
    """How many statements and claims are marked as unverified."""
    links: str
    """The digest of the addresses that it links."""
    bearing: str
    """The digest of all that findings elsewhere, or about all notes at once, can depend on."""


@dataclass(frozen=True)
class Note:
    """A Markdown file under notes/."""

    source: Source
    kind: Kind
    slug: str
    front: FrontMatter
    markup: Markup
    body_start: int
    """Offset at which the body begins."""
    outline: Outline
    silences: tuple[Silence, ...] = ()

    @property
    def path(self) -> str:
        """The file, relative to the library's root."""
        return self.source.path

    @property
    def start(self) -> Location:
        """The first character of the file: the place of what is missing."""
        return Location(self.path)

    def let_go(self) -> None:
        """Lets go of its text and its markup where they can be fetched again, should they be asked for."""
        self.source.let_go()
        self.markup.let_go()
