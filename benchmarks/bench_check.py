"""Measures reading and checking a large library, beside what any site builder does with its files.

Run it as `.venv/bin/python benchmarks/bench_check.py [NOTES]`. Each measurement is a process of its own, so
that its peak of memory is its own. The peer is PyYAML and Python-Markdown, by which MkDocs reads a page.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import markdown
import yaml
from book import write_book
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from commonplace.checks import check
from commonplace.library import load_library

_TODAY = dt.date(2026, 11, 21)
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


def _peer(root: Path) -> str:
    converter = markdown.Markdown(extensions=["attr_list", "fenced_code", "tables", "toc"])
    size = 0
    for path in root.glob("notes/**/*.md"):
        front, text = _FRONT_MATTER.split(path.read_text(encoding="utf-8"), maxsplit=1)[1:]
        yaml.load(front, Loader=yaml.CSafeLoader)
        size += len(converter.reset().convert(text))
    return f"{size / 1e6:.1f} MB of HTML"


def _read(root: Path) -> str:
    library = load_library(root, _TODAY)
    return f"{len(library.notes):,} notes"


def _read_and_check(root: Path) -> str:
    return f"{len(check(load_library(root, _TODAY))):,} diagnostics"


_MEASURED: dict[str, Callable[[Path], str]] = {
    "PyYAML and Markdown": _peer,
    "reading": _read,
    "reading and checking": _read_and_check,
}


@dataclass(frozen=True)
class _Result:
    """The processor's seconds that a measurement took, its peak of memory, and what came of it."""

    seconds: float
    megabytes: float
    outcome: str


def _measure(name: str, root: Path) -> _Result:
    begin = time.process_time()
    outcome = _MEASURED[name](root)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _Result(seconds, peak / (1024**2 if sys.platform == "darwin" else 1024), outcome)


def _measured_apart(name: str, root: Path) -> _Result:
    command = [sys.executable, __file__, "--measure", name, str(root)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - this very file
    return _Result(**json.loads(ran.stdout))


def _table(notes: int, results: dict[str, _Result]) -> Table:
    table = Table(f"{notes:,} notes", "CPU", "ratio", "memory", "ratio", "outcome", box=SIMPLE)
    peer = next(iter(results.values()))
    for name, result in results.items():
        table.add_row(
            name,
            f"{result.seconds:.2f} s",
            f"{result.seconds / peer.seconds:.2f}",
            f"{result.megabytes:,.0f} MB",
            f"{result.megabytes / peer.megabytes:.2f}",
            result.outcome,
        )
    return table


@click.command()
@click.argument("notes", type=int, default=5_000)
@click.option("--measure", type=(click.Choice(list(_MEASURED)), click.Path(path_type=Path)), hidden=True)
def main(notes: int, measure: tuple[str, Path] | None) -> None:
    """Prints what reading and checking a made-up library of NOTES notes takes."""
    if measure:
        click.echo(json.dumps(asdict(_measure(*measure))))
        return
    with tempfile.TemporaryDirectory() as folder:
        write_book(Path(folder), notes)
        results = {name: _measured_apart(name, Path(folder)) for name in _MEASURED}
    Console().print(_table(notes, results))


if __name__ == "__main__":
    main()
