"""What counts as a heading, and the anchor that its page gives it."""

from __future__ import annotations

import pytest

from commonplace.markup import scan
from commonplace.markup.headings import anchor
from commonplace.model import Heading


def headings(text: str) -> list[tuple[int, str, str]]:
    """The level, the words and the anchor of each heading."""
    return [(heading.level, heading.text, heading.slug) for heading in scan(text).of(Heading)]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# One", (1, "One", "one")),
        ("###### Six", (6, "Six", "six")),
        ("## Closed ##", (2, "Closed", "closed")),
        ("## C#", (2, "C#", "c")),
        ("##", (2, "", "section")),
        ("## !?", (2, "!?", "section")),
        ("Ruled in\n*two* lines\n---", (2, "Ruled in *two* lines", "ruled-in-two-lines")),
        ("## The code `a # b`", (2, "The code `a # b`", "the-code-a--b")),
        ("Order $O(n)$ of `f`\n---", (2, "Order $O(n)$ of `f`", "order-on-of-f")),
        ("Ruled\n=====", (1, "Ruled", "ruled")),
        ("Ruled\n---", (2, "Ruled", "ruled")),
        ("## What it does *not* show", (2, "What it does *not* show", "what-it-does-not-show")),
        ("## Größe und é", (2, "Größe und é", "größe-und-é")),
        ("## The rank $r$ [@a, §2]", (2, "The rank $r$ [@a, §2]", "the-rank-r")),
    ],
)
def test_a_heading_has_a_level_words_and_an_anchor(text: str, heading: tuple[int, str, str]) -> None:
    assert headings(text) == [heading]


@pytest.mark.parametrize(
    "text",
    [
        "#tag",
        "####### seven",
        "    # code",
        "```\n# code\n```",
        "- # in a list",
        "#{.a}",
        "> # in a quotation",
        "<div>\n# in raw HTML\n</div>",
        "$$\na\n=\n$$",
        "- item\n---",
        "| a | b |\n|---|---|",
        "> quoted\n---",
        "---",
    ],
)
def test_other_lines_are_no_headings(text: str) -> None:
    assert headings(text) == []


def test_a_ruled_heading_may_follow_another_heading() -> None:
    assert headings("# One\nTwo\n---\n") == [(1, "One", "one"), (2, "Two", "two")]


def test_every_anchor_of_a_note_is_different() -> None:
    slugs = [slug for _, _, slug in headings("# Idea\n# Idea\n# Idea-1\n# Idea\n")]
    assert slugs[:2] == ["idea", "idea-1"]
    assert len(set(slugs)) == 4


def test_a_wikilink_may_name_a_heading_by_its_words_or_by_its_anchor() -> None:
    assert anchor("What it shows") == anchor("what-it-shows") == "what-it-shows"
