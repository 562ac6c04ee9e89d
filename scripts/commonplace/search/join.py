"""Joins the pieces of all parts into one index, as if Pagefind had made it at once, with smaller files."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b
from itertools import accumulate
from typing import TypeAlias

import cbor2
from isal import igzip

from commonplace.cores import over_cores
from commonplace.search.cbor import ARRAY, UINT, head, text
from commonplace.search.cuts import runs
from commonplace.search.piece import PREFIX, SIGNATURE, Piece, Postings
from commonplace.search.vocabulary import vocabulary

FOLDER = "pagefind"
WORDS = "words.pack"
"""The vocabulary, compressed by us as Pagefind compresses its files, since not every host does."""
_TELLING = 4
"""Letters from which the files of all words that begin so are loaded, where they are several."""

Rows = list[tuple[str, str, str]]
"""Files of the index: the first and the last word in each, and its name."""


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of the index. Whatever has the same address and source has the same content."""

    address: str
    source: str
    content: Callable[[], bytes]


class Join:
    """The index of some pieces. `rows` is to be known the next time: what of it need not be joined again.

    What is to be joined is divided over so many processes.

    Raises:
        ValueError: the pieces were not made alike.

    """

    def __init__(self, pieces: Sequence[Piece], known: Mapping[str, Rows], processes: int = 1) -> None:
        if any(piece.making != pieces[0].making for piece in pieces):
            raise ValueError("the parts of the index were not made alike")
        offsets = accumulate((len(piece.pages) for piece in pieces), initial=0)
        self._pieces, self._placed = pieces, list(zip(offsets, pieces, strict=False))
        self._known, self._processes = known, processes
        self.rows = dict[str, Rows]()

    def files(self) -> Iterator[IndexFile]:
        """The files of the index."""
        sections = list(_sections(self._placed))
        fresh = [section for section in sections if section.key not in self._known]
        joined = dict(over_cores(fresh, _joined, self._processes))
        for section in sections:
            files = joined.get(section.key, {})
            rows = self.rows[section.key] = self._known.get(section.key) or [*files]
            contents = {name: data for (_, _, name), data in files.items()}
            for _, _, name in rows:
                content = contents.get(name)
                made = partial(section.content, name) if content is None else partial(bytes, content)
                yield _lasting(f"index/{name}.pf_index", made)
        fragments = dict(_fragments(self._placed))
        for name, (piece, held) in fragments.items():
            yield _lasting(f"fragment/{name}.pf_fragment", partial(piece.fragments.__getitem__, held))
        facets = list(_facets(self._placed))
        for _, data in facets:
            yield _lasting(f"filter/{named(data)}.pf_filter", partial(_compressed, data))
        yield from self._around(list(fragments), [[facet, named(data)] for facet, data in facets])

    def _around(self, fragments: Sequence[str], facets: list[list[str]]) -> Iterator[IndexFile]:
        """What the browser loads before all else, and what it corrects words by."""
        first = self._pieces[0]
        lengths = (words for piece in self._pieces for _, words in piece.pages)
        pages = [[name, words] for name, words in zip(fragments, lengths, strict=True)]
        reach = _reach(row for rows in self.rows.values() for row in rows)
        entry = json.loads(first.entry)
        meta = SIGNATURE + cbor2.dumps([entry["version"], pages, reach, facets, [], first.fields])
        yield _lasting(f"pagefind.{named(meta)}.pf_meta", partial(_compressed, meta))
        for language in entry["languages"].values():
            language |= {"hash": named(meta), "page_count": len(pages)}
        yield _changing("pagefind-entry.json", json.dumps(entry, ensure_ascii=False).encode())
        for name, data in first.program.items():
            yield _changing(name, data)
        yield _changing(WORDS, _packed(vocabulary(piece.called for piece in self._pieces)))


def _sections(placed: Sequence[tuple[int, Piece]]) -> Iterator[_Section]:
    sizes = defaultdict[str, int](int)
    held = defaultdict[str, list[bytes]](list)
    for offset, piece in placed:
        place = b"%d " % offset
        for beginning, (_, size, digest) in piece.groups.items():
            sizes[beginning] += size
            held[beginning] += (place, digest)
    for run in runs(sorted(sizes), sizes, 0, PREFIX):
        told = b"".join(part for each in run for part in (f"\0{each}\0".encode(), *held[each]))
        yield _Section(blake2b(told, digest_size=12).hexdigest(), run, placed)


