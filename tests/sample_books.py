"""Libraries for tests: the samples under tests/books, and small ones written on the spot."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from commonplace.demos.running import runs
from commonplace.library import Library, load_library
from commonplace.pages import Page, pages

ROOT = Path(__file__).parents[1]
BOOKS = ROOT / "tests" / "books"
HEALTHY = BOOKS / "healthy"
HOSTILE = BOOKS / "hostile"
TODAY = dt.date(2026, 11, 21)


def loaded(root: Path) -> Library:
    """The library at `root`, as of a day that does not pass."""
    return load_library(root, TODAY)


def written(root: Path, files: Mapping[str, str]) -> Library:
    """The library of these files, by path, once they are written below `root`."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return loaded(root)


def ran(library: Library) -> Library:
    """The library with what its demos come to, of which nothing is kept."""
    whole = [demo for demo in library.demos.values() if not demo.fault]
    found = {demo.note: run for demo, run in runs(whole, library.settings.demos)}
    return replace(library, runs={**library.runs, **found})


def pages_of(library: Library) -> dict[str, Page]:
    """The pages of a library by their paths."""
    return {page.path: page for page in pages(library)}


def bound(book: Path, root: Path) -> Path:
    """A copy of a sample book at `root`, ready to be built with this project's settings and theme."""
    shutil.copytree(book, root, dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "scripts").symlink_to(ROOT / "scripts")
    return root
