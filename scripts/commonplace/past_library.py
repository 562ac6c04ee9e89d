"""Loads the library as it was where a branch left its base."""

from __future__ import annotations

import datetime as dt
import tarfile
import tempfile
from pathlib import Path

from commonplace.changes import archive_fork
from commonplace.library import Library, load_library


def library_at_fork(root: Path, base: str | None, today: dt.date) -> Library:
    """The library at `root` without what the branch did since it left `base`.

    Raises:
        ChangesUnknownError: git cannot say what was there.

    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "library"
        archive_fork(root, base, Path(name) / "library.tar")
        with tarfile.open(Path(name) / "library.tar") as archive:
            archive.extractall(folder, filter="data")
        return load_library(folder, today)
