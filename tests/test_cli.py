"""What people and CI can rely on at the command line: the commands run as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REGISTRY = """
@misc{a2020note,
  author = {Abel, Ann},
  title = {A note},
  year = {2020},
  url = {https://example.org/note},
}
"""
SICK = "---\nref: a2020note\ntopcs: [peft]\nstatus: stub\n---\nWords.\n"
FAULT = "notes/papers/a.md:3:1: error unknown-field: no field 'topcs'; did you mean 'topics'?"


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture
def sick(tmp_path: Path) -> Path:
    """A library with one error in one of its notes."""
    write(tmp_path, {"refs.bib": REGISTRY, "notes/papers/a.md": SICK, "notes/index.md": "See [[a]].\n"})
    return tmp_path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A library of a page that says hello."""
    write(tmp_path, {"notes/index.md": "Hello.\n"})
    return tmp_path


def run(where: Path, *arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a folder, and sees to it that it ends with `code` and without a traceback."""
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "commonplace", *arguments],
        cwd=where,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in ran.stderr
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran


def git(where: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *arguments], cwd=where, check=True, capture_output=True)  # noqa: S603, S607


def test_a_fault_is_told_with_its_place_and_the_check_fails(sick: Path) -> None:
    lines = run(sick, "check", code=1).stdout.splitlines()
    assert FAULT in lines
    assert lines[-1].startswith("1 error")
    assert lines[-1].endswith("in 2 notes and 1 reference")


def test_a_clean_library_passes(clean: Path) -> None:
    assert run(clean, "check").stdout.startswith("clean: 1 note and 0 references")


def test_the_library_is_found_from_any_folder_inside_it(sick: Path) -> None:
    assert FAULT in run(sick / "notes" / "papers", "check", code=1).stdout


def test_the_library_can_be_named(sick: Path) -> None:
    assert FAULT in run(sick.parent, "check", "--root", str(sick), code=1).stdout


@pytest.mark.parametrize("arguments", [(), ("--root", ".")])
def test_where_there_is_no_library_nothing_can_run(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    message = run(tmp_path, "check", *arguments, code=2).stderr
    assert "no library" in message
    assert "refs.bib" in message


@pytest.mark.parametrize("level", ["warning", "hint"])
def test_strictness_is_about_warnings_and_hints_show_on_request(sick: Path, level: str) -> None:
    write(sick, {"pyproject.toml": f'[tool.commonplace.severity]\nunknown-field = "{level}"\n'})
    told = FAULT.replace("error", level)
    if level == "warning":
        assert told in run(sick, "check").stdout
        assert told in run(sick, "check", "--strict", code=1).stdout
    else:
        assert told not in run(sick, "check").stdout
        assert told in run(sick, "check", "--strict", "--hints").stdout


def test_json_goes_to_programs(sick: Path) -> None:
    document = json.loads(run(sick, "check", "--format", "json", code=1).stdout)
    faults = [each for each in document["diagnostics"] if each["rule"] == "unknown-field"]
    assert [(each["path"], each["line"], each["column"]) for each in faults] == [("notes/papers/a.md", 3, 1)]


def test_sarif_goes_to_code_scanning(sick: Path) -> None:
    document = json.loads(run(sick, "check", "--format", "sarif", code=1).stdout)
    assert "unknown-field" in {result["ruleId"] for result in document["runs"][0]["results"]}


def test_github_gets_annotations(sick: Path) -> None:
    report = run(sick, "check", "--format", "github", code=1).stdout
    assert "::error file=notes/papers/a.md,line=3,col=1,title=unknown-field::no field 'topcs'" in report


def test_a_form_that_does_not_exist_is_a_fault_of_the_call(clean: Path) -> None:
    assert "'text', 'github', 'json', 'sarif'" in run(clean, "check", "--format", "xml", code=2).stderr


@pytest.fixture
def branch(sick: Path) -> Path:
    """A checkout of the sick library, on a branch that touches nothing yet."""
    git(sick, "init")
    git(sick, "add", ".")
    git(sick, "commit", "-m", "All")
    git(sick, "switch", "-c", "branch")
    return sick


def test_changed_leaves_out_what_the_branch_did_not_touch(branch: Path) -> None:
    assert run(branch, "check", "--changed").stdout == "clean: 0 changed files\n"


@pytest.mark.parametrize("state", ["untracked", "unstaged", "staged", "committed"])
def test_changed_reports_on_every_file_that_the_branch_touches(branch: Path, state: str) -> None:
    name = "notes/papers/new.md" if state == "untracked" else "notes/papers/a.md"
    write(branch, {name: SICK + "More.\n"})
    if state in ("staged", "committed"):
        git(branch, "add", ".")
    if state == "committed":
        git(branch, "commit", "-m", "More")
    lines = run(branch, "check", "--changed", code=1).stdout.splitlines()
    assert {line.partition(":")[0] for line in lines[:-1]} == {name}
    assert lines[-1].endswith("in 1 changed file")


def test_changed_takes_another_base(branch: Path) -> None:
    write(branch, {"notes/index.md": "See [[a]] again.\n"})
    git(branch, "commit", "-am", "Home")
    assert "1 changed file" in run(branch, "check", "--changed", "main").stdout
    assert "0 changed files" in run(branch, "check", "--changed", "HEAD").stdout


def test_what_happened_on_main_meanwhile_is_not_of_the_branch(branch: Path) -> None:
    git(branch, "switch", "main")
    write(branch, {"notes/papers/a.md": SICK + "More.\n"})
    git(branch, "commit", "-am", "More")
    git(branch, "switch", "branch")
    assert run(branch, "check", "--changed").stdout == "clean: 0 changed files\n"


def test_a_library_below_the_root_of_its_checkout_knows_its_own_changes(tmp_path: Path) -> None:
    write(tmp_path, {"book/notes/papers/a.md": SICK, "book/refs.bib": REGISTRY, "README.md": ""})
    git(tmp_path, "init")
    git(tmp_path, "commit", "--allow-empty", "-m", "Nothing")
    lines = run(tmp_path / "book", "check", "--changed", code=1).stdout.splitlines()
    assert FAULT in lines
    assert lines[-1].endswith("in 2 changed files")


def test_outside_a_checkout_nobody_knows_what_has_changed(sick: Path) -> None:
    message = run(sick, "check", "--changed", code=2, GIT_CEILING_DIRECTORIES=str(sick.parent)).stderr
    assert "git cannot say what has changed" in message


@pytest.mark.parametrize("base", ["no-such-branch", "main..HEAD", "../main"])
def test_a_base_that_does_not_exist_is_named(branch: Path, base: str) -> None:
    message = run(branch, "check", f"--changed={base}", code=2).stderr
    assert f"git knows no commit '{base}'" in message


def test_rules_are_listed_each_on_a_line(tmp_path: Path) -> None:
    lines = run(tmp_path, "rules").stdout.splitlines()
    assert any(line.split()[:2] == ["unknown-field", "error"] for line in lines)
    assert all(line.endswith((".", "?")) for line in lines)


def test_a_rule_is_explained(tmp_path: Path) -> None:
    text = run(tmp_path, "rules", "unknown-field").stdout
    assert text.startswith("unknown-field (error)\n")
    assert "Why it matters: " in text
    assert "What to do: " in text


def test_a_misspelt_rule_is_recognized(tmp_path: Path) -> None:
    message = run(tmp_path, "rules", "unknwon-field", code=2).stderr
    assert "no rule 'unknwon-field'; did you mean 'unknown-field'?" in message


UNTIDY = {"refs.bib": "@misc{b}\n@misc{a}\n", "notes/papers/a.md": "---\ntopics: [peft]\nref: a\n---\n"}
TIDY = {"refs.bib": "@misc{a,\n}\n\n@misc{b,\n}\n", "notes/papers/a.md": "---\nref: a\ntopics: [peft]\n---\n"}


def test_fmt_writes_what_is_untidy_and_only_that(clean: Path) -> None:
    write(clean, UNTIDY)
    assert run(clean, "fmt").stdout.splitlines() == list(UNTIDY)
    assert {name: (clean / name).read_text(encoding="utf-8") for name in TIDY} == TIDY
    assert run(clean, "fmt").stdout == ""


def test_fmt_check_shows_a_diff_and_writes_nothing(clean: Path) -> None:
    write(clean, UNTIDY)
    ran = run(clean, "fmt", "--check", code=1)
    assert "--- a/refs.bib\n+++ b/refs.bib\n" in ran.stdout
    assert "2 of 3 files would be rewritten" in ran.stderr
    assert (clean / "refs.bib").read_text(encoding="utf-8") == UNTIDY["refs.bib"]
    write(clean, TIDY)
    assert run(clean, "fmt", "--check").stdout == ""


def test_fmt_looks_at_the_files_that_are_named(clean: Path) -> None:
    write(clean, UNTIDY)
    run(clean, "fmt", "refs.bib")
    assert (clean / "refs.bib").read_text(encoding="utf-8") == TIDY["refs.bib"]
    assert (clean / "notes/papers/a.md").read_text(encoding="utf-8") == UNTIDY["notes/papers/a.md"]


@pytest.mark.parametrize("name", ["absent.bib", "notes", "pyproject.toml"])
def test_fmt_says_which_file_it_cannot_take(clean: Path, name: str) -> None:
    write(clean, {"pyproject.toml": ""})
    assert name in run(clean, "fmt", name, code=2).stderr


def test_a_file_that_is_no_text_is_named_and_does_not_stop_the_others(clean: Path) -> None:
    write(clean, UNTIDY)
    (clean / "notes" / "latin.md").write_bytes(b"\xe9")
    assert "notes/latin.md: not UTF-8 text" in run(clean, "fmt", code=2).stderr
    assert (clean / "refs.bib").read_text(encoding="utf-8") == TIDY["refs.bib"]
    assert "notes/latin.md:1:1: error unreadable-file" in run(clean, "check", code=1).stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_named(clean: Path) -> None:
    (clean / "refs.bib").write_text("", encoding="utf-8")
    (clean / "refs.bib").chmod(0)
    assert "refs.bib" in run(clean, "check", code=1).stdout


def test_a_reader_that_goes_away_does_no_harm(sick: Path) -> None:
    for arguments in (["check"], ["check", "--format", "json"], ["rules"]):
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "commonplace", *arguments],
            cwd=sick,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        with process.stderr as errors:
            assert errors.read() == b""
        assert process.wait() == (1 if arguments[0] == "check" else 0)


def test_a_pipe_gets_plain_text_and_a_terminal_colours_unless_they_are_unwanted(sick: Path) -> None:
    assert "\x1b" not in run(sick, "check", code=1).stdout
    assert "\x1b[1;31merror\x1b" in run(sick, "check", code=1, FORCE_COLOR="1").stdout
    assert "\x1b" not in run(sick, "check", code=1, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_terminal_without_unicode_gets_every_sign_by_its_number(clean: Path) -> None:
    write(clean, {"notes/papers/ä.md": SICK})
    ran = run(clean, "check", code=1, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert r"notes/papers/\xe4.md:3:1: error unknown-field" in ran.stdout


def test_the_installed_command_is_the_same(clean: Path) -> None:
    command = [str(Path(sys.executable).with_name("commonplace")), "check"]
    ran = subprocess.run(command, cwd=clean, capture_output=True, encoding="utf-8", check=True)  # noqa: S603
    assert ran.stdout == run(clean, "check").stdout
