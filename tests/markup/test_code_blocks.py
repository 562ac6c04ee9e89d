"""What counts as a block of code, and is left alone."""

from __future__ import annotations

import pytest

from commonplace.markup import scan
from commonplace.model import Formula


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
        pytest.param("!!! note\n    words\n\n        $c$\n\n    $y$", id="indented in an admonition"),
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
        pytest.param("```\n$y$", id="fence that never closes"),
        pytest.param("words ``` $y$", id="backticks in a line"),
    ],
)
def test_indented_words_and_open_fences_are_no_code(text: str) -> None:
    assert formulas(text) == ["y"]
