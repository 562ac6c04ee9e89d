"""What Pagefind made of one part, taken apart so that it can be joined with other parts."""

from __future__ import annotations

import gzip
import io
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, groupby, pairwise
from typing import Any, NamedTuple

import cbor2

from commonplace.search.cbor import ARRAY, UINT, head, text

SIGNATURE = b"pagefind_dcd"
PREFIX = 3
"""Letters by which words are grouped: a group is joined again only where a piece has another one."""
_PROGRAM = ("pagefind.js", "wasm.en.pagefind")
_NUMBERS = 4


class Postings(NamedTuple):
    """The pages of a word: how many, the first, the last, and what is written behind the first's number.

    Each page's number is written as its distance from the last one's, so that these can be strung together.
    """

    number: int
    first: int
    last: int
    rest: bytes


@dataclass(frozen=True)
class Piece:
    """The index of one part. Pages count from 0 within it; words are in the order of their code points."""

    entry: str
    """Pagefind's first file, as JSON: its version and its settings."""
    program: Mapping[str, bytes]
    """What reads the index in a browser, by its name."""
    pages: Sequence[tuple[str, int]]
    """The name of each page's fragment, and the number of its words."""
    fragments: Mapping[str, bytes]
    fields: Sequence[str]
    facets: Sequence[tuple[str, Sequence[tuple[str, Sequence[int]]]]]
    """For each facet its values, for each value its pages."""
    called: Mapping[str, int]
    """The words by which the records are called, each with the number of records."""
    row: str
    """The words, one a line."""
    numbers: bytes
    """Count, first and last page of each word, and how many bytes were written of them."""
    rests: bytes
    variants: Mapping[str, Sequence[tuple[str, Sequence[Any]]]]
    """The pages of words that are also written with accents, by each way of writing them."""
    groups: Mapping[str, tuple[int, int, bytes]]
    """The words by how they begin: where such words start, their bytes, and a digest of what they hold."""

    @property
    def making(self) -> object:
        """What all pieces of an index have in common."""
        told = json.loads(self.entry)
        return told["version"], told["include_characters"], list(self.fields)

    @cached_property
    def words(self) -> list[str]:
        """The words."""
        return self.row.split("\n") if self.row else []

    @cached_property
    def _table(self) -> array[int]:
        return array("I", self.numbers)

    @cached_property
    def _ends(self) -> array[int]:
        return array("I", accumulate(self._table[_NUMBERS - 1 :: _NUMBERS], initial=0))

    @cached_property
    def _beginnings(self) -> list[str]:
        return list(self.groups)

    def between(self, first: str, last: str) -> Iterator[tuple[str, Postings, list[tuple[str, Postings]]]]:
        """The words of the groups from `first` to `last`, with their pages, also of each variant."""
        names = self._beginnings
        low, high = bisect_left(names, first), bisect_left(names, last + "\0")
        start = self.groups[names[low]][0] if low < len(names) else len(self.words)
        end = self.groups[names[high]][0] if high < len(names) else len(self.words)
        numbers = self._table[start * _NUMBERS : end * _NUMBERS]
        rests = (self.rests[one:after] for one, after in pairwise(self._ends[start : end + 1]))
        rows = map(Postings, numbers[::_NUMBERS], numbers[1::_NUMBERS], numbers[2::_NUMBERS], rests)
        for word, pages in zip(self.words[start:end], rows, strict=True):
            yield word, pages, [(form, Postings(*of)) for form, of in self.variants.get(word, ())]


def as_bytes(piece: Piece) -> bytes:
    """The piece, to be kept in a file."""
    return cbor2.dumps({field.name: getattr(piece, field.name) for field in fields(piece)})


def piece_from(data: bytes) -> Piece:
    """The piece that was kept so.

    Raises:
        ValueError, TypeError: the data is none.

    """
    try:
        return Piece(**cbor2.loads(data))
    except cbor2.CBORError as fault:
        raise ValueError("no piece of an index") from fault


