"""What holds of a check as a whole: its order, the severities that an owner sets, the silences."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.checks import check
from commonplace.model import Diagnostic, Severity
from sample_books import written

REGISTRY = """\
@misc{doe2021works,
  author = {Doe, Jane},
  title  = {On works},
  year   = {2021},
  url    = {https://example.org/works},
}
"""
FRONT = "---\nref: doe2021works\ntopics: [works]\nstatus: stub\n---\n"
SILENCE = "<!-- commonplace: allow unknown-citation because the key is to come -->"


def checked(root: Path, body: str, *, settings: str = "", registry: str = REGISTRY) -> tuple[Diagnostic, ...]:
    """What is wrong in a library that is sound but for what is given."""
    files = {
        "refs.bib": registry,
        "notes/papers/on-works.md": FRONT + body,
        "notes/topics/works.md": "---\ntitle: Works\n---\nWhat it is about.\n",
        "pyproject.toml": settings,
    }
    return check(written(root, files))


def rules(faults: tuple[Diagnostic, ...]) -> list[str]:
    return [fault.rule for fault in faults]


def test_a_sound_library_has_no_diagnostics(tmp_path: Path) -> None:
    assert checked(tmp_path, "Why read it.\n") == ()


def test_an_empty_folder_has_no_diagnostics(tmp_path: Path) -> None:
    assert check(written(tmp_path, {})) == ()


def test_diagnostics_come_in_the_order_of_files_lines_and_columns(tmp_path: Path) -> None:
    """Whether a reader found them or a rule."""
    registry = REGISTRY.replace("2021}", "20x1}") + "@misc{open, title = {x}\n"
    faults = checked(tmp_path, "[@b] and [@a]\n\n[[nowhere]] [@c]\n", registry=registry)
    assert [str(fault.location) for fault in faults] == [
        "notes/papers/on-works.md:6:3",
        "notes/papers/on-works.md:6:12",
        "notes/papers/on-works.md:8:1",
        "notes/papers/on-works.md:8:15",
        "refs.bib:4:3",
        "refs.bib:7:1",
    ]


def test_a_fault_is_reported_once_however_many_rules_could(tmp_path: Path) -> None:
    faults = checked(tmp_path, "[a](javascript:alert(1)) ![b](javascript:alert(1))\n")
    assert rules(faults) == ["unsafe-address", "unsafe-address"]


def test_an_owner_can_change_the_severity_of_a_rule(tmp_path: Path) -> None:
    settings = '[tool.commonplace.severity]\nunknown-citation = "hint"\n'
    (fault,) = checked(tmp_path, "[@nobody]\n", settings=settings)
    assert fault.severity is Severity.HINT


def test_a_rule_that_is_off_says_nothing(tmp_path: Path) -> None:
    settings = '[tool.commonplace.severity]\nunknown-citation = "off"\n'
    assert checked(tmp_path, "[@nobody]\n", settings=settings) == ()


def test_a_silence_does_not_become_unused_when_its_rule_is_turned_off(tmp_path: Path) -> None:
    settings = '[tool.commonplace.severity]\nunknown-citation = "off"\n'
    assert checked(tmp_path, f"[@nobody] {SILENCE}\n", settings=settings) == ()


@pytest.mark.parametrize("body", [f"[@nobody] {SILENCE}\n", f"{SILENCE}\n[@nobody]\n"])
def test_a_silence_holds_on_its_own_line_or_on_the_next(tmp_path: Path, body: str) -> None:
    assert checked(tmp_path, body) == ()


def test_a_silence_covers_its_rule_alone(tmp_path: Path) -> None:
    assert rules(checked(tmp_path, f"{SILENCE}\n[@nobody] and [[nowhere]]\n")) == ["dangling-wikilink"]


def test_a_silence_covers_one_line_alone(tmp_path: Path) -> None:
    faults = checked(tmp_path, f"{SILENCE}\n[@nobody] and\n[@nobody]\n")
    assert [(fault.rule, fault.location.line) for fault in faults] == [("unknown-citation", 8)]


def test_a_silence_without_a_reason_silences_nothing(tmp_path: Path) -> None:
    faults = checked(tmp_path, "[@nobody] <!-- commonplace: allow unknown-citation -->\n")
    assert rules(faults) == ["unknown-citation", "broken-silence"]


def test_the_registry_is_silenced_above_an_entry_and_above_a_field(tmp_path: Path) -> None:
    registry = """\
% commonplace: allow missing-field because its author is unknown, and always will be
@misc{doe2021works,
  title  = {On works},
  % commonplace: allow malformed-year because it took some = {years}
  year   = {2020/21},
  url    = {https://example.org/works},
}
"""
    assert checked(tmp_path, "Why read it.\n", registry=registry) == ()


def test_front_matter_is_silenced_by_a_comment_in_it(tmp_path: Path) -> None:
    front = "# commonplace: allow unknown-topic because its page is in review\ntopics: [works, plays]"
    text = FRONT.replace("topics: [works]", front)
    assert rules(checked(tmp_path, "Why read it.\n")) == []
    (tmp_path / "notes/papers/on-works.md").write_text(text + "Why read it.\n", encoding="utf-8")
    assert check(written(tmp_path, {})) == ()


def test_citations_and_formulas_in_front_matter_are_checked_too(tmp_path: Path) -> None:
    topic = (
        "---\ntitle: Works\nreading:\n  on-works: after [@nobody, §2], in $\\foo$ time\n---\nWhat it is.\n"
    )
    checked(tmp_path, "Why read it.\n")
    faults = check(written(tmp_path, {"notes/topics/works.md": topic}))
    where = "notes/topics/works.md:4:3"
    assert [(str(fault.location), fault.rule) for fault in faults] == [
        (where, "broken-formula"),
        (where, "unknown-citation"),
    ]
