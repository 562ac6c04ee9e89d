"""Turns LaTeX into MathML, and says where LaTeX is wrong."""

from __future__ import annotations

import re
from functools import cache

from math_core import LatexError, LatexToMathML

from commonplace.markup.latex_brackets import left_open

_NESTING = re.compile(r"[\\{\[^_]")
_MOST_NESTING = 1000
"""Signs in a formula that could nest; at some thousands the converter exhausts the stack and ends Python."""
_FAULT = re.compile(r"(?P<offset>\d+): (?P<message>.*)", re.DOTALL)


class LatexFaultError(ValueError):
    """LaTeX that does not convert; `offset` counts characters from the formula's first."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)


def mathml(latex: str, *, display: bool) -> str:
    """The formula as a `<math>` element.

    Raises:
        LatexFaultError: the LaTeX is wrong, or uses a command that MathML Core cannot show.

    """
    if len(_NESTING.findall(latex)) > _MOST_NESTING:
        raise LatexFaultError(f"more than {_MOST_NESTING} commands and groups in one formula; split it", 0)
    if (offset := left_open(latex)) is not None:
        raise LatexFaultError("too many brackets are open at once; close them", offset)
    try:
        return _converter().convert_with_local_state(latex, displaystyle=display)
    except LatexError as fault:
        match = _FAULT.fullmatch(str(fault))
        message = match["message"] if match else str(fault)
        offset = int(match["offset"]) if match else 0
        raise LatexFaultError(message.rstrip("."), offset) from None
