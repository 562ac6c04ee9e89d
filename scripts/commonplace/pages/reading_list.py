"""Notes as a numbered list to read in order, each with its year, its state, and why it comes now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commonplace.library import Library
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.prose import Prose
from commonplace.pages.status import badge
from commonplace.reference_text import first_year


def reading_list(library: Library, notes: Sequence[Note], why: Mapping[str, str], prose: Prose) -> str:
    """The list; `why` holds the reasons by slug. Empty where there are no notes."""
    lines = [f"1. {_named(library, note, prose)}{_reason(why.get(note.slug, ''), prose)}" for note in notes]
    return markdown.block("\n".join(lines), "reading") if lines else ""


def _named(library: Library, note: Note, prose: Prose) -> str:
    reference = library.reference_of(note)
    year = (reference and first_year(reference)) or ""
    return prose.named(note) + (f' <span class="year">{year}</span>' if year else "") + badge(library, note)


def _reason(why: str, prose: Prose) -> str:
    return f"  \n    {prose.text(why)}" if why else ""
