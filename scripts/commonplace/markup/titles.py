"""Tells the formulas of a title, or of another line of words, from the rest of it."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.markup.scanner import scan
from commonplace.model import Formula


def pieces(line: str) -> Iterator[Formula | str]:
    """The line from its beginning to its end: its formulas, and the words between."""
    at = 0
    for formula in scan(line).of(Formula) if "$" in line else ():
        yield line[at : formula.span.start]
        yield formula
        at = formula.span.end
    yield line[at:]
