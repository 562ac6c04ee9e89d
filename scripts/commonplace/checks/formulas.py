"""The rule that every formula converts to MathML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from commonplace.checks.passages import passages
from commonplace.library import Library
from commonplace.markup import scan
from commonplace.markup.mathml import LatexFaultError, mathml
from commonplace.model import Diagnostic, Formula, Location
from commonplace.rules import diagnose


def broken_formula(library: Library) -> Iterator[Diagnostic]:
    """broken-formula: in a body at the sign that is wrong, elsewhere at the field that holds the formula."""
    for passage in passages(library):
        for formula in passage.markup.of(Formula):
            if fault := _fault(formula.latex, formula.display):
                where = passage.at(formula.latex_start + fault.offset)
                yield diagnose("broken-formula", where, _message(fault))
    for title, where in _titles(library):
        for formula in scan(title).of(Formula) if "$" in title else ():
            if fault := _fault(formula.latex, formula.display):
                yield diagnose("broken-formula", where, _message(fault))


# Notes name the same few quantities again and again.
@lru_cache(maxsize=65536)
def _fault(latex: str, display: bool) -> LatexFaultError | None:
    try:
        mathml(latex, display=display)
    except LatexFaultError as fault:
        return fault
    return None


def _message(fault: LatexFaultError) -> str:
    return f"{fault}, at character {fault.offset + 1} of the formula; a plain dollar sign is \\$"


def _titles(library: Library) -> Iterator[tuple[str, Location]]:
    for reference in library.references.values():
        yield reference.title, reference.place("title")
    for note in library.notes:
        yield note.front.title, note.front.place("title")
