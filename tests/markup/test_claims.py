"""What of the section "Claims" is a claim, where it comes from, and what is said of it."""

from __future__ import annotations

import pytest

from commonplace.markup import scan
from commonplace.model import Claim


def claims(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The words of each claim, and the works and places that it ends with."""
    return [
        (text[claim.text.start : claim.text.end], [(cite.key, cite.locator) for cite in claim.cites])
        for claim in scan(text).claims
    ]


def only(text: str) -> Claim:
    (claim,) = scan(text).claims
    return claim


def test_each_item_is_a_claim_with_the_citation_that_ends_it() -> None:
    text = "## Claims\n- One. [@a, §4.1]\n- Two. [@a; @b, Table 2]\n"
    assert claims(text) == [("One.", [("a", "§4.1")]), ("Two.", [("a", ""), ("b", "Table 2")])]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "1."])
def test_any_kind_of_list_will_do(bullet: str) -> None:
    assert claims(f"## Claims\n\n{bullet} One. [@a, §4]\n\n{bullet} Two. [@b, §5]\n") == [
        ("One.", [("a", "§4")]),
        ("Two.", [("b", "§5")]),
    ]


def test_a_claim_may_go_over_several_lines() -> None:
    text = "## Claims\n- One goes\n  on and on.\n  [@a,\n  §4.1]\n  {check=it_holds}\n- Two. [@b, §5]\n"
    assert claims(text) == [("One goes\n  on and on.", [("a", "§4.1")]), ("Two.", [("b", "§5")])]
    assert scan(text).claims[0].check == "it_holds"


def test_several_citations_may_end_a_claim() -> None:
    assert claims("## Claims\n- One. [@a, §1] [@b, §2]\n") == [("One.", [("a", "§1"), ("b", "§2")])]


@pytest.mark.parametrize("words", ["One [@a, §1] goes on.", "As @a says.", "Nothing."])
def test_a_citation_that_does_not_end_a_claim_is_not_its_place(words: str) -> None:
    assert claims(f"## Claims\n- {words}\n") == [(words, [])]


@pytest.mark.parametrize(
    ("marks", "check", "unverified"),
    [
        ("", "", False),
        (" {check=it_holds}", "it_holds", False),
        ("{check=it_holds}", "it_holds", False),
        (" {unverified}", "", True),
        (" { unverified check=it_holds }", "it_holds", True),
        (" {other}", "", False),
    ],
)
def test_marks_behind_a_claim_name_its_check_or_its_doubt(marks: str, check: str, unverified: bool) -> None:
    text = f"## Claims\n- One. [@a, §1]{marks}\n"
    assert claims(text) == [("One.", [("a", "§1")])]
    assert (only(text).check, only(text).unverified) == (check, unverified)


def test_braces_of_a_formula_are_no_marks() -> None:
    text = r"## Claims" + "\n" + r"- The rank of $\Delta W_{unverified}$" + "\n"
    assert not only(text).unverified


def test_only_the_section_called_claims_holds_claims() -> None:
    text = "## Idea\n- no [@a]\n## Claims\nwords\n\n- yes [@b]\n\n### Of speed\n- also [@c]\n## After\n- no\n"
    assert [words for words, _ in claims(text)] == ["yes", "also"]


def test_a_note_without_that_section_has_no_claims() -> None:
    assert claims("- One. [@a, §4.1]\n") == []
