"""Puts braces around the words of a BibTeX title whose capitals a bibliography style would take away."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What is no plain word: formulas, commands, escaped signs, and the edges of groups.
_MARK = re.compile(r"\$[^$]*\$|\\[A-Za-z]+|\\.|[{}]", re.DOTALL)
_PART = re.compile(r"[^\W_]+")
_WORD = re.compile(rf"{_PART.pattern}(?:[-\u2010-\u2013/.]{_PART.pattern})*")


def protect_capitals(title: str) -> str:
    """The title, given without its own braces, with `LoRA` as `{LoRA}` and `BERT-based` as `{BERT}-based`.

    What stands in braces, formulas and commands stays as it is, and so does a word that touches one.
    """
    edges = [edge for start, end in _open_stretches(title) for edge in _protected(title, start, end)]
    for start, end in reversed(edges):
        title = f"{title[:start]}{{{title[start:end]}}}{title[end:]}"
    return title


def _open_stretches(title: str) -> Iterator[tuple[int, int]]:
    """Where the title stands outside every group, between one mark and the next."""
    at = depth = 0
    for mark in _MARK.finditer(title):
        if depth == 0:
            yield at, mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        at = mark.end()
    if depth == 0:
        yield at, len(title)


def _protected(title: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where braces belong in a stretch of plain text."""
    for word in _WORD.finditer(title, start, end):
        parts = [part.span() for part in _PART.finditer(title, *word.span())]
        for first, last in _runs(title, parts):
            if not (first == start > 0 or last == end < len(title)):
                yield first, last


def _runs(title: str, parts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a hyphenated word that lose a capital, with the numbers and letters that they bear."""
    run: list[tuple[int, int]] = []
    for start, end in [*parts, (0, 0)]:
        if _belongs(title[start:end]):
            run.append((start, end))
            continue
        if any(_loses_capital(title[first:last]) for first, last in run):
            yield run[0][0], run[-1][1]
        run = []


def _loses_capital(part: str) -> bool:
    """Whether it has a capital beyond its first letter, or is a capital with a number: `LoRA`, `7B`, `T5`."""
    return any(map(str.isupper, part[1:])) or (part[0].isupper() and not part.isalpha() and part.isupper())


def _belongs(part: str) -> bool:
    """Whether it may share braces with its neighbours: `GPT-3`, `LLaMA-v2`, `S-LoRA`, not `BERT-based`."""
    plain = any(map(str.islower, part)) and part.isalpha()
    return bool(part) and (not plain or _loses_capital(part))
