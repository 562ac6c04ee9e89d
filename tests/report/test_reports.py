"""What each form of report says, to the letter.

Where a change is meant, `REWRITE_GOLDEN=1 .venv/bin/pytest tests/report` writes the golden files anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from outcomes import AWKWARD, CLEAN, HINTED, SICK, UNKNOWN

from commonplace.model import Severity
from commonplace.report import FORMATS, Outcome, render

GOLDEN = Path(__file__).parent / "golden"


def report(outcome: Outcome, form: str, *, hints: bool = False) -> str:
    return str(render(outcome, form, hints=hints))


@pytest.mark.parametrize(
    ("name", "form", "hints"),
    [
        ("sick.txt", "text", False),
        ("sick-with-hints.txt", "text", True),
        ("sick.json", "json", False),
        ("sick.github", "github", False),
        ("sick-with-hints.github", "github", True),
    ],
)
def test_a_report_reads_as_its_golden_file(name: str, form: str, hints: bool) -> None:
    text = f"{report(SICK, form, hints=hints)}\n"
    if "REWRITE_GOLDEN" in os.environ:
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("outcome", "hints", "line"),
    [
        (CLEAN, False, "clean: 61 notes and 62 references"),
        (HINTED, False, "clean: 61 notes and 62 references; 1 hint, shown by --hints"),
        (HINTED, True, "clean: 61 notes and 62 references; 1 hint"),
        (SICK, False, "1 error, 1 warning, 1 hint in 61 notes and 62 references"),
        (
            Outcome((UNKNOWN, UNKNOWN), {"note": 1, "reference": 0}),
            False,
            "2 errors in 1 note and 0 references",
        ),
        (Outcome((UNKNOWN,) * 1200, {"changed file": 1}), False, "1,200 errors in 1 changed file"),
    ],
)
def test_the_last_line_counts_in_words(outcome: Outcome, hints: bool, line: str) -> None:
    assert report(outcome, "text", hints=hints).splitlines()[-1] == line


def test_every_diagnostic_has_one_line_whatever_it_holds() -> None:
    lines = report(Outcome((AWKWARD,), {"note": 1}), "text").split("\n")
    assert len(lines) == 2
    assert lines[0].isprintable()


def test_programs_are_told_of_hints_without_asking() -> None:
    assert len(json.loads(report(HINTED, "json"))["diagnostics"]) == 1
    assert len(json.loads(report(HINTED, "sarif"))["runs"][0]["results"]) == 1


def test_github_is_told_nothing_where_nothing_is_wrong() -> None:
    assert report(CLEAN, "github") == ""


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_can_report_a_clean_library(form: str) -> None:
    assert UNKNOWN.message not in report(CLEAN, form)


def test_only_errors_fail_unless_warnings_are_to() -> None:
    warned = Outcome((AWKWARD,), {"note": 1})
    assert AWKWARD.severity is Severity.WARNING
    assert warned.is_clean(strict=False)
    assert not warned.is_clean(strict=True)
    assert not SICK.is_clean(strict=False)
    assert HINTED.is_clean(strict=True)
