"""The door for MkDocs: its events, each handed to the room that does the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as Leaf

from commonplace.demos.standing import demonstrated, stale
from commonplace.library import Library, load_library
from commonplace.notes import NOTES
from commonplace.pages import Page, pages, picture_files
from commonplace.rendering import render
from commonplace.search import build_index
from commonplace.site.contents import contents
from commonplace.site.pictures import pictures


class CommonplacePlugin(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Gives MkDocs the pages of the library, rendered, and adds the search index."""

    library: Library
    pages: Mapping[str, Page]

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """The pages of the library in place of the files that they were written in, and their pictures."""
        loaded = load_library(Path(config.docs_dir).parent, dt.date.today())
        self.library = demonstrated(loaded, stale(loaded)).edited_at(config.repo_url or "")
        self.pages = {page.path: page for page in pages(self.library)}
        published = pictures(self.library)
        for file in list(files):
            if file.src_dir == config.docs_dir and f"{NOTES}/{file.src_uri}" not in published:
                files.remove(file)
        # Where a file of that name was taken out, the theme's own is still missing.
        files.add_files_from_theme(config.theme.get_env(), config)
        for page in self.pages.values():
            files.append(File.generated(config, page.path, content=page.text()))
        for picture in picture_files(self.library):
            files.append(File.generated(config, picture.path, content=picture.svg))
        return files

    def on_page_markdown(self, markdown: str, page: Leaf, config: MkDocsConfig, files: Files) -> str:
        """Nothing, for the page is rendered here; what the templates take of its settings is made safe."""
        page.meta = {
            name: escape(value) if isinstance(value, str) else value for name, value in page.meta.items()
        }
        return ""

    def on_page_content(self, html: str, page: Leaf, config: MkDocsConfig, files: Files) -> str:
        """What the page shows: whatever a note held, nothing in it runs."""
        rendered = render(self.pages[page.file.src_uri])
        page.toc = contents(rendered.headings)
        return rendered.html

    def on_post_build(self, config: MkDocsConfig) -> None:
        """The search index, beside the pages."""
        build_index(self.library, Path(config.site_dir))
