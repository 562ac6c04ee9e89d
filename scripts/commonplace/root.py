"""Finds the library that a person stands in."""

from __future__ import annotations

from pathlib import Path

from commonplace.bibliography import REGISTRY
from commonplace.notes import NOTES


def is_root(folder: Path) -> bool:
    """Whether a folder holds a library: a registry, or notes."""
    return (folder / REGISTRY).is_file() or (folder / NOTES).is_dir()


def root_above(start: Path) -> Path | None:
    """The nearest library's folder from `start` upwards, if there is one."""
    return next((folder for folder in (start, *start.parents) if is_root(folder)), None)
