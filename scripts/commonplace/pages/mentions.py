"""Who cites a work in this book, each with the sentence that does."""

from __future__ import annotations

from commonplace.generated import CITED_BY
from commonplace.library import Library, Mention
from commonplace.markup.sentences import sentence_around
from commonplace.pages import markdown
from commonplace.pages.prose import Prose


def cited_in(library: Library, key: str, prose: Prose) -> str:
    """The section with the notes that cite the work, its own aside; the first sentence of each is quoted."""
    first: dict[str, Mention] = {}
    for mention in library.mentions.get(key, ()):
        if mention.note.front.ref != key:
            first.setdefault(mention.note.path, mention)
    if not first:
        return ""
    lines = markdown.items(f"{prose.named(m.note)}: {_sentence(m, prose)}" for m in first.values())
    return markdown.sections(
        f"## Cited in this book by {{: #{CITED_BY} }}", markdown.block(lines, "cited-by")
    )


def _sentence(mention: Mention, prose: Prose) -> str:
    note = mention.note
    at = mention.citation.span.start
    span = sentence_around(note.source.text, at, note.markup.tokens, note.body_start)
    return f"<q>{' '.join(prose.note(note, span).split())}</q>"
