"""The rule that every formula converts to MathML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from commonplace.checks.passages import passages
from commonplace.library import Library
from commonplace.markup import scan
from commonplace.markup.mathml import LatexFaultError, mathml
from commonplace.model import Diagnostic, Formula, Location, Note
from commonplace.rules import diagnose


def broken_formula(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """broken-formula: in a body at the sign that is wrong, elsewhere at the field that holds the formula."""
    for passage in passages(notes):
        for formula in passage.markup.of(Formula):
            if fault := _fault(formula.latex, formula.display):
                where = passage.at(formula.latex_start + fault.offset)
                yield diagnose("broken-formula", where, _message(fault))
    for note in notes:
        yield from _in_title(note.front.title, note.front.place("title"))


def broken_formula_in_registry(library: Library) -> Iterator[Diagnostic]:
    """broken-formula: in the titles of works."""
    for reference in library.references.values():
        yield from _in_title(reference.title, reference.place("title"))


def _in_title(title: str, where: Location) -> Iterator[Diagnostic]:
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