@dataclass(frozen=True)
class _Section:
    """The words that begin in one of a few neighbouring ways, from all pieces."""

    key: str
    """The name of what it holds."""
    beginnings: Sequence[str]
    pieces: Sequence[tuple[int, Piece]]

    def content(self, name: str) -> bytes:
        """What one of its files holds."""
        return next(data for row, data in self.files.items() if row[-1] == name)

    @cached_property
    def files(self) -> Mapping[tuple[str, str, str], bytes]:
        """What each of its files holds, by their rows."""
        words = self._words()
        sizes = {word: len(data) for word, data in words.items()}
        # Words that begin in several ways are few; those that begin in one may be too many for a file.
        cut = [sorted(words)] if len(self.beginnings) > 1 else runs(sorted(words), sizes, PREFIX)
        files = dict[tuple[str, str, str], bytes]()
        for run in cut:
            data = SIGNATURE + head(ARRAY, 1) + head(ARRAY, len(run)) + b"".join(map(words.__getitem__, run))
            files[run[0], run[-1], named(data)] = _compressed(data)
        return files

    def _words(self) -> dict[str, bytes]:
        """Each word as Pagefind would write it."""
        plain = defaultdict[str, list[tuple[int, Postings]]](list)
        accented = defaultdict[str, dict[str, list[tuple[int, Postings]]]](dict)
        for offset, piece in self.pieces:
            for word, pages, variants in piece.between(self.beginnings[0], self.beginnings[-1]):
                plain[word].append((offset, pages))
                for form, of_form in variants:
                    accented[word].setdefault(form, []).append((offset, of_form))
        return {word: _written(word, pages, accented.get(word, {})) for word, pages in plain.items()}


def _joined(sections: Sequence[_Section]) -> Iterator[tuple[str, Mapping[tuple[str, str, str], bytes]]]:
    for section in sections:
        yield section.key, section.files


_Placed: TypeAlias = "Sequence[tuple[int, Postings]]"
"""Pages of several pieces, each with the number that the piece's first page has in the index."""
_POSTING = head(ARRAY, 3)


def _written(word: str, pages: _Placed, variants: Mapping[str, _Placed]) -> bytes:
    forms = [head(ARRAY, 2) + text(form) + _strung(of) for form, of in sorted(variants.items())]
    return b"".join([head(ARRAY, 3), text(word), _strung(pages), head(ARRAY, len(forms)), *forms])


def _strung(several: _Placed) -> bytes:
    """Pages of several pieces as one row: each begins as far from the end of the last as it now is."""
    written, at = [head(ARRAY, sum(pages.number for _, pages in several))], 0
    for offset, (number, first, last, rest) in several:
        if number:
            written += [_POSTING, head(UINT, offset + first - at), rest]
            at = offset + last
    return b"".join(written)


def _fragments(placed: Sequence[tuple[int, Piece]]) -> Iterator[tuple[str, tuple[Piece, str]]]:
    """The fragment of every page by its name; Pagefind's own are nearly always different in all parts."""
    taken = set[str]()
    for offset, piece in placed:
        for number, (held, _) in enumerate(piece.pages, offset):
            name = f"{held}_{number}" if held in taken else held
            taken.add(name)
            yield name, (piece, held)


def _facets(placed: Sequence[tuple[int, Piece]]) -> Iterator[tuple[str, bytes]]:
    """Each facet with its values in one order; Pagefind alone writes them in another each time."""
    values = defaultdict[str, dict[str, list[int]]](dict)
    for offset, piece in placed:
        for facet, several in piece.facets:
            for value, pages in several:
                values[facet].setdefault(value, []).extend(offset + page for page in pages)
    for facet, of in sorted(values.items()):
        yield facet, SIGNATURE + cbor2.dumps([facet, [[value, pages] for value, pages in sorted(of.items())]])


def _reach(rows: Iterable[tuple[str, str, str]]) -> list[list[str]]:
    """From which to which word each file reaches, as the browser is told: in as few letters as will do.

    It loads the one file that a word lies in, or else all with words that begin so. What is being typed lies
    in none, and so gets all that begins so, where a file begins with it and it is long enough to be few.
    """
    told, before = list[list[str]](), ""
    for first, last, name in rows:
        end = next((end for end in range(1, len(first)) if first[:end] > before), len(first))
        if told:
            told[-1][1] = _next(before, first[:end])
        told.append([first[: end + (end >= _TELLING)], last, name])
        before = last
    return told


def _next(word: str, limit: str) -> str:
    """The shortest beginning of a word, with its last letter moved on by one, that comes before `limit`."""
    beyond = (word[:end] + chr(ord(word[end]) + 1) for end in range(len(word)))
    return next((each for each in beyond if each < limit), word)


def named(data: bytes) -> str:
    """A short name for content, in letters and digits that every file system tells apart."""
    return base64.b32encode(blake2b(data, digest_size=5).digest()).decode().lower()


def _lasting(address: str, content: Callable[[], bytes]) -> IndexFile:
    """A file that is named by its content."""
    return IndexFile(f"{FOLDER}/{address}", address, content)


def _changing(address: str, data: bytes) -> IndexFile:
    return IndexFile(f"{FOLDER}/{address}", blake2b(data, digest_size=16).hexdigest(), lambda: data)


def _packed(words: Mapping[str, int]) -> bytes:
    """The words by their count, which repeats so often that it is written once for each."""
    by_count = defaultdict[int, list[str]](list)
    for word, count in sorted(words.items()):
        by_count[count].append(word)
    lines = {count: " ".join(words) for count, words in sorted(by_count.items())}
    return _compressed(json.dumps(lines, ensure_ascii=False).encode())


def _compressed(data: bytes) -> bytes:
    # Python's own takes sixteen times as long, for files smaller by two percent.
    return igzip.compress(data, mtime=0)
