"""The page of every reference: where it is cited, and its BibTeX to copy."""

from __future__ import annotations

from html import escape as escape_html

from commonplace.generated import BIBLIOGRAPHY
from commonplace.library import Library
from commonplace.model import Reference
from commonplace.pages import markdown
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose
from commonplace.pages.reference_entry import entry
from commonplace.reference_text import sort_key


def bibliography_page(library: Library) -> Page:
    """Every reference by author and year, each with an anchor of its key."""
    prose = Prose(library, BIBLIOGRAPHY)
    references = sorted(library.references.values(), key=sort_key)
    number = markdown.count(len(references), "work")
    content = markdown.sections(
        "# Bibliography {: .title }",
        f"{number} that the notes are about or cite. Each entry's BibTeX can be copied.",
        *(_reference(library, reference, prose) for reference in references),
    )
    settings = {"kind": "index", "hide": ["toc"]}
    return Page(BIBLIOGRAPHY, "Bibliography", content, "Every work that a note is about or cites.", settings)


def _reference(library: Library, reference: Reference, prose: Prose) -> str:
    line = f"{entry(library, reference, prose)}\n{{: #{reference.key} .reference }}"
    return markdown.sections(line, _cited_in(library, reference, prose), _bibtex(reference))


def _cited_in(library: Library, reference: Reference, prose: Prose) -> str:
    notes = dict.fromkeys(mention.note.path for mention in library.mentions.get(reference.key, ()))
    by_path = {note.path: note for note in library.notes}
    links = ", ".join(prose.named(by_path[path]) for path in notes)
    return markdown.classed(f"Cited in {links}", "cited-in") if links else ""


def _bibtex(reference: Reference) -> str:
    # A blank line inside raw HTML would end it for some engines; BibTeX needs none.
    lines = "\n".join(line for line in reference.bibtex.splitlines() if line.strip())
    code = escape_html(lines, quote=False)
    return f'<details class="bibtex"><summary>BibTeX</summary><pre><code>{code}</code></pre></details>'
