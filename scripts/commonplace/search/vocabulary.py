"""The words by which works are called, from which a misspelt one can be corrected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from commonplace.search.folding import joined, parts
from commonplace.search.records import Record

_LETTERS = re.compile(r"[^\W\d_]{2}")
_SHORTEST, _LONGEST = 3, 24
_MOST = 12_000
"""Words kept: some 50 KB on the way to the browser. Books of less than some 3,000 notes have fewer."""


def called(records: Iterable[Record]) -> Counter[str]:
    """Each word of titles, names and authors, folded, with the number of records that it stands for."""
    counts = Counter[str]()
    for record in records:
        counts.update(set(_words(record)))
    return counts


def vocabulary(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The words of several parts with their numbers together.

    A very large book keeps those of most records and, of these, the longest, which are misspelt most.
    """
    counts = Counter[str]()
    for each in several:
        counts.update(each)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], -len(pair[0]), pair[0]))[:_MOST])


def _words(record: Record) -> Iterator[str]:
    for text in (record.title, *record.names, *record.authors):
        for written in text.split():
            several = parts(written)
            yield from filter(_worthy, several)
            if len(several) == 2 and _worthy(joined(written)):
                yield joined(written)


def _worthy(word: str) -> bool:
    """Whether a word can be told from its misspellings: numbers cannot, nor can the shortest."""
    return _SHORTEST <= len(word) <= _LONGEST and bool(_LETTERS.search(word))
