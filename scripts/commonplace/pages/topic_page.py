"""The page of a topic: its introduction, a comparison, a reading order, the relations between its works."""

from __future__ import annotations

from commonplace.generated import COMPARISON, READING
from commonplace.library import Library
from commonplace.model import Note, Span
from commonplace.pages import markdown, related
from commonplace.pages.edit_line import edit_line
from commonplace.pages.lineage import lineage
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose, page_path
from commonplace.pages.reading_list import reading_list
from commonplace.plain_text import description, title_text


def topic_page(library: Library, topic: Note) -> Page:
    """The page of a topic."""
    prose = Prose(library, page_path(topic))
    works = library.in_topic(topic.slug)
    title = library.title(topic)
    text = topic.source.text
    before = markdown.sections(
        f"# {markdown.title(title)} {{.title}}",
        markdown.block(_counts(works), "counts"),
        prose.note(topic, Span(topic.body_start, len(text))),
        lineage(library, topic, prose),
        _comparison(library, topic, works, prose),
        _reading(library, topic, works, prose),
    )
    sentences = related.sentences(library, works, prose)
    before = markdown.sections(before, related.HEADING if sentences else "")
    picture = related.picture(library, works, prose)
    return Page(
        path=prose.page,
        title=title_text(title),
        body=f"{before}\n{markdown.sections(sentences, edit_line(library, topic))}",
        description=description(library, topic),
        settings={"kind": "topic"},
        drawings={len(before): picture} if picture else {},
    )


def _counts(works: tuple[Note, ...]) -> str:
    """How much there is to read, and how much of it can be run."""
    claims = [claim for work in works for claim in work.markup.claims]
    tested = sum(bool(claim.check) for claim in claims)
    return markdown.dotted(
        [
            markdown.count(len(works), "work"),
            markdown.count(len(claims), "claim") if claims else "",
            f"{tested:,} tested" if tested else "",
        ]
    )


def _comparison(library: Library, topic: Note, works: tuple[Note, ...], prose: Prose) -> str:
    """A row for each work that states at least half of the compared facts; fewer would compare nothing."""
    columns = topic.front.compare
    stated = {work.path: len(columns.keys() & work.front.facts.keys()) for work in works}
    compared = [work for work in works if 0 < len(columns) <= 2 * stated[work.path]]
    if not compared:
        return ""
    rows = ([prose.named(work), *_cells(work, list(columns), prose)] for work in compared)
    headings = ["Work", *map(prose.text, columns.values())]
    table = markdown.block(markdown.table(headings, rows), "comparison")
    return markdown.sections(f"## Comparison {{#{COMPARISON}}}", table)


def _cells(work: Note, columns: list[str], prose: Prose) -> list[str]:
    cells = (prose.text(work.front.facts.get(name, "")) for name in columns)
    return [cell.replace("|", "&#124;") or "–" for cell in cells]


def _reading(library: Library, topic: Note, works: tuple[Note, ...], prose: Prose) -> str:
    listed = reading_list(library, works, topic.front.reading, prose)
    return markdown.sections(f"## In reading order {{#{READING}}}", listed) if listed else ""
