"""Cuts a row of words into runs, each of them for one file, so that words that begin alike stay together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

LARGE = 16_000
"""Bytes above which a run is cut, before compression; a word of a query costs the browser half as many."""


def runs(
    words: Sequence[str], sizes: Mapping[str, int], depth: int, deepest: int | None = None
) -> Iterator[list[str]]:
    """The words in runs, from those that have their first `depth` letters in common.

    Words that begin alike, and are small enough together, stand in one file. Where they are too large, they
    begin a file of their own and are cut by their next letter, up to `deepest`: a cut depends on few words.
    """
    run, size = list[str](), 0
    for _, grouped in groupby(words, key=lambda word: word[: depth + 1]):
        group = list(grouped)
        of_group = sum(map(sizes.__getitem__, group))
        too_large = of_group > LARGE and len(group) > 1 and depth + 1 != deepest
        if run and (too_large or size + of_group > LARGE):
            yield run
            run, size = [], 0
        if too_large:
            yield from runs(group, sizes, depth + 1, deepest)
        else:
            run += group
            size += of_group
    if run:
        yield run
