"""The door for MkDocs: its events, each handed to the room that does the work."""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from commonplace.demos.standing import demonstrated, stale
from commonplace.files import leads_out
from commonplace.library import Library, load_library
from commonplace.markup.html import clean
from commonplace.notes import NOTES
from commonplace.pages import pages, picture_files
from commonplace.search import build_index

# What may lie beside the notes and is published as it is; nothing in these can run, even opened by itself.
_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})


class CommonplacePlugin(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Gives MkDocs the pages of the library, cleans what it renders, and adds the search index."""

    library: Library

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """The pages of the library in place of the files that they were written in, and their pictures."""
        loaded = load_library(Path(config.docs_dir).parent, dt.date.today())
        self.library = demonstrated(loaded, stale(loaded)).edited_at(config.repo_url or "")
        for file in list(files):
            if file.src_dir == config.docs_dir and not self._is_published(file):
                files.remove(file)
        # Where a file of that name was taken out, the theme's own is still missing.
        files.add_files_from_theme(config.theme.get_env(), config)
        for page in pages(self.library):
            files.append(File.generated(config, page.path, content=page.text()))
        for picture in picture_files(self.library):
            files.append(File.generated(config, picture.path, content=picture.svg))
        return files

    def _is_published(self, file: File) -> bool:
        path, root = f"{NOTES}/{file.src_uri}", self.library.root
        is_own = path in self.library.files and not leads_out(root / path, root)
        return is_own and PurePosixPath(path).suffix.lower() in _PICTURES

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The page as it is; what the theme's templates take from its settings is made safe for HTML."""
        page.meta = {
            name: escape(value) if isinstance(value, str) else value for name, value in page.meta.items()
        }
        return markdown

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """What a page may show: whatever a note held, nothing in it runs."""
        return clean(html)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """The search index, beside the pages."""
        build_index(self.library, Path(config.site_dir))
