"""Which sentence a citation is quoted with."""

from __future__ import annotations

import pytest

from commonplace.markup import scan
from commonplace.markup.sentences import sentence_around


def sentence(text: str) -> str:
    """The sentence around the mark `@x`."""
    span = sentence_around(text, text.index("@x"), scan(text))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two [@x]. Three.", "Two [@x]."),
        ("One [@x].", "One [@x]."),
        ("One! Two [@x]? Three.", "Two [@x]?"),
        ("One.\nTwo\nlines [@x]. Three.", "Two\nlines [@x]."),
        ("Before.\n\nOne [@x]. Two.\n\nAfter.", "One [@x]."),
        ("# Heading.\nOne [@x]. Two.", "One [@x]."),
        ("# Heading [@x]\n\nOne. Two.", "# Heading [@x]"),
        ("One\n \t\nTwo [@x]\n\n\nThree.", "Two [@x]"),
        ("- One.\n- Two [@x].\n- Three.", "Two [@x]."),
        ("1. One.\n2. Two [@x]. More.", "Two [@x]."),
        ("-       <b>a. b\nSo [@x].", "So [@x]."),
        ("1) One\n2) Two [@x]", "Two [@x]"),
        ("By Hu et al. (2021) it holds [@x]. Two.", "By Hu et al. (2021) it holds [@x]."),
        ("Many, e.g. this one, i.e. that [@x]. Two.", "Many, e.g. this one, i.e. that [@x]."),
        ("By E. J. Hu [@x]. Two.", "By E. J. Hu [@x]."),
        ("At 3.5 bits [@x]. Two.", "At 3.5 bits [@x]."),
        ("So $a. b$ holds [@x]. Two.", "So $a. b$ holds [@x]."),
        ("So [@a, p. 4; @x]. Two.", "So [@a, p. 4; @x]."),
        ('He said "so." Then [@x]. Two.', "Then [@x]."),
        ("*Two.* Then [@x].", "Then [@x]."),
        ("One. So `a. b` is [@x]. Two.", "So `a. b` is [@x]."),
        ("One\n```\na. b\n```\nTwo [@x]\n```\nc\n```\n", "Two [@x]"),
        ("One.\n\n    a. b\nTwo [@x]. Three.", "Two [@x]."),
    ],
)
def test_a_citation_is_quoted_with_its_sentence(text: str, expected: str) -> None:
    assert sentence(text) == expected


def test_a_sentence_does_not_reach_into_the_front_matter() -> None:
    text = "---\nref: x\n---\nOne [@x]."
    span = sentence_around(text, text.index("@x"), scan(text, 15), text.index("One"))
    assert text[span.start : span.end] == "One [@x]."
