"""Rules for citations: their keys and their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commonplace.checks.passages import passages
from commonplace.library import Library
from commonplace.model import Citation, Diagnostic, Note
from commonplace.rules import diagnose
from commonplace.suggestion import Guesses

_REST = re.compile(r"[^\[\]\n]*+(?P<link>\][(\[])?")


def unknown_citation(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unknown-citation: at each key."""
    guesses = Guesses(library.references)
    for passage in passages(notes):
        for citation in passage.markup.of(Citation):
            for cite in citation.cites:
                if cite.key not in library.references:
                    message = f"no '{cite.key}' in refs.bib{guesses.for_word(cite.key)}"
                    yield diagnose("unknown-citation", passage.at(cite.start), message)


def malformed_citation(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """malformed-citation: a bracket before a key, in a form that the grammar reads as running text."""
    for passage in passages(notes):
        for citation in passage.markup.of(Citation):
            start, end = citation.span.start, citation.span.end
            if citation.narrative and passage.text.endswith(("[", "[-"), 0, start):
                rest = _REST.match(passage.text, end)
                if not (rest and rest["link"]):
                    message = "a citation in brackets reads [@key], [@key, place] or [@a; @b]"
                    yield diagnose("malformed-citation", passage.at(start), message)
