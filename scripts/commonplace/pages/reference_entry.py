"""A reference as it stands in a list: authors, title, venue, addresses."""

from __future__ import annotations

from commonplace.library import Library
from commonplace.model import Reference
from commonplace.pages import markdown
from commonplace.pages.prose import Prose
from commonplace.reference_text import all_authors, arxiv_id, first_year, kind, short_authors, venue

_MOST_AUTHORS = 8
"""Authors named in a list of references."""


def entry(library: Library, reference: Reference, prose: Prose) -> str:
    """One line: who, when, what (linked to the note on it, if there is one), where, and the addresses."""
    long = len(reference.authors) > _MOST_AUTHORS
    authors = short_authors(reference) if long else all_authors(reference)
    title = markdown.title(reference.title)
    note = library.note_on(reference.key)
    linked = (
        markdown.link(title, prose.work(reference.key)) if note and reference.key != prose.subject else title
    )
    details = [
        markdown.escape(venue(reference)),
        *(markdown.link(name, url) for name, url in addresses(reference)),
    ]
    who = f"{markdown.escape(authors)} " if authors else ""
    stop = "" if reference.title.endswith(("?", "!")) else "."
    where = markdown.dotted(details)
    return f"{who}({first_year(reference) or 'n.d.'}). {linked}{stop} {where}"


def addresses(reference: Reference) -> list[tuple[str, str]]:
    """Where the work can be had: what a link is called, and its address."""
    preprint, fields = arxiv_id(reference), reference.fields
    found = [("abstract", preprint.url), ("PDF", preprint.pdf)] if preprint else []
    if fields.get("doi"):
        found.append(("DOI", f"https://doi.org/{fields['doi']}"))
    url = fields.get("url", "")
    return found if not url or (preprint and url == preprint.url) else [*found, (kind(reference), url)]
