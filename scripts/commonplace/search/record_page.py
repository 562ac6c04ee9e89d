"""Writes a record as the small HTML page that Pagefind reads: what weighs how much, what is shown, what filters."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from commonplace.search.records import Passage, Record

# Names, titles and authors are metadata: Pagefind adds what they are worth to the rank of the text, by the
# weights in the page's script, and they never stand in an excerpt. Weights here are those within the text.
_HEADING = 3.0
_CLAIM = 2.0
_PROSE = 1.0
_STUB = 0.7
"""What the text of a stub is worth beside that of a finished note."""


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
    shown = {
        "title": record.title,
        "names": ", ".join(record.names),
        "authors": ", ".join(record.authors),
        "topics": ", ".join(record.topics),
        "kind": record.kind,
        "year": str(record.year or ""),
    }
    for name, value in shown.items():
        if value:
            yield f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'


def _filters(record: Record) -> Iterator[str]:
    years = (str(record.year),) if record.year else ()
    values = {"kind": (record.kind,), "topic": record.topics, "year": years, "author": record.authors}
    for name, several in values.items():
        for value in several:
            yield f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'


def _text(record: Record) -> Iterator[str]:
    scale = _STUB if record.stub else 1.0
    for passage in record.passages:
        yield from _passage(passage, scale)
    if not record.passages:
        # A page without text would be left out of the index.
        yield f"<p>{escape(record.title, quote=False)}</p>"


def _passage(passage: Passage, scale: float) -> Iterator[str]:
    if passage.heading:
        anchor, words = escape(passage.anchor), escape(passage.heading, quote=False)
        yield f'<h2 id="{anchor}" data-pagefind-weight="{_HEADING * scale:g}">{words}</h2>'
    if passage.text:
        weight = (_CLAIM if passage.claims else _PROSE) * scale
        yield f'<p data-pagefind-weight="{weight:g}">{escape(passage.text, quote=False)}</p>'
