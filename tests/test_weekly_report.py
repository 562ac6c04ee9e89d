"""What the weekly link check does with its answers and findings: the scripts of its workflow, run for real.

GitHub's own program is replaced by one that writes down what it was asked to do.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
GH = """\
#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$GH_LOG"
case "$1 $2" in
  "pr list") printf '%s' "$OPEN_PULL_REQUEST" ;;
  "issue list") printf '%s' "$OPEN_ISSUE" ;;
esac
"""


class Week:
    """A checkout as the second job of the workflow finds it."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.log = folder / "gh.log"
        self._programs = folder / "bin"
        self._programs.mkdir()
        (self._programs / "gh").write_text(GH)
        (self._programs / "gh").chmod(0o755)
        git(folder, "init", "--bare", "--initial-branch=main", "origin.git")
        git(folder, "clone", "origin.git", "checkout")
        (self.checkout / "refs.lock.json").write_text("{}\n")
        git(self.checkout, "add", ".")
        git(self.checkout, "commit", "--message", "a lock file")
        git(self.checkout, "push", "origin", "HEAD:main")

    def run(self, step: str, **values: str) -> list[str]:
        """The words that were said to gh while a step of the workflow ran."""
        job = workflow()["jobs"]["tell"]
        script = next(each["run"] for each in job["steps"] if each.get("name") == step)
        environment = {
            **os.environ,
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "GH_LOG": str(self.log),
            "BRANCH": job["env"]["BRANCH"],
            "LABEL": job["env"]["LABEL"],
            "RUN": "https://example.org/run",
            "OPEN_PULL_REQUEST": "",
            "OPEN_ISSUE": "",
            **values,
        }
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        subprocess.run(shell, cwd=self.checkout, env=environment, check=True, capture_output=True)  # noqa: S603
        return self.log.read_text().splitlines() if self.log.exists() else []

    def branches(self) -> str:
        """The branches of the repository on the server."""
        return git(self.checkout, "ls-remote", "--heads", "origin")


def workflow() -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / "links.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506
    return document


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path)


PROPOSE = "Propose what the registries said"
TELL = "Tell the findings"


def test_new_answers_become_a_branch_and_a_pull_request(week: Week) -> None:
    (week.checkout / "refs.lock.json").write_text('{"new": 1}\n')
    said = week.run(PROPOSE)
    assert "refs/heads/links/answers" in week.branches()
    assert any(line.startswith("pr create --head links/answers") for line in said)


def test_a_pull_request_that_is_open_is_brought_up_to_date(week: Week) -> None:
    for state in ("1", "2"):
        (week.checkout / "refs.lock.json").write_text(f'{{"new": {state}}}\n')
        said = week.run(PROPOSE, OPEN_PULL_REQUEST="7" if state == "2" else "")
        git(week.checkout, "switch", "main")
        git(week.checkout, "branch", "--delete", "--force", "links/answers")
    assert len([line for line in said if line.startswith("pr create")]) == 1
    git(week.checkout, "fetch", "origin")
    assert git(week.checkout, "show", "origin/links/answers:refs.lock.json") == '{"new": 2}\n'


@pytest.mark.parametrize("lock", ["{}\n", None])
def test_nothing_is_proposed_where_nothing_new_was_said(week: Week, lock: str | None) -> None:
    path = week.checkout / "refs.lock.json"
    if lock is None:
        git(week.checkout, "rm", "--cached", "refs.lock.json")
        git(week.checkout, "commit", "--message", "no lock file yet")
        path.unlink()
    else:
        path.write_text(lock)
    assert week.run(PROPOSE) == []
    assert "links/answers" not in week.branches()


def test_only_the_lock_file_is_proposed(week: Week) -> None:
    (week.checkout / "refs.lock.json").write_text('{"new": 1}\n')
    (week.checkout / "findings.txt").write_text("something\n")
    week.run(PROPOSE)
    git(week.checkout, "fetch", "origin")
    assert git(week.checkout, "ls-tree", "--name-only", "origin/links/answers") == "refs.lock.json\n"


@pytest.mark.parametrize(("issue", "done"), [("", "issue create"), ("12", "issue edit 12")])
def test_findings_are_told_in_one_issue(week: Week, issue: str, done: str) -> None:
    (week.checkout / "findings.txt").write_text("refs.bib:3:1: error wrong-paper: …\n")
    said = week.run(TELL, CODE="1", OPEN_ISSUE=issue)
    (told,) = (line for line in said if line.startswith(("issue create", "issue edit")))
    assert told.startswith(done)
    body = (week.checkout / "body.md").read_text()
    assert "refs.bib:3:1: error wrong-paper" in body
    assert "https://example.org/run" in body


def test_many_findings_stay_within_what_an_issue_may_hold(week: Week) -> None:
    (week.checkout / "findings.txt").write_text("refs.bib:3:1: error broken-link: gone\n" * 5000)
    week.run(TELL, CODE="1")
    assert (week.checkout / "body.md").stat().st_size < 65_536


@pytest.mark.parametrize(("issue", "closes"), [("12", ["issue close 12"]), ("", [])])
def test_the_issue_is_closed_once_every_link_is_well(week: Week, issue: str, closes: list[str]) -> None:
    (week.checkout / "findings.txt").write_text("clean\n")
    said = week.run(TELL, CODE="0", OPEN_ISSUE=issue)
    told = [line.split(" --")[0] for line in said if line.startswith("issue ")]
    assert [line for line in told if line != "issue list"] == closes
