"""A check that fails turns its claim red, and no other; the rest of the page stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_demos import check, library

from commonplace.checks import check as diagnose_library
from commonplace.claim_standing import ClaimState, claim_standing
from commonplace.demo_settings import DemoSettings, demo_settings
from commonplace.library import Library
from sample_books import loaded, pages_of, ran

NOTE = "notes/papers/works.md"
CLAIMS = """\
- One. [@doe2021works, §1] {check=one}
- Two. [@doe2021works, §2] {check=two}
- Two again. [@doe2021works, §3] {check=two}
- Three. [@doe2021works, §4]
- Four. [@doe2021works, §5] {unverified}
"""
DEMO = check("assert 1 == 1\nreturn 'fine'", "one") + check("assert 2 == 2, 'unequal'\nreturn 'fine'", "two")


def states(library: Library) -> list[str]:
    """How the claims of the note stand, in their order."""
    [note] = library.works
    return [claim_standing(library, note, claim).state for claim in note.markup.claims]


def faults(library: Library) -> list[tuple[str, int, str]]:
    return [(fault.location.path, fault.location.line, fault.rule) for fault in diagnose_library(library)]


def test_claims_whose_checks_pass_are_tested(tmp_path: Path) -> None:
    book = ran(library(tmp_path, {"works": DEMO}, {"works": CLAIMS}))
    assert states(book) == ["tested", "tested", "tested", "stated", "unverified"]
    assert faults(book) == []
    assert "5 claims, 3 tested, 1 unverified" in pages_of(book)["papers/works.md"].body


def test_a_failing_check_turns_exactly_its_claims_red(tmp_path: Path) -> None:
    book = ran(library(tmp_path, {"works": DEMO.replace("2 == 2", "2 == 3")}, {"works": CLAIMS}))
    assert states(book) == ["tested", "failing", "failing", "stated", "unverified"]
    assert faults(book) == [(NOTE, 9, "failing-check"), (NOTE, 10, "failing-check")]
    page = pages_of(book)["papers/works.md"].body
    assert "5 claims, 1 tested, 2 failing, 1 unverified" in page
    assert "fails in line 7: unequal" in page
    assert "Two again." in pages_of(book)["open.md"].body


def test_a_check_that_fails_is_told_although_the_claim_is_marked_unverified(tmp_path: Path) -> None:
    claims = CLAIMS.replace("§1] {check=one}", "§1] {unverified check=one}")
    book = ran(library(tmp_path, {"works": DEMO.replace("1 == 1", "1 == 3")}, {"works": claims}))
    assert states(book)[0] is ClaimState.FAILING


def test_a_failing_check_that_no_claim_names_is_told_where_it_begins(tmp_path: Path) -> None:
    demo = DEMO.replace("2 == 2", "2 == 3")
    book = ran(library(tmp_path, {"works": demo}, {"works": CLAIMS.replace(" {check=two}", "")}))
    assert faults(book) == [
        ("notes/papers/works.py", 5, "failing-check"),
        ("notes/papers/works.py", 5, "unnamed-check"),
    ]


def test_claims_of_a_demo_that_was_not_run_are_not_called_tested(tmp_path: Path) -> None:
    book = library(tmp_path, {"works": DEMO}, {"works": CLAIMS})
    assert states(book) == ["untested", "untested", "untested", "stated", "unverified"]
    assert "3 tested" not in pages_of(book)["papers/works.md"].body


def test_a_silence_in_a_demo_holds_with_its_reason(tmp_path: Path) -> None:
    silence = "# commonplace: allow unnamed-check because it supports the next one\n"
    demo = DEMO + silence + check("return 'fine'", "three")
    assert faults(ran(library(tmp_path, {"works": demo}, {"works": CLAIMS}))) == []


def test_a_link_may_lead_to_a_check_and_to_no_other(tmp_path: Path) -> None:
    library(tmp_path, {"works": DEMO}, {"works": CLAIMS})
    links = "[[works#demo]], [one](../papers/works.md#check-one), [[works#check-on]]"
    (tmp_path / "notes/topics/field.md").write_text(f"---\ntitle: The field\n---\nSee {links}.\n")
    assert [rule for _, _, rule in faults(ran(loaded(tmp_path)))] == ["dangling-heading"]


def test_the_code_of_a_demo_is_shown_and_not_read_as_markdown(tmp_path: Path) -> None:
    code = DEMO + '\nFENCE = """\n```\n</details>\n[@nobody] [[nothing]]\n"""\n'
    book = ran(library(tmp_path, {"works": code}, {"works": CLAIMS}))
    assert faults(book) == []
    assert f"````python\n{code.strip()}\n" in pages_of(book)["papers/works.md"].body


@pytest.mark.parametrize(
    ("table", "faulty"),
    [
        ({"seconds": 60, "gigabytes": 0.5}, []),
        ({"seconds": 0}, ["seconds"]),
        ({"seconds": True, "gigabytes": "2"}, ["seconds", "gigabytes"]),
        ({"second": 3}, ["second"]),
        ("20 s", ["demos"]),
    ],
)
def test_a_faulty_setting_is_named_and_has_its_ordinary_value(table: object, faulty: list[str]) -> None:
    settings, faults = demo_settings(table)
    assert [name for name, _ in faults] == faulty
    assert settings == (DemoSettings() if faulty else DemoSettings(60.0, 0.5))
