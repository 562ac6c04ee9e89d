"""Keeps what demos came to by their content, in a cache that git ignores."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from sys import version as python
from typing import Any

from commonplace.demo import Demo, Fault, Finding, Picture, Run
from commonplace.lock_file import CACHE
from commonplace.seal import read_sealed, write_sealed

RUNS = f"{CACHE}/demos"
_RUNNER = ("demo_code.py", "demos/trial.py", "demos/drawing.py", "demos/plain_svg.py", "demos/running.py")
"""The files of this package that an outcome hangs on."""
_EARLIER = 4
"""Outcomes kept beside each: a demo as it was yesterday, or on another branch, comes back without a run."""


def read_runs(root: Path, demos: Mapping[str, Demo]) -> Mapping[str, Run]:
    """What the demos came to, by the path of their note, as far as it was kept of the code as it stands."""
    found = ((note, _read(root, demo)) for note, demo in demos.items())
    return {note: run for note, run in found if run}


def keep_run(root: Path, demo: Demo, run: Run) -> None:
    """Keeps an outcome that would be the same again; without it the next reader runs the demo once more."""
    if run.is_lasting and not demo.fault:
        # The library may lie where nothing can be written.
        with suppress(OSError):
            (root / RUNS).mkdir(parents=True, exist_ok=True)
            write_sealed(_file(root, demo), json.dumps(_table(run)).encode())


def forget_oldest(root: Path, demos: Iterable[Demo]) -> None:
    """Leaves the outcomes of these demos, and of what they were lately."""
    current = {_file(root, demo) for demo in demos}
    with suppress(OSError):
        others = [file for file in (root / RUNS).iterdir() if file not in current]
        others.sort(key=lambda file: file.stat().st_mtime)
        for file in others[: -_EARLIER * max(1, len(current))]:
            file.unlink(missing_ok=True)


def _read(root: Path, demo: Demo) -> Run | None:
    """The kept outcome of a demo; a file that is torn or not ours is as if it were not there."""
    if demo.fault:
        return Run(fault=demo.fault)
    try:
        return _run(json.loads(read_sealed(_file(root, demo))))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _file(root: Path, demo: Demo) -> Path:
    return root / RUNS / f"{sha256(_runner() + demo.source.text.encode()).hexdigest()}"


@cache
def _runner() -> bytes:
    """A digest of what besides its code decides what a demo comes to."""
    return sha256(b"\0".join(_circumstances())).digest()


def _circumstances() -> Iterator[bytes]:
    yield python.encode()
    for name in ("numpy", "matplotlib"):
        try:
            yield version(name).encode()
        except PackageNotFoundError:
            yield b"none"
    for path in _RUNNER:
        yield files("commonplace").joinpath(path).read_bytes()


def _table(run: Run) -> dict[str, Any]:
    return {
        "findings": [[each.name, each.passed, each.said, each.seconds, each.line] for each in run.findings],
        "picture": [run.picture.light, run.picture.dark] if run.picture else None,
        "fault": [run.fault.line, run.fault.message] if run.fault else None,
        "seconds": run.seconds,
    }


def _run(table: Any) -> Run:
    return Run(
        findings=tuple(_findings(table["findings"])),
        picture=Picture(*map(str, table["picture"])) if table["picture"] else None,
        fault=_fault(*table["fault"]) if table["fault"] else None,
        seconds=float(table["seconds"]),
    )


def _findings(entries: Iterable[Any]) -> Iterator[Finding]:
    for name, passed, said, seconds, line in entries:
        yield Finding(str(name), bool(passed), str(said), float(seconds), int(line))


def _fault(line: Any, message: Any) -> Fault:
    return Fault(int(line), str(message))
