"""Rules for the claims of notes on works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.checks.kinds import works
from commonplace.library import Library
from commonplace.model import Claim, Diagnostic, Note
from commonplace.rules import diagnose


def no_claims(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """no-claims: of complete notes on works."""
    for note in works(notes):
        if not note.markup.claims and not library.is_stub(note):
            message = "a complete note has a list under the heading Claims; add one, or `status: stub`"
            yield diagnose("no-claims", note.front.place("ref"), message)


def claim_without_locator(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """claim-without-locator: of claims that are not marked unverified, which have no place yet."""
    for note in works(notes):
        for claim in note.markup.claims:
            if not claim.unverified and not any(cite.locator for cite in claim.cites):
                where = note.source.at(claim.span.start)
                yield diagnose("claim-without-locator", where, _lacking(claim))


def _lacking(claim: Claim) -> str:
    if not claim.cites:
        return "end the claim with its citation and the place in the work: [@key, §4.1]"
    key = claim.cites[0].key
    return f"name the place in the work where the claim stands: [@{key}, §4.1]"
