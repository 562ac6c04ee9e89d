"""Divides a long bibliography over pages, so that an entry stays on its page when others come or go."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from commonplace.model import Reference
from commonplace.reference_text import sort_key

MOST = 200
"""Entries on one page."""
_OTHER = re.compile(r"[^a-z0-9]+")


def shelves(references: Iterable[Reference], most: int = MOST) -> Mapping[str, str]:
    """The shelf of each reference by its key: the first letters of its authors, as many as are needed.

    A shelf with more than `most` references is divided by the next letter, and then by the year. Where all
    fit on one, its name is empty.
    """
    return dict(_divided([(_filed(reference), reference.key) for reference in references], 0, most))


def _filed(reference: Reference) -> str:
    """Under what a reference is filed; no two are filed under the same."""
    names, year, key = sort_key(reference)
    plain = unicodedata.normalize("NFKD", f"{names} {year} {key}").encode("ascii", "ignore").decode()
    return _OTHER.sub("_", plain.casefold())


def _divided(filed: list[tuple[str, str]], depth: int, most: int) -> Iterator[tuple[str, str]]:
    if len(filed) <= most or depth >= min(len(name) for name, _ in filed):
        yield from ((key, name[:depth]) for name, key in filed)
        return
    parts = defaultdict[str, list[tuple[str, str]]](list)
    for name, key in filed:
        parts[name[depth]].append((name, key))
    for part in parts.values():
        yield from _divided(part, depth + 1, most)
