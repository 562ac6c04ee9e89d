"""The theme around pages: MkDocs' settings and Material's templates, opened once for all pages."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

# The theme greets every build with a banner about MkDocs 2, which this project does not use.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as Leaf
from mkdocs.utils import get_build_date

from commonplace.pages import Page
from commonplace.rendering import Rendered
from commonplace.rendering.addresses import published
from commonplace.site.contents import contents
from commonplace.site.frames import DOCUMENT, Compiled, Frames

CONFIGURATION = "mkdocs.yml"
_SITEMAP = "sitemap.xml"


class SiteError(Exception):
    """A site that could not be built; the message is for the person who asked."""


class Shell:
    """The site's settings and templates."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.config = config
        self._environment = config.theme.get_env()
        self._environment.bytecode_cache = Compiled()
        # The tabs know one active page at a time, and a preview frames several at once.
        self._framing = Lock()

    @property
    def folder(self) -> Path:
        """Where the site is to lie."""
        return Path(self.config.site_dir)

    @property
    def repository(self) -> str:
        """Where the notes can be edited, if the settings say."""
        return self.config.repo_url or ""

    @property
    def is_alone(self) -> bool:
        """Whether nothing but this project's own plugin has a say in what pages look like."""
        others = [name for name in self.config.plugins if name != "commonplace"]
        return not others and not self.config.hooks

    @cached_property
    def _navigation(self) -> tuple[Navigation, dict[str, Leaf]]:
        named = list(_named(self.config.nav or []))
        files = Files([self._file(path) for path in named])
        navigation = get_navigation(files, self.config)
        return navigation, {leaf.file.src_uri: leaf for leaf in navigation.pages}

    def _file(self, path: str) -> File:
        return File(path, None, self.config.site_dir, use_directory_urls=True)

    def framed(self, page: Page, rendered: Rendered) -> str:
        """The whole document of a page."""
        _, tabs = self._navigation
        if page.path not in tabs and (document := self._framed_alike(page, rendered)):
            return document
        leaf = tabs.get(page.path) or self._leaf(page.path, page.title)
        leaf.content = rendered.html
        leaf.meta = {
            "title": escape(page.title),
            "description": escape(page.description),
            **page.settings,
        }
        leaf.toc = contents(rendered.headings)
        with self._framing:
            leaf.active = True
            try:
                return str(self._environment.get_template(DOCUMENT).render(self._context(leaf)))
            finally:
                leaf.active = False

    def _framed_alike(self, page: Page, rendered: Rendered) -> str | None:
        with self._framing:
            return self._frames.framed(page, rendered)

    @cached_property
    def _frames(self) -> Frames:
        return Frames(self._environment, self._leaf, self._context)

    def _leaf(self, path: str, title: str) -> Leaf:
        return Leaf(title, self._file(path), self.config)

    def _context(self, leaf: Leaf) -> dict[str, Any]:
        return dict(get_context(self._navigation[0], [], self.config, leaf))

    @property
    def day(self) -> str:
        """The day that the list of pages bears."""
        return get_build_date()

    def theme_files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """What the theme brings besides templates: styles, scripts, icons; and how each is read."""
        files = Files([])
        files.add_files_from_theme(self._environment, self.config)
        for file in files:
            yield file.dest_uri, partial(getattr, file, "content_bytes")

    def page_not_found(self) -> str:
        """The page that hosts show for an address that does not exist."""
        navigation, _ = self._navigation
        root = urlsplit(self.config.site_url or "/").path
        context = get_context(navigation, [], self.config, base_url=root)
        return str(self._environment.get_template("404.html").render(context))

    def sitemap(self, paths: Sequence[str]) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The list of pages for search engines, plain and compressed, and how each is made."""
        yield _SITEMAP, lambda: self._sitemap(paths)
        yield f"{_SITEMAP}.gz", lambda: self._packed(self._sitemap(paths))

    def _sitemap(self, paths: Sequence[str]) -> bytes:
        # A list of addresses needs the site's own; without it MkDocs lists none.
        files = [self._file(path) for path in paths] if self.config.site_url else []
        for file in files:
            Leaf(None, file, self.config)
        context = get_context(self._navigation[0], files, self.config, base_url=".")
        return str(self._environment.get_template(_SITEMAP).render(context)).encode()

    def _packed(self, text: bytes) -> bytes:
        packed = io.BytesIO()
        day = dt.datetime.fromisoformat(self.day).replace(tzinfo=dt.UTC).timestamp()
        with gzip.GzipFile(filename=_SITEMAP, fileobj=packed, mode="wb", mtime=int(day)) as file:
            file.write(text)
        return packed.getvalue()


def destination(path: str) -> str:
    """The file of the site that holds the page at `path`."""
    return f"{published(path)}index.html"


def open_shell(root: Path, at: str | None = None) -> Shell:
    """The settings and templates of the library at `root`, published `at` another address than they say.

    Raises:
        SiteError: mkdocs.yml is missing or wrong.

    """
    with complaints() as said:
        try:
            config = load_config(str(root / CONFIGURATION), strict=True)
            config.site_url = at or config.site_url
            if not config.use_directory_urls:
                raise SiteError(
                    f"{CONFIGURATION}: 'use_directory_urls' cannot be off: addresses have no .html"
                )
            return Shell(config)
        except (Abort, ConfigurationError) as fault:
            said.append(str(fault))
            raise SiteError(
                "\n  ".join(["the site was not built:", *dict.fromkeys(filter(None, said))])
            ) from fault


@contextmanager
def complaints() -> Iterator[list[str]]:
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


def _named(navigation: object) -> Iterator[str]:
    """The paths of pages in a navigation, however deep."""
    match navigation:
        case str():
            if not urlsplit(navigation).scheme:
                yield navigation
        case list():
            for each in navigation:
                yield from _named(each)
        case dict():
            for each in navigation.values():
                yield from _named(each)
