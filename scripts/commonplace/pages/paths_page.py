"""The page of all reading paths, each with what it is and how its steps are named."""

from __future__ import annotations

from commonplace.generated import PATHS
from commonplace.library import Library
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.page import Page
from commonplace.pages.path_page import length
from commonplace.pages.prose import Prose
from commonplace.plain_text import description

_ABOUT = "Each path leads through notes of several topics, in an order in which one explains the next."
_NONE = "No path has been written yet."


def paths_page(library: Library) -> Page:
    """Every path by its title, with its first sentence and its steps."""
    prose = Prose(library, PATHS)
    paths = sorted(library.paths.values(), key=library.title)
    content = markdown.sections(
        "# Paths {.title}", _ABOUT if paths else _NONE, *(_path(library, path, prose) for path in paths)
    )
    return Page(PATHS, "Paths", content, "Every reading path and its steps.", {"kind": "index"})


def _path(library: Library, path: Note, prose: Prose) -> str:
    steps = markdown.dotted(map(prose.named, library.steps(path)))
    return markdown.sections(
        f'## {prose.named(path)} <span class="year">{length(library, path)}</span> {{#{path.slug}}}',
        markdown.escape(description(library, path)),
        markdown.block(steps, "step-names") if steps else "",
    )
