"""The page of open questions: stubs, what could not be confirmed, works that nobody has written about."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.claim_standing import ClaimState, claim_standing
from commonplace.folding import fold
from commonplace.generated import HEALTH, OPEN_QUESTIONS
from commonplace.library import Library
from commonplace.markup.sentences import sentence_around
from commonplace.model import Note, Unverified
from commonplace.pages import markdown
from commonplace.pages.page import Page, relative
from commonplace.pages.pager import first
from commonplace.pages.prose import Prose
from commonplace.pages.reference_entry import entry
from commonplace.reference_text import sort_key

_MOST = 200
"""Lines of one section; what is done makes room for the next."""


def open_page(library: Library) -> Page:
    """What is left to do, a section for each sort of thing."""
    prose = Prose(library, OPEN_QUESTIONS)
    stubs = sorted(filter(library.is_stub, library.works), key=lambda work: fold(library.name(work)))
    unnoted = [r for r in library.references.values() if not library.note_on(r.key)]
    failing = list(_failing(library, prose))
    health = relative(HEALTH, OPEN_QUESTIONS)
    content = markdown.sections(
        "# Open questions {.title}",
        "What could be done next: finish a stub, confirm a number, write about a work that is only cited.",
        f"What the registries say of every reference: {markdown.link('link health', health)}.",
        _section("Failing", "failing", failing, "") if failing else "",
        _section("Stubs", "stubs", list(map(prose.named, stubs)), "Every note is complete."),
        _section(
            "Unverified", "unverified", list(_unverified(library, prose)), "No statement is unverified."
        ),
        _section(
            "References without a note",
            "without-a-note",
            [entry(library, reference, prose) for reference in sorted(unnoted, key=sort_key)],
            "Every reference has a note.",
        ),
    )
    return Page(OPEN_QUESTIONS, "Open questions", content, "What is left to do.", {"kind": "index"})


def _section(heading: str, anchor: str, lines: list[str], none: str) -> str:
    count = f' <span class="year">{len(lines)}</span>' if lines else ""
    listed = markdown.block(markdown.items(first(lines, _MOST)), f"open-{anchor}") if lines else none
    return markdown.sections(f"## {heading}{count} {{#{anchor}}}", listed)


def _failing(library: Library, prose: Prose) -> Iterator[str]:
    """Each claim whose check fails, with what the check found."""
    for note in library.works:
        for claim in note.markup.claims:
            standing = claim_standing(library, note, claim)
            if standing.finding and standing.state is ClaimState.FAILING:
                found = f'<span class="failing">{markdown.escape(standing.finding.said)}</span>'
                yield f"{prose.named(note)}: {_line(prose.note(note, claim.text))} {found}"


def _unverified(library: Library, prose: Prose) -> Iterator[str]:
    """Each unverified claim and statement, with the note that makes it."""
    for note in library.notes:
        for claim in note.markup.claims:
            if claim.unverified:
                yield f"{prose.named(note)}: {_line(prose.note(note, claim.text))}"
        yield from _marked(note, prose)


def _marked(note: Note, prose: Prose) -> Iterator[str]:
    for mark in note.markup.of(Unverified):
        span = sentence_around(note.source.text, mark.span.start, note.markup, note.body_start)
        yield f"{prose.named(note)}: {_line(prose.note(note, span))}"


def _line(text: str) -> str:
    return " ".join(text.split())
