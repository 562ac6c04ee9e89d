"""Says which reading paths a note is on, and what comes before and after it there."""

from __future__ import annotations

from commonplace.library import Library
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.prose import Prose


def on_paths(library: Library, note: Note, prose: Prose) -> list[str]:
    """A line for each path that the note is a step of."""
    return [_line(library, path, note, prose) for path in library.paths_through(note)]


def _line(library: Library, path: Note, note: Note, prose: Prose) -> str:
    steps = library.steps(path)
    at = steps.index(note)
    beside = [
        f'<span class="how">{word}</span> {prose.named(steps[place])}'
        for word, place in (("before it", at - 1), ("after it", at + 1))
        if 0 <= place < len(steps)
    ]
    place = f'{prose.named(path)}, <span class="how">step {at + 1} of {len(steps)}</span>'
    return f"**Path** {markdown.dotted([place, *beside])}"
