"""The page of a note on a work."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from commonplace.claim_standing import ClaimStanding, ClaimState, claim_standing, claims_in_words
from commonplace.generated import HEALTH, REFERENCES, check_anchor
from commonplace.library import Library
from commonplace.markup.claims import section
from commonplace.markup.commonmark import opening_paragraph
from commonplace.markup.shown import as_shown
from commonplace.model import Claim, Heading, Note, Reference, Span
from commonplace.pages import markdown
from commonplace.pages.demo_section import demo_section, duration
from commonplace.pages.edit_line import edit_line
from commonplace.pages.lineage import lineage
from commonplace.pages.mentions import cited_in
from commonplace.pages.page import Page, relative
from commonplace.pages.prose import Edit, Prose, page_path
from commonplace.pages.reference_entry import entry
from commonplace.pages.standing import State, standing
from commonplace.pages.works import Works
from commonplace.plain_text import description, title_text
from commonplace.reference_text import addresses, all_authors, first_year, venue

# What stands out at a note's beginning is words: not a picture, a formula, a table or HTML.
_NO_LEAD = re.compile(r"[>|<!]|\$\$")
_BLANK_LINES = re.compile(r"(?:[ \t]*+\n)*+")
_STUB = "This note is a stub: it says what the work is about, and waits for someone to read it closely."
_MOST_AUTHORS = 12
"""Authors named in a byline; a longer list names the first ones and says how many follow."""


def note_page(library: Library, note: Note, works: Works | None = None) -> Page:
    """The page of a note: what the work is, what was written of it, and what surrounds it.

    Of `works` that other pages have put into words already, it takes them.
    """
    reference = library.reference_of(note)
    prose = Prose(library, page_path(note), note.front.ref, works)
    parts = _parts(note)
    title = library.title(note)
    content = markdown.sections(
        _topics(library, note, prose),
        f"# {markdown.title(title)} {{.title}}",
        _byline(reference) if reference else "",
        _links(library, note, reference, prose) if reference else "",
        markdown.block(_STUB, "stub") if library.is_stub(note) else "",
        markdown.block(prose.note(note, parts.lead), "lead") if parts.lead.start < parts.lead.end else "",
        lineage(library, note, prose),
        prose.note(note, parts.text),
        _claims(library, note, parts.claims, prose),
        demo_section(library, note),
        prose.note(note, parts.rest),
        cited_in(library, note.front.ref, prose),
        _references(library, note, prose),
        edit_line(library, note),
    )
    return Page(prose.page, title_text(title), content, description(library, note), {"kind": "note"})


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a note's body: its opening paragraph, its text, its claims, what follows them."""

    lead: Span
    text: Span
    claims: Span
    rest: Span


def _parts(note: Note) -> Parts:
    text = note.source.text
    start = _BLANK_LINES.match(text, note.body_start).end()  # type: ignore[union-attr] # it matches nothing as well
    claims = section(text, note.markup.tokens) or Span(len(text), len(text))
    middle = start + (0 if _NO_LEAD.match(text, start) else _opening(note, start))
    listed = next((h.span.end for h in note.markup.of(Heading) if h.span.start == claims.start), claims.end)
    return Parts(
        Span(start, middle), Span(middle, claims.start), Span(listed, claims.end), Span(claims.end, len(text))
    )


def _opening(note: Note, start: int) -> int:
    """How long the paragraph is that a note begins with at `start`: before its first heading."""
    text, tokens = note.source.text, note.markup.tokens
    headings = (heading.span.start for heading in note.markup.of(Heading))
    end = next((heading for heading in headings if heading >= start), len(text))
    before = tokens[: bisect_left(tokens, end, key=attrgetter("span.start"))]
    return opening_paragraph(as_shown(text, before)[start:end])


def _topics(library: Library, note: Note, prose: Prose) -> str:
    topics = [library.topics[slug] for slug in note.front.topics if slug in library.topics]
    return markdown.block(markdown.dotted(map(prose.named, topics)), "topics") if topics else ""


def _byline(reference: Reference) -> str:
    named = all_authors(reference)
    if len(reference.authors) > _MOST_AUTHORS:
        first = ", ".join(str(author) for author in reference.authors[:3])
        named = f"{first} and {len(reference.authors) - 3} others"
    parts = [named, str(first_year(reference) or ""), venue(reference)]
    return markdown.block(markdown.dotted(map(markdown.escape, parts)), "byline")


def _links(library: Library, note: Note, reference: Reference, prose: Prose) -> str:
    parts = [markdown.link(name, address) for name, address in addresses(reference)]
    if note.front.code:
        parts.append(markdown.link("code", note.front.code))
    parts.append(markdown.link("cite", prose.entry(reference.key)))
    found = standing(library, reference)
    if found.state is not State.UNREGISTERED:
        parts.append(markdown.link(found.words, relative(HEALTH, prose.page)))
    return markdown.block(markdown.dotted([*parts, claims_in_words(library, note)]), "links")


def _claims(library: Library, note: Note, span: Span, prose: Prose) -> str:
    """The section of claims, each with its place in the work and its status in place of what ends it."""
    if span.start >= span.end:
        return ""
    ends = (
        Edit(claim.text.end, claim.span.end, _end(claim, claim_standing(library, note, claim), prose))
        for claim in note.markup.claims
    )
    listed = markdown.block(prose.note(note, span, *ends), "claims")
    return markdown.sections("## Claims {#claims}", listed)


_WORDS = {
    ClaimState.UNTESTED: "its check has not been run",
    ClaimState.UNVERIFIED: "unverified",
    ClaimState.STATED: "from the paper",
}


def _end(claim: Claim, standing: ClaimStanding, prose: Prose) -> str:
    """The place of a claim and how it stands; what is tested leads to its check."""
    status = f'<span class="status {standing.state}">{_status(standing)}</span>'
    return f' <span class="place">{prose.cites(claim.cites)} {status}</span>'


def _status(standing: ClaimStanding) -> str:
    finding = standing.finding
    if not finding or standing.state not in (ClaimState.TESTED, ClaimState.FAILING):
        return _WORDS[standing.state]
    words = f"✓ tested in {duration(finding.seconds)}" if finding.passed else "✗ its check fails"
    return markdown.link(f"{words} ▸", f"#{check_anchor(finding.name)}")


def _references(library: Library, note: Note, prose: Prose) -> str:
    cited = [key for key in note.outline.cites if key in library.references]
    cited.sort(key=lambda key: prose.works[key].order)
    lines = [entry(library, library.references[key], prose) for key in cited]
    heading = f"## References {{#{REFERENCES}}}"
    return markdown.sections(heading, markdown.block(markdown.items(lines), "references")) if lines else ""
