"""Who cites a work in this book, each with the sentence that does."""

from __future__ import annotations

from commonplace.generated import CITED_BY
from commonplace.library import Library
from commonplace.markup.sentences import sentence_around
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.prose import Prose

_MOST = 50
"""Notes that are quoted; of a work that hundreds cite, the first ones."""


def cited_in(library: Library, key: str, prose: Prose) -> str:
    """The section with the notes that cite the work, its own aside; the first sentence of each is quoted."""
    citing = [note for note in library.citing(key) if note.front.ref != key]
    if not citing:
        return ""
    quoted = [f"{prose.named(note)}: {_sentence(note, key, prose)}" for note in citing[:_MOST]]
    left = len(citing) - len(quoted)
    lines = markdown.items([*quoted, *([f"and {markdown.count(left, 'note')} more"] if left else [])])
    return markdown.sections(f"## Cited in this book by {{#{CITED_BY}}}", markdown.block(lines, "cited-by"))


def _sentence(note: Note, key: str, prose: Prose) -> str:
    """The first sentence of a note that cites the key."""
    first = note.markup.first_citations[key]
    span = sentence_around(note.source.text, first.span.start, note.markup, note.body_start)
    return f"<q>{' '.join(prose.note(note, span).split())}</q>"
