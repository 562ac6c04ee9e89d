"""Formulas that would keep their converter busy for hours are told apart from those that people write."""

from __future__ import annotations

import pytest

from commonplace.markup.latex_brackets import left_open
from commonplace.markup.mathml import LatexFaultError, mathml

FORTY = 40


@pytest.mark.parametrize(
    "opening", ["(", "[", r"\{", r"\langle ", r"\bigl(", r"\lvert x", "⟨", r"(\frac{a}{b}", r"\mathopen x"]
)
def test_many_open_brackets_are_a_fault_and_not_a_long_wait(opening: str) -> None:
    with pytest.raises(LatexFaultError) as fault:
        mathml(opening * FORTY, display=False)
    assert 0 < fault.value.offset < len(opening) * FORTY


@pytest.mark.parametrize(
    "latex",
    [
        "(x)" * FORTY,
        "[0, 1)" * FORTY,
        r"\left( x \right)" * FORTY,
        r"\bigl\{ x \bigr\}" * FORTY,
        r"x^{(k}" * FORTY,
        r"\frac{(a}{b)}" * FORTY,
        r"\begin{cases} " + r"\left\{ a \right. \\ " * 10 + r"\end{cases}",
        r"\lambda \le \ldots \log \lim " * FORTY,
    ],
)
def test_brackets_that_are_closed_may_be_many(latex: str) -> None:
    assert left_open(latex) is None
    assert mathml(latex, display=True).startswith("<math")
