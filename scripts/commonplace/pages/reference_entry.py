"""A reference as it stands in a list: authors, title, venue, addresses."""

from __future__ import annotations

from commonplace.library import Library
from commonplace.model import Reference
from commonplace.pages import markdown
from commonplace.pages.prose import Prose


def entry(library: Library, reference: Reference, prose: Prose) -> str:
    """One line: who, when, what (linked to the note on it, if there is one), where, and the addresses."""
    key, work = reference.key, prose.works[reference.key]
    is_linked = key != prose.subject and library.note_on(key)
    title = markdown.link(work.title, prose.work(key)) if is_linked else work.title
    return f"{work.before_title}{title}{work.behind_title}"
