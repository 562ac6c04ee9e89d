"""The home page: what the book is, what is in it, what is new."""

from __future__ import annotations

from commonplace.claim_standing import ClaimState, counted_claims
from commonplace.generated import BIBLIOGRAPHY, HOME, OPEN_QUESTIONS, PAPERS, TOPICS
from commonplace.library import Library
from commonplace.model import Note, Span
from commonplace.pages import markdown
from commonplace.pages.page import Page, relative
from commonplace.pages.pager import first
from commonplace.pages.path_page import length
from commonplace.pages.prose import Prose
from commonplace.pages.status import badge

_TOPICS = 60
"""Topics named here; the page of topics has them all."""
_NEWEST = 10
"""Notes in the list of the newest."""


def home_page(library: Library, note: Note | None) -> Page:
    """The home page, opened by what notes/index.md says where there is one."""
    prose = Prose(library, HOME)
    title = library.title(note) if note and note.front.title else "Commonplace"
    words = prose.note(note, Span(note.body_start, len(note.source.text))) if note else ""
    all_topics = f" in {markdown.link('all topics', relative(TOPICS, HOME))}"
    content = markdown.sections(
        f"# {markdown.title(title)} {{.title}}",
        words,
        markdown.block(_counts(library), "counts"),
        "## Topics {#topics}",
        markdown.block(markdown.items(first(_topics(library, prose), _TOPICS, all_topics)), "topic-list"),
        "## Paths {#paths}" if library.paths else "",
        markdown.block(markdown.items(_paths(library, prose)), "topic-list") if library.paths else "",
        "## Newest notes {#newest}",
        markdown.block(markdown.items(_newest(library, prose)), "newest"),
    )
    return Page(HOME, title, content, "Reading notes on papers, checked and searchable.", {"kind": "home"})


def _counts(library: Library) -> str:
    """How much there is, each number a link to where it can be seen."""
    works = library.works
    claims = counted_claims(library, *works)
    tested = claims[ClaimState.TESTED]
    stubs = sum(map(library.is_stub, works))
    return markdown.dotted(
        [
            markdown.link(markdown.count(len(works), "note"), PAPERS),
            markdown.count(sum(claims.values()), "claim") + (f", {tested:,} tested" if tested else ""),
            markdown.link(markdown.count(len(library.references), "reference"), BIBLIOGRAPHY),
            *([markdown.link(f"{markdown.count(stubs, 'stub')} to finish", OPEN_QUESTIONS)] if stubs else []),
        ]
    )


def _topics(library: Library, prose: Prose) -> list[str]:
    topics = sorted(library.topics.values(), key=library.title)
    return [
        f'{prose.named(topic)} <span class="year">{len(library.in_topic(topic.slug))}</span>'
        for topic in topics
    ]


def _paths(library: Library, prose: Prose) -> list[str]:
    paths = sorted(library.paths.values(), key=library.title)
    return [f'{prose.named(path)} <span class="year">{length(library, path)}</span>' for path in paths]


def _newest(library: Library, prose: Prose) -> list[str]:
    """The latest notes, complete ones before stubs of the same day."""
    dated = [work for work in library.works if work.front.added]
    dated.sort(key=lambda work: (str(work.front.added), not library.is_stub(work)), reverse=True)
    return [
        f'{prose.named(work)}{badge(library, work)} <span class="year">{work.front.added}</span>'
        for work in dated[:_NEWEST]
    ]
