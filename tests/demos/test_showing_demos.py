"""What a reader sees who runs a demo, or all of them, at a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_demos import SHOW, check, library

FIGURE = 'def figure(axes) -> None:\n    """A line.\n\n    It rises.\n    """\n    axes.plot([0, 1])\n'
HOLDS = check("return 'it holds'", "it_holds")
FAILS = check("assert 1 > 2, 'one is less'", "it_fails")
CLAIMS = {
    "one": "- It works. [@doe2021one, §1] {check=it_holds}\n",
    "works": "- It. [@doe2021works, §1] {check=it_holds}\n- It too. [@doe2021works, §2] {check=it_fails}\n",
}


def run(where: Path, *command: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Runs a command of Python's in a folder without a display, and sees to it that it ends with `code`."""
    kept = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    ran = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=where,
        env={**kept, "PYTHONUTF8": "1", "TMPDIR": str(where)},
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in ran.stderr
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran


def test_a_reader_who_runs_a_demo_sees_its_checks_and_its_figure(tmp_path: Path) -> None:
    library(tmp_path, {"works": HOLDS + FIGURE})
    [line, last] = run(tmp_path, "notes/papers/works.py").stdout.splitlines()
    assert line.split()[:2] == ["✓", "it_holds"]
    assert line.endswith(" s  it holds")
    picture = Path(last.removeprefix("The figure is in "))
    assert picture.name == "works.png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_check_that_fails_is_shown_with_its_line_and_the_reader_s_run_fails(tmp_path: Path) -> None:
    library(tmp_path, {"works": FAILS + HOLDS})
    first, second = run(tmp_path, "notes/papers/works.py", code=1).stdout.splitlines()
    assert first.split()[:2] == ["✗", "it_fails"]
    assert first.endswith("works.py:3: one is less")
    assert second.endswith("it holds")


def test_a_demo_that_checks_nothing_says_so(tmp_path: Path) -> None:
    library(tmp_path, {"works": "x = 1\n"})
    assert "works.py:1: no check" in run(tmp_path, "notes/papers/works.py", code=1).stdout


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A library with a green demo and a red one."""
    library(tmp_path, {"one": HOLDS, "works": HOLDS + FAILS}, CLAIMS)
    return tmp_path


def demos(where: Path, *arguments: str, code: int = 0) -> list[str]:
    return run(where, "-m", "commonplace", "demos", *arguments, code=code).stdout.splitlines()


def test_all_demos_are_shown_a_line_a_check_and_a_red_one_fails_the_command(pair: Path) -> None:
    lines = demos(pair, code=1)
    assert [line.split()[:2] for line in lines if line.startswith("  ")] == [
        ["✓", "it_holds"],
        ["✓", "it_holds"],
        ["✗", "it_fails"],
    ]
    assert lines[-1].startswith("1 red: 3 checks of 2 demos, ")


@pytest.mark.parametrize("name", ["one", "notes/papers/one.py"])
def test_a_demo_can_be_named(pair: Path, name: str) -> None:
    assert demos(pair, name)[-1].startswith("all green: 1 check of 1 demo, ")


def test_a_misspelt_name_is_recognized(pair: Path) -> None:
    message = run(pair, "-m", "commonplace", "demos", "wroks", code=2).stderr
    assert "no demo 'wroks' under notes/; did you mean 'works'?" in message


def test_demos_are_run_again_on_request(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    library(tmp_path, {"works": f"open({str(marks)!r}, 'a').write('x')\n\n\n{HOLDS}"})
    for arguments in ((), (), ("--fresh",)):
        demos(tmp_path, *arguments)
    assert marks.read_text() == "xx"


def test_programs_get_what_is_wrong_with_the_demos(pair: Path) -> None:
    document = json.loads("\n".join(demos(pair, "--format", "json", code=1)))
    found = [(each["path"], each["rule"]) for each in document["diagnostics"]]
    assert found == [("notes/papers/works.md", "failing-check")]


def test_the_check_of_a_library_holds_its_demos_green(pair: Path) -> None:
    told = "works.md:9:3: error failing-check: it_fails fails at notes/papers/works.py:6: one is less"
    assert told in run(pair, "-m", "commonplace", "check", code=1).stdout
    library(pair, {"one": HOLDS, "works": HOLDS + check("return 'more'", "it_fails")}, CLAIMS)
    assert "failing-check" not in run(pair, "-m", "commonplace", "check").stdout


def git(where: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *arguments], cwd=where, check=True, capture_output=True)  # noqa: S603, S607


def test_a_branch_that_breaks_a_demo_is_told_at_the_claim_that_it_does_not_touch(pair: Path) -> None:
    (pair / ".gitignore").write_text(".cache/\n")
    git(pair, "init")
    git(pair, "add", ".")
    git(pair, "commit", "-m", "All")
    git(pair, "switch", "-c", "branch")
    (pair / "notes/papers/one.py").write_text(HOLDS.replace("return", "assert 1 > 2\n    return") + SHOW)
    ran = run(pair, "-m", "commonplace", "check", "--changed", code=1)
    assert [line.partition(":")[0] for line in ran.stdout.splitlines()[:-1]] == ["notes/papers/one.md"]
    assert "1 changed file" in ran.stdout
