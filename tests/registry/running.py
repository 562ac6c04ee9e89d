"""Runs `commonplace links` as a person would, in a process of its own, on a small library."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_PROGRAM = "from commonplace.cli_links import links; links()"
_PATIENCE = 60.0


def write_library(
    root: Path, *, notes: Mapping[str, str], registry: str = "", **settings: str | float | bool
) -> Path:
    """A library with these notes, by slug, whose registries are at the addresses of `settings`."""
    (root / "notes").mkdir(parents=True, exist_ok=True)
    for slug, text in notes.items():
        (root / "notes" / f"{slug}.md").write_text(text, encoding="utf-8")
    (root / "refs.bib").write_text(registry, encoding="utf-8")
    values = {"allow_private": True, "arxiv_gap": 0.05, "deadline": 10, **settings}
    lines = (f"{name} = {_toml(value)}" for name, value in values.items())
    text = "\n".join(["[tool.commonplace.links]", *lines, ""])
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    return root


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def start(root: Path, *options: str) -> subprocess.Popen[str]:
    """A run under way."""
    command = [sys.executable, "-c", _PROGRAM, "--root", str(root), *options]
    return subprocess.Popen(  # noqa: S603 - this program
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_COLOR": "1", "PYTHONWARNINGS": "error"},
    )


def run_links(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A run to its end."""
    process = start(root, *options)
    out, err = process.communicate(timeout=_PATIENCE)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def kill(process: subprocess.Popen[str]) -> None:
    """Ends a run at once, as a power cut would."""
    process.kill()
    process.communicate(timeout=_PATIENCE)


def until(holds: Callable[[], bool]) -> None:
    """Waits for what is sure to come; fails only where it never does."""
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a library but those of its cache, with what it holds."""
    files = (path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
