"""Says which files beside the notes are published as they are: pictures in which nothing can run."""

from __future__ import annotations

from pathlib import PurePosixPath

from commonplace.files import leads_out
from commonplace.library import Library
from commonplace.notes import NOTES

_SUFFIXES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})


def pictures(library: Library) -> frozenset[str]:
    """The pictures of a library, relative to its root."""
    return frozenset(path for path in library.files if _is_picture(library, path))


def address_of(picture: str) -> str:
    """Where a picture is published: where its notes see it."""
    return picture.removeprefix(f"{NOTES}/")


def _is_picture(library: Library, path: str) -> bool:
    is_raster = PurePosixPath(path).suffix.lower() in _SUFFIXES
    return is_raster and not leads_out(library.root / path, library.root)
