"""Writes a record as the small HTML page that Pagefind reads: what weighs, what is shown, what filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from commonplace.search.folding import joined, words
from commonplace.search.records import PATH, Passage, Record

# Weights within the text; what names, titles and authors add to them is set where the query is asked.
_HEADING = 3.0
_CLAIM = 2.0
_PROSE = 1.0
_LESSER = 0.5
"""What the text of a record that gives way is worth beside that of a finished note."""
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
    title, names = " ".join(_ranked([record.title])), " ".join(_ranked(record.names))
    path = record.kind == PATH
    fields = {
        "title": record.title,
        "authors": ", ".join(record.authors),
        "topics": ", ".join(record.topics),
        "kind": record.kind,
        "year": str(record.year or ""),
        "sorts": " ".join(_ranked(record.sorts)),
        "identifiers": " ".join([*map(joined, record.identifiers), *_years([record.published])]),
        "names": " ".join(record.names),
        **dict(_whole_names(record)),
        "ranked_title": "" if path else title,
        "ranked_names": "" if record.lesser else names,
        "ranked_lesser_names": names if record.lesser and not path else "",
        # A path's title is made of what works are called, which are meant where it is not said in full.
        "ranked_path": " ".join(_ranked([record.title, *record.names])) if path else "",
        # Families as short as Li and Wu begin many others; words as short as `an` mean nothing by it.
        "ranked_authors": " ".join(_ranked(map(_family, record.authors), shortest=2)),
        "ranked_first_author": " ".join(words(_family(record.authors[0]))) if record.authors else "",
    }
    # Each field stands in every page, empty or not, so that fields have the same numbers in every part.
    for name, value in fields.items():
        yield f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'


def _ranked(texts: Iterable[str], shortest: int = 3) -> list[str]:
    """The words of some texts; of two of which one begins with the other, only the first.

    Pagefind counts a word of the query once for each word of a field that begins with it, and cubes the sum:
    `llama` beside `llamaindex` would be worth eight times `llama` alone. The first names come first.
    """
    kept, seen, begun = list[str](), set[str](), set[str]()
    for word in dict.fromkeys(word for text in texts for word in words(text)):
        beginnings = {word[:end] for end in range(shortest, len(word))}
        if word not in begun and not beginnings & seen:
            kept.append(word)
        seen.add(word)
        begun |= beginnings
    return kept


def _family(author: str) -> str:
    return author.rsplit(" ", 1)[-1]


def _whole_names(record: Record) -> Iterator[tuple[str, str]]:
    """Each name as one word: who types a whole name gets what bears it before all that mentions it.

    No name stands in two fields, as Pagefind tells only one of them.
    """
    names = (*record.names, record.title)
    fields = {
        "name": [record.name],
        "called": names,
        "also_called": _what_others_say(record),
        "begun": _beginnings((record.name, *names)),
    }
    taken = set[str]()
    for field, several in fields.items():
        new = [name for name in dict.fromkeys(map(joined, several)) if name and name not in taken]
        taken.update(new)
        yield field, " ".join(f"{name}{_WHOLE}" for name in new)


def _what_others_say(record: Record) -> Iterator[str]:
    """The title to its colon, the authors, and the first of them with the year."""
    head, colon, _ = record.title.partition(":")
    families = [_family(author) for author in record.authors]
    yield from (head,) if colon else ()
    yield from (*record.authors, *families)
    for year in _years([record.year, record.published]):
        yield from ("".join([*families[:number], year]) for number in (1, 2) if families)


def _beginnings(names: Iterable[str]) -> Iterator[str]:
    """The first words of each name: `low-rank` of `low-rank adaptation`."""
    for several in map(words, names):
        yield from ("".join(several[:number]) for number in (2, 3) if number < len(several))


def _years(several: Iterable[int | None]) -> list[str]:
    return [str(year) for year in several if year]


def _filters(record: Record) -> Iterator[str]:
    years = (str(record.year),) if record.year else ()
    values = {"kind": (record.kind,), "topic": record.topics, "year": years, "author": record.authors}
    for name, several in values.items():
        for value in several:
            yield f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'


def _text(record: Record) -> Iterator[str]:
    scale = _LESSER if record.lesser else 1.0
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
