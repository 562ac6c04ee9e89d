"""The door for MkDocs: its events, each handed to the room that does the work."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from commonplace.library import Library, load_library
from commonplace.markup.html import clean
from commonplace.pages import pages
from commonplace.search import build_index


class CommonplacePlugin(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Gives MkDocs the pages of the library, cleans what it renders, and adds the search index."""

    library: Library

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """The pages of the library in place of the files that they were written in."""
        self.library = load_library(Path(config.docs_dir).parent, dt.date.today())
        for file in list(files):
            if file.src_uri.endswith((".md", ".py")):
                files.remove(file)
        for page in pages(self.library):
            files.append(File.generated(config, page.path, content=page.text()))
        return files

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """What a page may show: whatever a note held, nothing in it runs."""
        return clean(html)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """The search index, beside the pages."""
        build_index(self.library, Path(config.site_dir))
