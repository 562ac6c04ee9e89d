"""The page of every reference: where it is cited, and its BibTeX to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape as escape_html

from commonplace.generated import BIBLIOGRAPHY
from commonplace.library import Library
from commonplace.model import Reference
from commonplace.pages import markdown
from commonplace.pages.page import Page, relative
from commonplace.pages.pager import first
from commonplace.pages.prose import Prose, shelf_path
from commonplace.pages.reference_entry import entry
from commonplace.reference_text import sort_key

_MOST_CITING = 50
"""Notes named as citing a work."""


def bibliography_page(library: Library) -> Page:
    """Every reference by author and year, each with an anchor of its key; or where each part of them is."""
    prose = Prose(library, BIBLIOGRAPHY)
    number = markdown.count(len(library.references), "work")
    parts = library.by_shelf
    content = markdown.sections(
        "# Bibliography {.title}",
        f"{number} that the notes are about or cite. Each entry's BibTeX can be copied.",
        *_entries(library, parts.get("", ()), prose),
        markdown.items(_shelf_line(shelf, len(held)) for shelf, held in sorted(parts.items()) if shelf),
    )
    settings = {"kind": "index", "hide": ["toc"]}
    return Page(BIBLIOGRAPHY, "Bibliography", content, "Every work that a note is about or cites.", settings)


def shelf_page(library: Library, shelf: str) -> Page:
    """The references of one part of a long bibliography."""
    prose = Prose(library, shelf_path(shelf))
    title = f"Bibliography: {_named(shelf)}"
    content = markdown.sections(
        f"# {title} {{.title}}",
        markdown.link("The whole bibliography", relative(BIBLIOGRAPHY, prose.page)),
        *_entries(library, library.by_shelf[shelf], prose),
    )
    settings = {"kind": "index", "hide": ["toc"]}
    return Page(prose.page, title, content, "A part of the bibliography.", settings)


def _entries(library: Library, references: Sequence[Reference], prose: Prose) -> Iterator[str]:
    for reference in sorted(references, key=sort_key):
        yield _reference(library, reference, prose)


def _shelf_line(shelf: str, number: int) -> str:
    where = relative(shelf_path(shelf), BIBLIOGRAPHY)
    return f'{markdown.link(_named(shelf), where)} <span class="year">{number}</span>'


def _named(shelf: str) -> str:
    """The letters of a shelf as they are read: `Li 20…`."""
    return f"{shelf.replace('_', ' ').capitalize()}…"


def _reference(library: Library, reference: Reference, prose: Prose) -> str:
    line = markdown.block(entry(library, reference, prose), "reference", anchor=reference.key)
    return markdown.sections(line, _cited_in(library, reference, prose), _bibtex(reference))


def _cited_in(library: Library, reference: Reference, prose: Prose) -> str:
    links = ", ".join(first([*map(prose.named, library.citing(reference.key))], _MOST_CITING))
    return markdown.block(f"Cited in {links}", "cited-in") if links else ""


def _bibtex(reference: Reference) -> str:
    # A blank line inside raw HTML would end it for some engines; BibTeX needs none.
    lines = "\n".join(line for line in reference.bibtex.splitlines() if line.strip())
    code = escape_html(lines, quote=False)
    return f'<details class="bibtex"><summary>BibTeX</summary><pre><code>{code}</code></pre></details>'
