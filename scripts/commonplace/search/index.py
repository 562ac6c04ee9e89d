"""Writes the search index into a built site."""

from __future__ import annotations

import gzip
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
from commonplace.search.one_order import put_in_one_order
from commonplace.search.record_page import record_page
from commonplace.search.records import Record, records
from commonplace.search.vocabulary import vocabulary

FOLDER = "pagefind"
WORDS = "words.pack"
"""The vocabulary, compressed by us as Pagefind compresses its files, since not every host does."""
# What the browser asks for; Pagefind writes interfaces of its own beside it, which nobody would load.
_NEEDED = (
    "pagefind.js",
    "pagefind-entry.json",
    "wasm.en.pagefind",
    "pagefind.*.pf_meta",
    "index",
    "filter",
    "fragment",
)
# Pagefind makes no index of nothing; an empty book has a list of papers all the same.
_NOTHING = Record("papers/", "Papers", "page")


class IndexingError(RuntimeError):
    """An index that could not be made; the message says why."""


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
    found = tuple(found) or (_NOTHING,)
    target = site / FOLDER
    with TemporaryDirectory(prefix="commonplace-search-") as folder:
        pages, bundle = Path(folder, "pages"), Path(folder, "bundle")
        for record in found:
            _write_page(record, pages)
        _run_pagefind(pages, bundle)
        try:
            put_in_one_order(bundle)
        except ValueError as fault:
            raise IndexingError(f"the index cannot be read back: {fault}") from None
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for pattern in _NEEDED:
            for path in bundle.glob(pattern):
                shutil.move(path, target / path.name)
    (target / WORDS).write_bytes(_packed(vocabulary(found)))


def _write_page(record: Record, folder: Path) -> None:
    # The path becomes the address that search leads to; one that ends in an anchor is taken as it is.
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


def _packed(words: Mapping[str, int]) -> bytes:
    """The words by their count, which repeats so often that it is written once for each."""
    by_count = defaultdict[int, list[str]](list)
    for word, count in sorted(words.items()):
        by_count[count].append(word)
    lines = {count: " ".join(words) for count, words in sorted(by_count.items())}
    return gzip.compress(json.dumps(lines, ensure_ascii=False).encode(), mtime=0)
