"""Divides the records of a library into parts, each indexed alone, and again only when it has changed.

A record's part follows from its address and from the number of records alone. What Pagefind makes of parts
is joined (`join`) into one index, so that neither the browser nor the ranking learns of them. What it takes
for notes of 600 words, on one core of two:

    notes of a part       125    250    500   1,000   2,500   5,000   10,000
    CPU, seconds          0.5    0.7    1.4     2.8     6.7    16.8     34.4
    memory, MB            118    118    177     347     826   1,613    2,959

It has no knee: up to some 2,500 notes time and memory follow their number, then they grow faster. To start
it takes as long as some ten notes do. A part is as small as an edit should be quick, and as large as
starting it for each, and joining many, does not cost more than that saves.

Pagefind's own way, `mergeIndex` in the browser, loads for each part an entry, a list of pages and, for each
word of a query, a file of some 32 KB: with four parts, a query of three words would exceed the budget. A word
that a part does not hold is taken there for its beginning, or left out; and each part ranks by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from commonplace.library import Library
from commonplace.model import Note, Reference
from commonplace.reference_text import label
from commonplace.search.records import Record, Source, record, sources, url

Item = TypeVar("Item")

MOST = 64
"""Records of a part, on average; where there are more, there are twice as many parts."""
# Pagefind makes no index of nothing; an empty book has a list of papers all the same.
_NOTHING = Record("papers/", "Papers", "page")
_PACKAGE = Path(__file__).parents[1]
_READ_BY = ("search", "markup", "plain_text.py", "reference_text.py")
"""The code that a record's page follows from."""


@dataclass(frozen=True)
class Part:
    """Some of the records. Its `digest` is had without them, and changes with them and what indexes them."""

    digest: str
    records: Callable[[], Sequence[Record]]


def parts(library: Library) -> tuple[Part, ...]:
    """The parts of a library."""
    told = _Told(library)
    divided = divide(list(sources(library)), url)
    return tuple(Part(_digest(map(told.of, some)), partial(_recorded, library, some)) for some in divided)


def parts_of(records: Sequence[Record], most: int = MOST) -> tuple[Part, ...]:
    """The parts of records that have been made already."""
    divided = divide(records, lambda record: record.url, most)
    return tuple(Part(_digest(map(repr, some)), partial(_or_nothing, some)) for some in divided)


def divide(items: Sequence[Item], url: Callable[[Item], str], most: int = MOST) -> list[tuple[Item, ...]]:
    """The items by their parts, in their order; a part follows from an item's address and their number."""
    divided: list[list[Item]] = [[]]
    while len(items) > most * len(divided):
        divided *= 2
    divided = [[] for _ in divided]
    for item in items:
        named = blake2b(url(item).encode(), digest_size=4).digest()
        divided[int.from_bytes(named) % len(divided)].append(item)
    return [tuple(some) for some in divided if some] or [()]


def _recorded(library: Library, some: Sequence[Source]) -> Sequence[Record]:
    records = _or_nothing([record(library, source) for source in some])
    for source in some:
        if isinstance(source, Note):
            source.let_go()  # the texts of a large library would all stay, and each is wanted once
    return records


def _or_nothing(some: Sequence[Record]) -> Sequence[Record]:
    return some or (_NOTHING,)


class _Told:
    """Tells what the record of a source is made of, for a tenth of what making it costs."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._topic, self._label, self._names = map(cache, (self._title, self._labelled, self._alike))

    def of(self, source: Source) -> str:
        """All that a record is made of: where that is the same, so is the record."""
        told = [source.told] if isinstance(source, Reference) else self._of_note(source)
        return "\0".join([url(source), *told])

    def _of_note(self, note: Note) -> list[str]:
        reference = self._library.reference_of(note)
        return [
            note.outline.text,
            reference.told if reference else "",
            *map(self._topic, note.front.topics),
            *map(self._label, note.outline.cites),
            *map(self._names, note.outline.calls),
        ]

    def _title(self, slug: str) -> str:
        topic = self._library.topics.get(slug)
        return self._library.title(topic) if topic else ""

    def _labelled(self, key: str) -> str:
        reference = self._library.references.get(key)
        return label(reference) if reference else ""

    def _alike(self, name: str) -> str:
        alike = self._library.alike(name)
        return "\0".join(told for note in alike for told in (note.slug, self._library.name(note)))


def _digest(told: Iterable[str]) -> str:
    name = blake2b(_indexed_by(), digest_size=16)
    for each in told:
        name.update(f"{each}\0\0".encode("utf-8", "surrogatepass"))
    return name.hexdigest()


@cache
def _indexed_by() -> bytes:
    """The name of what makes an index of notes: our code and Pagefind's version."""
    name = blake2b(version("pagefind_bin").encode())
    for path in (_PACKAGE / each for each in _READ_BY):
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            name.update(file.read_bytes())
    return name.digest()
