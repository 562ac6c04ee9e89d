"""Builds the site beside the last good one and puts it in its place; serves it; exports its Markdown."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The theme greets every build with a banner about MkDocs 2, which this project does not use.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from commonplace.bibliography import REGISTRY
from commonplace.files import write_atomically
from commonplace.library import Library
from commonplace.lock_file import LOCK_FILE
from commonplace.pages import pages, picture_files
from commonplace.settings import SETTINGS_FILE

CONFIGURATION = "mkdocs.yml"


class SiteError(Exception):
    """A site that could not be built; the message is for the person who asked."""


def build(root: Path) -> Path:
    """The built site's folder. Where the build fails, the site that stood there stands as it was.

    Raises:
        SiteError: mkdocs.yml is missing or wrong, MkDocs warned of something, or a plugin failed.
    """
    with _complaints() as said:
        try:
            return _built(root)
        except Exception as fault:  # MkDocs lets through whatever a plugin raises
            if not isinstance(fault, Abort):
                said.append(str(fault))
            raise SiteError("\n  ".join(["the site was not built:", *dict.fromkeys(said)])) from fault


def _built(root: Path) -> Path:
    config = load_config(str(root / CONFIGURATION), strict=True)
    site = Path(config.site_dir)
    fresh, last = (site.with_name(f".{site.name}-{name}") for name in ("next", "last"))
    config.site_dir = str(fresh)
    try:
        mkdocs_build(config)
        shutil.rmtree(last, ignore_errors=True)
        if site.exists():
            site.rename(last)
        fresh.rename(site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(last, ignore_errors=True)
    return site


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What MkDocs warns of in the meantime, kept instead of printed."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


def serve(root: Path, address: str) -> None:
    """Shows the site at `address`, as host:port, and again after each change, until it is interrupted.

    Raises:
        SiteError: mkdocs.yml is missing or wrong, or the address is taken.
    """
    watched = [str(root / name) for name in (REGISTRY, LOCK_FILE, SETTINGS_FILE) if (root / name).exists()]
    try:
        mkdocs_serve(str(root / CONFIGURATION), livereload=True, watch=watched, dev_addr=address)
    except OSError as fault:
        raise SiteError(f"{address}: {fault.strerror}; name another with --address") from None
    except ConfigurationError as fault:
        raise SiteError(str(fault)) from None


def export(library: Library, folder: Path) -> int:
    """Writes every page as a Markdown file below `folder`, with their figures; gives the number of pages."""
    texts = {page.path: page.text() for page in pages(library)}
    pictures = {picture.path: picture.svg for picture in picture_files(library)}
    for name, text in {**texts, **pictures}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
    return len(texts)
