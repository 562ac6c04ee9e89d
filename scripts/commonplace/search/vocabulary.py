"""The words by which works are called, from which a misspelt one can be corrected."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from commonplace.search.records import Record

_PARTS = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SHORTEST, _LONGEST = 3, 24
_ROOM = 100_000
"""Most bytes of words; in a larger book those that stand for the fewest works are left out."""


def vocabulary(records: Iterable[Record]) -> dict[str, int]:
    """Each word of titles, names and authors, folded, with the number of records it stands for."""
    counts = Counter[str]()
    for record in records:
        counts.update(set(_words(record)))
    kept, room = dict[str, int](), _ROOM
    for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        room -= len(word.encode()) + 1
        if room < 0:
            break
        kept[word] = count
    return kept


def _words(record: Record) -> Iterator[str]:
    for text in (record.title, *record.names, *record.authors):
        for written in text.split():
            # As the index does: `low-rank` can be found as one word and as two.
            parts = _PARTS.findall(fold(written))
            yield from filter(_worthy, {*parts, "".join(parts)})


def _worthy(word: str) -> bool:
    """Whether a word can be told from its misspellings: numbers cannot, nor can the shortest."""
    return _SHORTEST <= len(word) <= _LONGEST and bool(_LETTERS.search(word))


def fold(text: str) -> str:
    """A text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
