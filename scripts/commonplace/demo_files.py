"""Reads the demos: every Python file under notes/, with the silences in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from commonplace.demo import Demo
from commonplace.demo_code import read_code
from commonplace.files import read_text
from commonplace.model import Diagnostic, Silence, Source
from commonplace.silences import silences_in_lines


@dataclass(frozen=True)
class Demos:
    """The demos by the path of the note that each belongs to, and what was wrong with their files."""

    demos: Mapping[str, Demo]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_demos(root: Path, files: Iterable[str]) -> Demos:
    """The demos among `files`, which are paths below `root`, in the order of their paths."""
    read = [read_text(root, path) for path in sorted(files) if path.endswith(".py")]
    sources = [each for each in read if isinstance(each, Source)]
    demos = map(read_code, sources)
    words = [silences_in_lines(source) for source in sources]
    return Demos(
        demos={demo.note: demo for demo in demos},
        silences=tuple(silence for silences, _ in words for silence in silences),
        diagnostics=tuple(
            fault
            for faults in (*(each for each in read if not isinstance(each, Source)), *(f for _, f in words))
            for fault in faults
        ),
    )
