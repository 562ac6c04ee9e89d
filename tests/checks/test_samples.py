"""Every offline rule against its two samples: a sick library with its report, and one where it stays silent.

Rules that need a live answer have their cases in tests/registry/test_findings.py.

Where a change is meant, `REWRITE_GOLDEN=1 .venv/bin/pytest tests/checks/test_samples.py` writes each
expected.txt anew; its diff is then what people will be told differently.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonplace.answers import Answer
from commonplace.checks import check
from commonplace.lock_file import LOCK_FILE, lock_text, read_lock
from commonplace.model import Diagnostic, Severity
from commonplace.rules import Rule, catalogue
from sample_books import loaded, ran

SAMPLES = Path(__file__).parents[1] / "samples"
RULES = list(catalogue().values())
SAMPLED = [rule.name for rule in RULES if (SAMPLES / rule.name / "sick").is_dir()]
_LINE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): \w+ (?P<rule>[\w-]+): .*")


def report(root: Path) -> str:
    """What the check says of a library, a line for each diagnostic."""
    return "".join(f"{line(fault)}\n" for fault in check(ran(loaded(root))))


def line(fault: Diagnostic) -> str:
    return f"{fault.location}: {fault.severity} {fault.rule}: {fault.message}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_comes_with_an_explanation_a_sick_sample_and_a_silent_one(rule: Rule) -> None:
    parts = {"about": rule.about, "why": rule.why, "remedy": rule.remedy}
    lacking = [part for part, text in parts.items() if not text.strip()]
    wanted = () if rule.online else ("sick/expected.txt", "silent")
    lacking += [part for part in wanted if not (SAMPLES / rule.name / part).exists()]
    assert lacking == [], f"{rule.name} lacks {', '.join(lacking)}; see tests/samples"


def test_no_sample_is_of_a_rule_that_is_gone_or_needs_a_live_answer() -> None:
    assert {folder.name for folder in SAMPLES.iterdir()} <= {rule.name for rule in RULES if not rule.online}


@pytest.mark.parametrize("rule", SAMPLED)
def test_a_planted_fault_is_reported_at_its_place_and_nothing_else_is(rule: str) -> None:
    sick = SAMPLES / rule / "sick"
    if "REWRITE_GOLDEN" in os.environ:
        (sick / "expected.txt").write_text(report(sick), encoding="utf-8")
    expected = (sick / "expected.txt").read_text(encoding="utf-8")
    assert report(sick) == expected
    assert {match["rule"] for match in _lines(expected)} == {rule}


@pytest.mark.parametrize("rule", SAMPLED)
def test_what_only_looks_like_the_fault_is_let_be(rule: str) -> None:
    faults = check(ran(loaded(SAMPLES / rule / "silent")))
    said = [line(fault) for fault in faults if fault.rule == rule or fault.severity is not Severity.HINT]
    assert said == []


def test_no_fault_hides_another(tmp_path: Path) -> None:
    """All the sick samples as one library: what each reports alone is reported of the whole.

    All but one: a lock file that cannot be read gives no answers, and says that itself.
    """
    wanted: set[tuple[str, int, int, str]] = set()
    registry = ""
    answers: dict[str, Answer] = {}
    for rule in SAMPLED:
        if rule == "unreadable-lock":
            continue
        sick = SAMPLES / rule / "sick"
        above = registry.count("\n")
        for path, number, column, name in _places(sick / "expected.txt"):
            wanted.add((path, number + (above if path == "refs.bib" else 0), column, name))
        registry += (sick / "refs.bib").read_text(encoding="utf-8") + "\n"
        answers.update(read_lock(sick).answers)
        _join(sick, tmp_path)
    (tmp_path / "refs.bib").write_text(registry, encoding="utf-8")
    (tmp_path / LOCK_FILE).write_text(lock_text(answers), encoding="utf-8")
    found = {
        (f.location.path, f.location.line, f.location.column, f.rule) for f in check(ran(loaded(tmp_path)))
    }
    assert wanted - found == set()


def _join(sick: Path, whole: Path) -> None:
    for file in (path for path in sick.rglob("*") if path.is_file()):
        target = whole / file.relative_to(sick)
        if file.name in ("refs.bib", LOCK_FILE, "expected.txt"):
            continue
        assert not target.exists(), f"two sick samples have {target.relative_to(whole)}; rename one"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)


def _lines(expected: str) -> Iterator[re.Match[str]]:
    for text in expected.splitlines():
        match = _LINE.fullmatch(text)
        assert match, f"not a line of a report: {text}"
        yield match


def _places(expected: Path) -> Iterator[tuple[str, int, int, str]]:
    for match in _lines(expected.read_text(encoding="utf-8")):
        yield match["path"], int(match["line"]), int(match["column"]), match["rule"]
