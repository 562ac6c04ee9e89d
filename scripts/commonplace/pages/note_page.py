"""The page of a note on a work."""

from __future__ import annotations

from commonplace.library import Library
from commonplace.markup.claims import section
from commonplace.model import Claim, Note, Reference, Span
from commonplace.pages import markdown
from commonplace.pages.edit_line import edit_line
from commonplace.pages.lineage import lineage
from commonplace.pages.mentions import cited_in
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose, page_path
from commonplace.pages.reference_entry import addresses, entry
from commonplace.plain_text import description, title_text
from commonplace.reference_text import all_authors, first_year, sort_key, venue

_STUB = "This note is a stub: it says what the work is about, and waits for someone to read it closely."
_MOST_AUTHORS = 12
"""Authors named in a byline; a longer list names the first ones and says how many follow."""


def note_page(library: Library, note: Note) -> Page:
    """The page of a note: what the work is, what was written of it, and what surrounds it."""
    reference = library.reference_of(note)
    prose = Prose(library, page_path(note), note.front.ref)
    lead, body = _halves(note)
    title = library.title(note)
    content = markdown.sections(
        _topics(library, note, prose),
        f"# {markdown.title(title)} {{: .title }}",
        _byline(reference) if reference else "",
        _links(note, reference, prose) if reference else "",
        markdown.classed(_STUB, "stub") if library.is_stub(note) else "",
        markdown.classed(prose.note(note, lead), "lead") if lead.start < lead.end else "",
        lineage(library, note, prose),
        prose.note(note, body),
        _claims(note, prose),
        cited_in(library, note.front.ref, prose),
        _references(library, note, prose),
        edit_line(library, note),
    )
    return Page(prose.page, title_text(title), content, description(library, note), {"kind": "note"})


def _halves(note: Note) -> tuple[Span, Span]:
    """The opening paragraph, then the rest up to the claims."""
    text = note.source.text
    claims = section(text, note.markup.tokens)
    start = note.body_start + len(text[note.body_start :]) - len(text[note.body_start :].lstrip())
    last = claims.start if claims else len(text)
    end = text.find("\n\n", start, last)
    middle = end if end >= 0 else last
    if text.startswith("#", start):
        middle = start
    return Span(start, middle), Span(middle, last)


def _topics(library: Library, note: Note, prose: Prose) -> str:
    topics = [library.topics[slug] for slug in note.front.topics if slug in library.topics]
    return markdown.classed(" · ".join(map(prose.named, topics)), "topics") if topics else ""


def _byline(reference: Reference) -> str:
    named = all_authors(reference)
    if len(reference.authors) > _MOST_AUTHORS:
        first = ", ".join(str(author) for author in reference.authors[:3])
        named = f"{first} and {len(reference.authors) - 3} others"
    parts = [named, str(first_year(reference) or ""), venue(reference)]
    return markdown.classed(" · ".join(markdown.escape(part) for part in parts if part), "byline")


def _links(note: Note, reference: Reference, prose: Prose) -> str:
    parts = [markdown.link(name, address) for name, address in addresses(reference)]
    if note.front.code:
        parts.append(markdown.link("code", note.front.code))
    parts.append(markdown.link("cite", prose.entry(reference.key)))
    claims = note.markup.claims
    unverified = sum(claim.unverified for claim in claims)
    counts = markdown.count(len(claims), "claim") + (f", {unverified} unverified" if unverified else "")
    return markdown.classed(" · ".join([*parts, *([counts] if claims else [])]), "links")


def _claims(note: Note, prose: Prose) -> str:
    """The claims as a list: each with its status, its words and its place in the work."""
    claims = note.markup.claims
    if not claims:
        return ""
    lines = (_claim(note, claim, prose) for claim in claims)
    return markdown.sections("## Claims {: #claims }", markdown.block(markdown.items(lines), "claims"))


def _claim(note: Note, claim: Claim, prose: Prose) -> str:
    status, words = ("unverified", "unverified") if claim.unverified else ("stated", "from the paper")
    places = prose.cites(claim.cites)
    text = " ".join(prose.note(note, claim.text).split("\n"))
    return f'{text} <span class="place">{places} <span class="status {status}">{words}</span></span>'


def _references(library: Library, note: Note, prose: Prose) -> str:
    cited = [library.references[key] for key in library.cited_by(note) if key in library.references]
    lines = [entry(library, reference, prose) for reference in sorted(cited, key=sort_key)]
    heading = "## References {: #references }"
    return markdown.sections(heading, markdown.block(markdown.items(lines), "references")) if lines else ""
