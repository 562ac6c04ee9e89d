"""Writes the finished Markdown of every page, for another engine."""

from __future__ import annotations

from pathlib import Path

from commonplace.files import write_atomically
from commonplace.library import Library
from commonplace.pages import pages, picture_files


def export(library: Library, folder: Path) -> int:
    """Writes every page as a Markdown file below `folder`, with their figures; gives the number of pages."""
    texts = {page.path: page.text() for page in pages(library)}
    figures = {picture.path: picture.svg for picture in picture_files(library)}
    for name, text in {**texts, **figures}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
    return len(texts)
