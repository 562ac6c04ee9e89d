"""The page of a reading path: what it leads to, and its steps."""

from __future__ import annotations

from commonplace.generated import STEPS
from commonplace.library import Library
from commonplace.model import Note, Span
from commonplace.pages import markdown
from commonplace.pages.edit_line import edit_line
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose, page_path
from commonplace.pages.reading_list import reading_list
from commonplace.plain_text import description, title_text


def path_page(library: Library, path: Note) -> Page:
    """The page of a path."""
    prose = Prose(library, page_path(path))
    title = library.title(path)
    content = markdown.sections(
        f"# {markdown.title(title)} {{.title}}",
        markdown.block(length(library, path), "counts"),
        prose.note(path, Span(path.body_start, len(path.source.text))),
        _steps(library, path, prose),
        edit_line(library, path),
    )
    return Page(prose.page, title_text(title), content, description(library, path), {"kind": "path"})


def length(library: Library, path: Note) -> str:
    """How long a path is."""
    return markdown.count(len(library.steps(path)), "step")


def _steps(library: Library, path: Note, prose: Prose) -> str:
    steps = reading_list(library, library.steps(path), path.front.steps, prose)
    return markdown.sections(f"## Steps {{#{STEPS}}}", steps) if steps else ""
