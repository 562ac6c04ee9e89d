"""Writes a record as the small HTML page that Pagefind reads: what weighs, what is shown, what filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from commonplace.search.folding import joined, words
from commonplace.search.records import Passage, Record

# Weights within the text; what names, titles and authors add to them is set where the query is asked.
_HEADING = 3.0
_CLAIM = 2.0
_PROSE = 1.0
_UNFINISHED = 0.7
"""What the text of a stub is worth beside that of a finished note."""
_WHOLE = "‿"
"""Ends a name that is indexed as one word: Pagefind counts the sign as a letter, and nobody types it."""


def record_page(record: Record) -> str:
    """The page of a record."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            *_metadata(record),
            *_filters(record),
            "</head>",
            "<body>",
            *_text(record),
            "</body>",
            "</html>",
            "",
        ]
    )


def _metadata(record: Record) -> Iterator[str]:
    # Metadata can be found like text, never stands in an excerpt, and adds to the rank by its field's weight.
    # A field weighs the same in all records, so that the names of lesser ones have a field of their own.
    names = "ranked_names" if record.finished else "ranked_lesser_names"
    fields = {
        "title": record.title,
        "authors": ", ".join(record.authors),
        "topics": ", ".join(record.topics),
        "kind": record.kind,
        "year": str(record.year or ""),
        "identifiers": " ".join(map(joined, record.identifiers)),
        "called": " ".join(_called(record)),
        "ranked_title": " ".join(_ranked([record.title])),
        names: " ".join(_ranked(record.names)),
        # Families as short as Li and Wu begin many others; words as short as `an` mean nothing by it.
        "ranked_authors": " ".join(_ranked(map(_family, record.authors), shortest=2)),
    }
    for name, value in fields.items():
        if value:
            yield f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'


def _ranked(texts: Iterable[str], shortest: int = 3) -> list[str]:
    """The words of some texts, without those that begin with another.

    Pagefind counts a word of the query once for each word of a field that begins with it, and cubes the sum:
    `llama` beside `llamaindex` would be worth eight times `llama` alone.
    """
    found = dict.fromkeys(word for text in texts for word in words(text))
    return [word for word in found if not any(word[:end] in found for end in range(shortest, len(word)))]


def _family(author: str) -> str:
    return author.rsplit(" ", 1)[-1]


def _called(record: Record) -> Iterator[str]:
    """Each name as one word: who types a whole name gets what bears it before all that mentions it."""
    head, colon, _ = record.title.partition(":")
    names = (
        *record.names,
        record.title,
        *([head] if colon else []),
        *record.authors,
        *map(_family, record.authors),
    )
    for name in dict.fromkeys(map(joined, names)):
        yield f"{name}{_WHOLE}"


def _filters(record: Record) -> Iterator[str]:
    years = (str(record.year),) if record.year else ()
    values = {"kind": (record.kind,), "topic": record.topics, "year": years, "author": record.authors}
    for name, several in values.items():
        for value in several:
            yield f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'


def _text(record: Record) -> Iterator[str]:
    scale = 1.0 if record.finished else _UNFINISHED
    for passage in record.passages:
        yield from _passage(passage, scale)
    if not record.passages:
        # A page without text would be left out of the index.
        yield f"<p>{escape(record.title, quote=False)}</p>"


def _passage(passage: Passage, scale: float) -> Iterator[str]:
    if passage.heading:
        anchor, text = escape(passage.anchor), escape(passage.heading, quote=False)
        yield f'<h2 id="{anchor}" data-pagefind-weight="{_HEADING * scale:g}">{text}</h2>'
    if passage.text:
        weight = (_CLAIM if passage.claims else _PROSE) * scale
        yield f'<p data-pagefind-weight="{weight:g}">{escape(passage.text, quote=False)}</p>'
