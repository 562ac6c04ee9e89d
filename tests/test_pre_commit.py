"""The checks before a commit: the project's own, and nothing from elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / ".pre-commit-config.yaml"
PROGRAMS = Path(sys.executable).parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A library on a branch, with the hooks and this environment."""
    book = tmp_path / "book"
    shutil.copytree(ROOT / "tests" / "books" / "healthy", book)
    shutil.copy(CONFIG, book)
    (book / ".venv").symlink_to(PROGRAMS.parent)
    (book / ".gitignore").write_text(".venv\n")
    subprocess.run([PROGRAMS / "commonplace", "fmt", "--root", book], check=True, capture_output=True)  # noqa: S603
    git(book, "init", "--initial-branch=main")
    git(book, "add", ".")
    git(book, "commit", "--message", "a book")
    git(book, "switch", "--create", "work")
    return book


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", folder, *name, *arguments], check=True, capture_output=True)  # noqa: S603, S607


def hooked(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the hooks say of what is about to be committed."""
    git(folder, "add", ".")
    home = {**os.environ, "PRE_COMMIT_HOME": str(folder.parent / "home"), "PRE_COMMIT_COLOR": "never"}
    command = str(PROGRAMS / "pre-commit")
    return subprocess.run([command, "run"], cwd=folder, env=home, capture_output=True, text=True)  # noqa: S603


def test_nothing_is_fetched_for_the_hooks() -> None:
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert {hook["language"] for repo in config["repos"] for hook in repo["hooks"]} == {"system"}


def test_a_sound_change_passes(checkout: Path) -> None:
    note = next((checkout / "notes" / "papers").glob("*.md"))
    note.write_text(note.read_text().replace("\n## ", "\nOne more sentence.\n\n## ", 1))
    done = hooked(checkout)
    assert done.returncode == 0, done.stdout


def test_a_fault_stops_the_commit_with_its_line_and_another_form_with_its_diff(checkout: Path) -> None:
    note = next((checkout / "notes" / "papers").glob("*.md"))
    note.write_text(note.read_text().replace("\n## ", "\nSee [@nobody1999nothing].\n\n## ", 1))
    registry = checkout / "refs.bib"
    registry.write_text(registry.read_text().replace("  title         = ", "  title = ", 1))
    done = hooked(checkout)
    assert done.returncode == 1
    assert f"{note.relative_to(checkout)}:" in done.stdout
    assert "unknown-citation" in done.stdout
    assert "+  title         = " in done.stdout
