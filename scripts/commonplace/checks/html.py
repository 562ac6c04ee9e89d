"""Rules for what could run in a reader's browser, or never reach it: tags, attributes, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commonplace.checks.passages import Passage, passages
from commonplace.library import Library
from commonplace.markup.html import address_fault, attribute_fault, tag_fault
from commonplace.model import Attributes, Diagnostic, Link, Note, Span, Tag
from commonplace.rules import diagnose

_PAIR = re.compile(
    r"""(?<![^\s{}:=.#"'])(?P<name>[^\s{}:=.#"'][^\s{}=]*+)\s*+=\s*+["']?(?P<value>[^\s"'}]*+)"""
)
_MARKS = re.compile(r"\{\s*(?:(?:unverified|check=\w+)\s*)+\}")


def unsafe_html(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unsafe-html: tags as written, and the attributes in braces."""
    for passage in passages(notes):
        for tag in passage.markup.of(Tag):
            if fault := tag_fault(tag.text):
                yield diagnose("unsafe-html", passage.at(tag.span.start), fault)
        for braces in passage.markup.of(Attributes):
            if fault := _braces_fault(braces):
                yield diagnose("unsafe-html", passage.at(braces.span.start), fault)


def _braces_fault(braces: Attributes) -> str | None:
    """Why the attributes in braces may not stand in a note, if one of them can run code."""
    for match in _PAIR.finditer(braces.text):
        name, value = match["name"].lower(), match["value"]
        if name.startswith("on") or name in ("style", "href", "src", "srcdoc", "formaction"):
            return attribute_fault("a", name, value) or f"the attribute '{name}' is not allowed in braces"
    return None


def misplaced_attributes(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """misplaced-attributes: braces that are neither a claim's marks nor unsafe."""
    for passage in passages(notes):
        ends = {_end(passage.text, claim.span) for claim in passage.markup.claims}
        for braces in passage.markup.of(Attributes):
            if not _braces_fault(braces) and not _marks_claim(braces, passage, ends):
                message = f"{braces.text} has no effect here and is not shown; a plain brace is \\{{"
                yield diagnose("misplaced-attributes", passage.at(braces.span.start), message)


def _end(text: str, span: Span) -> int:
    return span.start + len(text[span.start : span.end].rstrip())


def _marks_claim(braces: Attributes, passage: Passage, ends: set[int]) -> bool:
    return bool(_MARKS.fullmatch(braces.text)) and braces.span.end in ends


def unsafe_address(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unsafe-address: of links and images in notes."""
    for passage in passages(notes):
        for link in passage.markup.of(Link):
            if fault := address_fault(link.url):
                yield diagnose("unsafe-address", passage.at(link.url_start), fault)


def unsafe_address_of_work(library: Library) -> Iterator[Diagnostic]:
    """unsafe-address: of the works in the registry."""
    for reference in library.references.values():
        if fault := address_fault(reference.fields.get("url", "")):
            yield diagnose("unsafe-address", reference.place("url"), fault)
