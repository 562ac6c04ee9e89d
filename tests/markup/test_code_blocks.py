"""What counts as a block of code, as in CommonMark, and is left alone."""

from __future__ import annotations

import pytest

from commonplace.markup import scan
from commonplace.model import Formula, Heading


def formulas(text: str) -> list[str]:
    """The formulas found, of which a block of code holds none."""
    return [formula.latex for formula in scan(text).of(Formula)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\n$c$\n```\n$y$", id="fence"),
        pytest.param("```python title='x'\n$c$\n```\n$y$", id="fence with words"),
        pytest.param("~~~\n$c$\n```\n$c$\n~~~\n$y$", id="fence of tildes around backticks"),
        pytest.param("````\n```\n$c$\n```\n$c$\n````\n$y$", id="longer fence around a shorter"),
        pytest.param("```\n$c$\n`````\n$y$", id="longer fence closes a shorter"),
        pytest.param("> ```\n> $c$\n> ```\n> $y$", id="fence in a quotation"),
        pytest.param("- item\n\n    ```\n    $c$\n    ```\n\n    $y$", id="fence in a list"),
        pytest.param("- item\n\n  ```\n  $c$\n  ```\n- $y$", id="fence in a list by two spaces"),
        pytest.param("    $c$\n\n    $c$\n\n$y$", id="indented"),
        pytest.param("\t$c$\n\n$y$", id="indented by a tab"),
        pytest.param("words\n\n    $c$\n\n$y$", id="indented after a paragraph"),
        pytest.param("- item\n\nwords\n\n    $c$\n\n$y$", id="indented after a list has ended"),
        pytest.param("- item\n\n        $c$\n\n    $y$", id="indented in a list"),
        pytest.param("1. item\n\n    words\n\n\t\t$c$\n\n2. $y$", id="indented in a numbered list"),
        pytest.param("1) item\n\n   words $y$\n\n       $c$", id="indented in a list 1)"),
        pytest.param("words\n- item\n\n      $c$\n\n  $y$", id="indented in a list right behind words"),
        pytest.param("- a\n  - b\n\n        $c$\n\n    $y$", id="indented in an inner list by two spaces"),
        pytest.param(
            "- a\n    - b\n\n          $c$\n\n      $y$", id="indented in an inner list by four spaces"
        ),
        pytest.param("-     $c$\n\n  $y$", id="indented behind the mark of an item"),
        pytest.param(">     $c$\n>\n> $y$", id="indented in a quotation"),
        pytest.param("[^1]: words\n\n        $c$\n\n    $y$", id="indented in a footnote"),
        pytest.param("!!! note\n\n    $c$\n\n$y$", id="indented below what is an admonition elsewhere"),
        pytest.param("term\n:   words\n\n    $c$\n\n$y$", id="indented below what is a definition elsewhere"),
        pytest.param("# Heading\n    $c$\n\n$y$", id="indented right below a heading"),
        pytest.param("$y$\n\n```\n$c$\n\n$c$", id="fence that never closes"),
        pytest.param("- ```\n  $c$\n\n$y$", id="fence that its list closes"),
    ],
)
def test_a_block_of_code_is_not_looked_into(text: str) -> None:
    assert formulas(text) == ["y"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- item\n\n    $y$", id="second paragraph of an item"),
        pytest.param("- item\n    - inner\n\n        $y$", id="second paragraph of an inner item"),
        pytest.param("words\n    $y$", id="lazy line of a paragraph"),
        pytest.param("!!! note\n    $y$", id="words of an admonition"),
        pytest.param("[^1]: words\n\n    $y$", id="second paragraph of a footnote"),
        pytest.param("words ``` $y$", id="backticks in a line"),
        pytest.param("``` a`b\n$y$", id="backticks behind backticks"),
        pytest.param("<div>\n```\n$y$\n```\n</div>", id="fence in raw HTML"),
    ],
)
def test_indented_words_and_open_fences_are_no_code(text: str) -> None:
    assert formulas(text) == ["y"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("words `a\n- $y$` b", id="from words into a list"),
        pytest.param("# One `a\n$y$` b", id="from a heading into words"),
        pytest.param("| a |\n|---|\n| `b | $y$` |", id="from cell to cell"),
        pytest.param("> a `b\n>\n> $y$` c", id="over a blank line of a quotation"),
        pytest.param("<div>\n`$y$`\n</div>", id="in raw HTML"),
        pytest.param(r"\`$y$`", id="behind an escape"),
        pytest.param("` $y$ ``", id="with fences of two lengths"),
    ],
)
def test_a_span_of_code_ends_where_its_block_does(text: str) -> None:
    assert formulas(text) == ["y"]


def test_a_formula_may_hold_lines_that_begin_a_list_or_underline_a_heading() -> None:
    text = "$$\na\n- b\n$$\n\nso\n\n$$\na\n=\nb\n$$\n\n    $c$"
    assert formulas(text) == ["\na\n- b\n", "\na\n=\nb\n"]
    assert scan(text).of(Heading) == ()
