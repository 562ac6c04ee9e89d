"""The workflows: sound, closed to strangers, and each action the one that was looked at."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
PROGRAMS = Path(sys.executable).parent
USES = re.compile(r"uses: (?P<action>[^@\s]+)@(?P<commit>\S+)(?: # (?P<version>\S+))?")
RUNS_PROJECT = re.compile(r"\.venv/|\bmake\b|\.ci/run")

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def ran(program: str, *arguments: str | Path) -> str:
    """What a program has to say where it is not content."""
    done = subprocess.run([PROGRAMS / program, *arguments], cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    return done.stdout + done.stderr if done.returncode else ""


def workflow(path: Path) -> dict[str, Any]:
    # `on` is a truth value to YAML 1.1; as text it is the key that it is to GitHub.
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return document


def jobs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from workflow(path)["jobs"].items()


def test_there_are_workflows_and_forms() -> None:
    assert [path.stem for path in WORKFLOWS] == ["links", "pull-request", "site"]
    assert len(FORMS) == 3


def test_actionlint_finds_no_fault() -> None:
    shellcheck = f"-shellcheck={PROGRAMS / 'shellcheck'}"
    assert not ran("actionlint", "-no-color", shellcheck, "-pyflakes=", *WORKFLOWS)


def test_zizmor_finds_no_hole() -> None:
    arguments = ("--offline", "--persona=pedantic", "--no-progress", "--color=never", GITHUB)
    assert not ran("zizmor", *arguments)


def test_both_find_what_is_there(tmp_path: Path) -> None:
    """So that a check that passes says something."""
    sick = tmp_path / ".github" / "workflows" / "sick.yml"
    sick.parent.mkdir(parents=True)
    text = WORKFLOWS[1].read_text(encoding="utf-8")
    sick.write_text(
        text.replace("pull_request:", "pull_request_target:").replace("github.base_ref", "github.bse")
    )
    assert "bse" in ran("actionlint", "-shellcheck=", "-pyflakes=", sick)
    assert "dangerous-triggers" in ran("zizmor", "--offline", "--no-progress", "--color=never", sick)


@each_workflow
def test_every_action_is_githubs_own_and_pinned_by_commit(path: Path) -> None:
    uses = list(USES.finditer(path.read_text(encoding="utf-8")))
    assert len(uses) == path.read_text(encoding="utf-8").count("uses:")
    for each in uses:
        assert each["action"].startswith("actions/")
        assert re.fullmatch(r"[0-9a-f]{40}", each["commit"])
        assert re.fullmatch(r"v\d+\.\d+\.\d+", each["version"] or "")


def test_an_action_is_the_same_everywhere() -> None:
    pins = {(m["action"], m["commit"]) for path in WORKFLOWS for m in USES.finditer(path.read_text())}
    assert len(pins) == len({action for action, _ in pins})


@each_workflow
def test_nothing_is_granted_that_a_job_does_not_ask_for(path: Path) -> None:
    assert workflow(path)["permissions"] == {}
    for _, job in jobs(path):
        assert job["permissions"]
        assert "timeout-minutes" in job


@each_workflow
def test_a_job_that_may_write_runs_no_code_of_the_project(path: Path) -> None:
    for name, job in jobs(path):
        if "write" in job["permissions"].values():
            scripts = [step.get("run", "") for step in job["steps"]]
            assert not any(RUNS_PROJECT.search(script) for script in scripts), name


@each_workflow
def test_a_checkout_leaves_no_credentials_behind(path: Path) -> None:
    steps = [step for _, job in jobs(path) for step in job["steps"]]
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_a_pull_request_from_a_fork_gets_no_secret_and_may_write_nothing() -> None:
    path = GITHUB / "workflows" / "pull-request.yml"
    assert set(workflow(path)["on"]) == {"pull_request"}
    assert "secrets." not in path.read_text(encoding="utf-8")
    assert {level for _, job in jobs(path) for level in job["permissions"].values()} == {"read"}


def test_text_from_outside_reaches_no_script_but_through_the_environment() -> None:
    for path in WORKFLOWS:
        scripts = [step.get("run", "") for _, job in jobs(path) for step in job["steps"]]
        assert not any("${{" in script for script in scripts), path.name


def test_the_forms_keep_the_schema_of_forms() -> None:
    assert not ran("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *FORMS)


def test_a_form_breaks_it_where_a_field_has_no_kind(tmp_path: Path) -> None:
    form = tmp_path / "form.yml"
    form.write_text("name: A\ndescription: B\nbody:\n  - id: x\n", encoding="utf-8")
    assert "'type' is a required property" in ran(
        "check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", form
    )


def test_every_command_that_runs_there_exists_with_its_options() -> None:
    from commonplace.cli import main

    calls = [
        shlex.split(line.partition(".venv/bin/commonplace ")[2].partition(" >")[0].partition(" ||")[0])
        for path in (*WORKFLOWS, ROOT / ".pre-commit-config.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if ".venv/bin/commonplace " in line
    ]
    assert {name for name, *_ in calls} == {"changes", "check", "fmt", "links"}
    for name, *arguments in calls:
        command = main.get_command(click.Context(main), name)
        assert command, name
        known = {option for each in command.params for option in each.opts}
        assert {each for each in arguments if each.startswith("--")} <= known


def test_what_is_depended_on_is_pinned() -> None:
    """A clean checkout installs the pins alone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").lower()
    pinned = {line.partition("==")[0] for line in pins.splitlines() if "==" in line}
    wanted = {re.split(r"[<>=\[ ]", each)[0].lower() for each in project["dependencies"]}
    assert wanted <= pinned
