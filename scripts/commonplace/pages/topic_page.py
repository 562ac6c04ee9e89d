"""The page of a topic: its introduction, a comparison, a reading order, the relations between its works."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.generated import COMPARISON, READING, RELATED
from commonplace.library import Library
from commonplace.model import Note, Span
from commonplace.pages import markdown
from commonplace.pages.edit_line import edit_line
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose, page_path
from commonplace.pages.status import badge
from commonplace.plain_text import description, title_text
from commonplace.reference_text import first_year
from commonplace.relations import RELATIONS


def topic_page(library: Library, topic: Note) -> Page:
    """The page of a topic."""
    prose = Prose(library, page_path(topic))
    works = library.in_topic(topic.slug)
    title = library.title(topic)
    text = topic.source.text
    content = markdown.sections(
        f"# {markdown.title(title)} {{: .title }}",
        prose.note(topic, Span(topic.body_start, len(text))),
        _comparison(library, topic, works, prose),
        _reading(library, topic, works, prose),
        _relations(library, works, prose),
        edit_line(library, topic),
    )
    return Page(prose.page, title_text(title), content, description(library, topic), {"kind": "topic"})


def _comparison(library: Library, topic: Note, works: tuple[Note, ...], prose: Prose) -> str:
    """A row for each work that states one of the compared facts."""
    columns = topic.front.compare
    compared = [work for work in works if columns.keys() & work.front.facts.keys()]
    if not compared:
        return ""
    rows = ([prose.named(work), *_cells(work, list(columns), prose)] for work in compared)
    headings = ["Work", *map(prose.text, columns.values())]
    table = markdown.block(markdown.table(headings, rows), "comparison")
    return markdown.sections(f"## Comparison {{: #{COMPARISON} }}", table)


def _cells(work: Note, columns: list[str], prose: Prose) -> list[str]:
    cells = (prose.text(work.front.facts.get(name, "")) for name in columns)
    return [cell.replace("|", "&#124;") or "–" for cell in cells]


def _reading(library: Library, topic: Note, works: tuple[Note, ...], prose: Prose) -> str:
    lines = [
        f'1. {prose.named(work)} <span class="year">{_year(library, work)}</span>{badge(library, work)}'
        f"{_why(topic, work, prose)}"
        for work in works
    ]
    block = markdown.block("\n".join(lines), "reading") if lines else ""
    return markdown.sections(f"## In reading order {{: #{READING} }}", block) if lines else ""


def _year(library: Library, work: Note) -> str:
    reference = library.reference_of(work)
    return str((reference and first_year(reference)) or "")


def _why(topic: Note, work: Note, prose: Prose) -> str:
    why = topic.front.reading.get(work.slug, "")
    return f"  \n    {prose.text(why)}" if why else ""


def _relations(library: Library, works: tuple[Note, ...], prose: Prose) -> str:
    lines = [
        f"{prose.named(work)} {'; '.join(ties)}"
        for work in works
        if (ties := list(_within(library, work, works, prose)))
    ]
    block = markdown.block(markdown.items(lines), "relations")
    return markdown.sections(f"## How they are related {{: #{RELATED} }}", block) if lines else ""


def _within(library: Library, work: Note, works: tuple[Note, ...], prose: Prose) -> Iterator[str]:
    """The relations of a work to others of the same topic, a verb with its works each."""
    members = {other.front.ref for other in works}
    for name, kind in RELATIONS.items():
        related = [r.target for r in work.front.relations if r.kind == name and r.target in members]
        if related:
            yield f"{kind.verb} {markdown.listed([prose.named_work(key) for key in related])}"
