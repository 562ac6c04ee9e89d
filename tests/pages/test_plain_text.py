"""Formulas and notes as plain text, for the tab's title, previews and search."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.plain_text import description, formula_text
from sample_books import written


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"O(n \log n)", "O(n log n)"),
        (r"W_0 + \alpha x", "W_0 + α x"),
        (r"\alpha / r", "α / r"),
        (r"d \times k", "d × k"),
        (r"\hat L", "L̂"),
        (r"\frac {1}{2}", "1/2"),
        (r"\mathbb{R}^d", "ℝ^d"),
    ],
)
def test_a_formula_reads_as_the_signs_nearest_to_it(latex: str, text: str) -> None:
    assert formula_text(latex) == text


@pytest.mark.parametrize("latex", [r"\frac{1}", r"\sqrt", r"\href{a}", r"\begin{array}{c", "{" * 2000])
def test_a_formula_that_is_cut_off_gives_some_text_and_no_error(latex: str) -> None:
    assert formula_text(latex)


def test_the_description_of_a_note_is_its_first_sentence_without_marks(tmp_path: Path) -> None:
    first = "The *first* with $x^2$ and [a link](b.md), [@one2020; @none2020] and `code`."
    bib = "@misc{one2020, author = {One, Ann}, title = {First}, year = {2020}}"
    library = written(tmp_path, {"refs.bib": bib, "notes/a.md": f"{first} The second.\n"})
    described = description(library, library.notes[0])
    assert described == "The first with x^2 and a link, (One, 2020; none2020) and code."
