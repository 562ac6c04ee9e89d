"""Writes the search index into a built site."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pagefind_bin import get_executable

from commonplace.library import Library
from commonplace.search.record_page import record_page
from commonplace.search.records import Record, records
from commonplace.search.vocabulary import vocabulary

FOLDER = "pagefind"
WORDS = "words.json"
# What the browser asks for; Pagefind writes interfaces of its own beside it, half a megabyte that nobody would load.
_NEEDED = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
    "wasm.*.pagefind",
    "pagefind.*.pf_meta",
    "index",
    "filter",
    "fragment",
)


class IndexingError(RuntimeError):
    """An index that could not be made; the message says what Pagefind answered."""


def build_index(library: Library, site: Path) -> None:
    """Writes the index of a library into `site`/pagefind, in place of any that was there.

    Raises:
        IndexingError: Pagefind could not index the records.

    """
    write_index(tuple(records(library)), site)


def write_index(found: Iterable[Record], site: Path) -> None:
    """Writes the index of these records into `site`/pagefind.

    Raises:
        IndexingError: Pagefind could not index them.

    """
    found = tuple(found)
    target = site / FOLDER
    with TemporaryDirectory(prefix="commonplace-search-") as folder:
        pages, bundle = Path(folder, "pages"), Path(folder, "bundle")
        for record in found:
            _write_page(record, pages)
        _run_pagefind(pages, bundle)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for pattern in _NEEDED:
            for path in bundle.glob(pattern):
                shutil.move(path, target / path.name)
    (target / WORDS).write_text(_packed(vocabulary(found)), encoding="utf-8")


def _write_page(record: Record, folder: Path) -> None:
    # The path becomes the address that search leads to; a reference's ends in an anchor and is taken as it is.
    path = folder / (f"{record.url}index.html" if record.url.endswith("/") else record.url)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record_page(record), encoding="utf-8")


def _run_pagefind(pages: Path, bundle: Path) -> None:
    # Its Python interface waits a tenth of a second for every page; the program reads a folder in one go.
    pages.mkdir(exist_ok=True)
    command = [str(get_executable()), "--site", str(pages), "--output-path", str(bundle), "--quiet"]
    # Settings of the surroundings, which Pagefind also reads, must not change the index.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    answer = subprocess.run(  # noqa: S603 - the program is the one installed with the package
        [*command, "--glob", "**/{index.html,#*}"],
        cwd=pages,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise IndexingError(f"Pagefind could not index the notes: {answer.stderr.strip()}")


def _packed(words: Mapping[str, int]) -> str:
    """The words by their count, which repeats so often that it is written once for each."""
    by_count = defaultdict[int, list[str]](list)
    for word, count in words.items():
        by_count[count].append(word)
    return json.dumps({count: " ".join(words) for count, words in by_count.items()}, ensure_ascii=False)
