"""Asks git which files of the library a branch touches."""

from __future__ import annotations

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
    _told(root, "rev-parse", "--show-toplevel")
    start = _fork(root, base)
    touched = _told(
        root, "diff", "--name-only", "--relative", "--no-renames", "--diff-filter=d", "-z", start, "--"
    )
    fresh = _told(root, "ls-files", "--others", "--exclude-standard", "-z")
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
    answer = _git(root, question)
    return "" if answer.returncode else answer.stdout.strip()


def _told(root: Path, *question: str) -> str:
    """Git's answer to a question that it must be able to answer."""
    answer = _git(root, question)
    if answer.returncode:
        raise ChangesUnknownError(f"git cannot say what has changed in {root}: {answer.stderr.strip()}")
    return answer.stdout


def _git(root: Path, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    program = shutil.which("git")
    if not program:
        raise ChangesUnknownError("git is not installed, so nothing says what has changed")
    # The arguments are this room's own, and a base that looks like an option is kept from being one.
    command = [program, "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="surrogateescape")  # noqa: S603