def piece_of(files: Mapping[str, bytes], called: Mapping[str, int]) -> Piece:
    """The piece in the files that Pagefind made of a part whose records are `called` so.

    Raises:
        ValueError, KeyError: the files are not those of the version of Pagefind that is pinned.

    """
    entry = files["pagefind-entry.json"].decode()
    [language] = json.loads(entry)["languages"].values()
    meta = cbor2.loads(_data(files[f"pagefind.{language['hash']}.pf_meta"]))
    _version, pages, _files, facets, _sorts, known = meta
    words = sorted(
        (each for data in _within(files, "index/").values() for each in _words(_data(data))), key=_word
    )
    rows = [(word, _postings(raw, word, pages_, variants)) for word, raw, pages_, variants in words]
    return Piece(
        entry=entry,
        program={name: files[name] for name in _PROGRAM},
        pages=pages,
        fragments=_within(files, "fragment/"),
        fields=known,
        facets=sorted(cbor2.loads(_data(files[f"filter/{name}.pf_filter"])) for _, name in facets),
        called=dict(called),
        row="\n".join(word for word, _ in rows),
        numbers=array(
            "I", [number for _, of in rows for number in (of.number, of.first, of.last, len(of.rest))]
        ).tobytes(),
        rests=b"".join(of.rest for _, of in rows),
        variants={
            word: [(form, _as_written(pages_)) for form, pages_ in variants]
            for word, _, _, variants in words
            if variants
        },
        groups=_groups(words),
    )


def _within(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """The files in a folder by their names without an ending."""
    inside = {
        name.removeprefix(folder): data for name, data in sorted(files.items()) if name.startswith(folder)
    }
    return {name.partition(".")[0]: data for name, data in inside.items()}


def _data(compressed: bytes) -> bytes:
    data = gzip.decompress(compressed)
    if not data.startswith(SIGNATURE):
        raise ValueError("it is not in the form of the Pagefind that is pinned")
    return data.removeprefix(SIGNATURE)


_Word = tuple[str, bytes, list[Any], list[Any]]


def _words(data: bytes) -> Iterator[_Word]:
    """Each word of a file, as it is written there and as it reads."""
    stream = io.BytesIO(data)
    begun = head(ARRAY, 1)
    width = {24: 1, 25: 2, 26: 4}.get(data[1] & 31, 0)
    if not data.startswith(begun) or data[1] >> 5 != ARRAY:
        raise ValueError("an index is not written as the Pagefind that is pinned writes it")
    at = stream.seek(len(begun) + 1 + width)
    decoder = cbor2.CBORDecoder(stream)
    while at < len(data):
        word, pages, variants = decoder.decode()
        end = stream.tell()
        yield word, data[at:end], pages, variants
        at = end


def _word(each: _Word) -> str:
    return each[0]


def _postings(raw: bytes, word: str, pages: list[Any], variants: list[Any]) -> Postings:
    if variants or not pages:
        return _as_written(pages)
    first = pages[0][0]
    start = 1 + len(text(word)) + len(head(ARRAY, len(pages))) + 1 + len(head(UINT, first))
    return Postings(len(pages), first, sum(page[0] for page in pages), raw[start:-1])


def _as_written(pages: list[Any]) -> Postings:
    if not pages:
        return Postings(0, 0, 0, b"")
    first, written = pages[0][0], b"".join(map(cbor2.dumps, pages))
    return Postings(len(pages), first, sum(page[0] for page in pages), written[1 + len(head(UINT, first)) :])


def _groups(words: Sequence[_Word]) -> dict[str, tuple[int, int, bytes]]:
    groups, start = dict[str, tuple[int, int, bytes]](), 0
    for beginning, group in groupby(words, key=lambda each: each[0][:PREFIX]):
        written = [raw for _, raw, _, _ in group]
        digest = blake2b(b"".join(written), digest_size=8).digest()
        groups[beginning] = (start, sum(map(len, written)), digest)
        start += len(written)
    return groups
