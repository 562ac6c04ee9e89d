"""Asks git which files of the library a branch touches."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_TRUNKS = ("origin/main", "main")


class ChangesUnknownError(Exception):
    """Git could not say what has changed; the message says why."""


def changed_files(root: Path, base: str | None) -> frozenset[str]:
    """The files below `root`, relative to it, that differ from where the branch left `base`.

    Commits of the branch count, and so do changes that are staged, unstaged or not yet tracked. Where
    `base` is None, it is the first of origin/main and main that exists.

    Raises:
        ChangesUnknownError: `root` is in no git checkout, or there is no such base.

    """
    if not _asked(root, "rev-parse", "--is-inside-work-tree"):
        raise ChangesUnknownError(f"{root} is in no git checkout, so nothing says what has changed")
    start = _fork(root, base)
    touched = _git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", start, "--")
    fresh = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(name for name in (touched + fresh).split("\0") if name)


def _fork(root: Path, base: str | None) -> str:
    """The commit at which the branch left its base; the base itself where their histories share none."""
    for name in [base] if base else _TRUNKS:
        commit = _asked(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if commit:
            return _asked(root, "merge-base", commit, "HEAD") or commit
    known = f"no commit '{base}'" if base else f"no branch {' or '.join(_TRUNKS)}"
    raise ChangesUnknownError(f"git knows {known}; name what to compare with: --changed BASE")


def _asked(root: Path, *question: str) -> str:
    """Git's answer, or nothing where it has none."""
    try:
        return _git(root, *question).strip()
    except subprocess.CalledProcessError:
        return ""


def _git(root: Path, *arguments: str) -> str:
    program = shutil.which("git")
    if not program:
        raise ChangesUnknownError("git is not installed, so nothing says what has changed")
    ran = subprocess.run([program, "-C", root, *arguments], capture_output=True, check=True)  # noqa: S603 - fixed program
    return os.fsdecode(ran.stdout)
