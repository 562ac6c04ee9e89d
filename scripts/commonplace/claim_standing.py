"""Says how a claim stands: tested by its demo, failing there, taken from the paper, or unverified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonplace.demo import Finding
from commonplace.library import Library
from commonplace.model import Claim, Note


class ClaimState(StrEnum):
    """How a claim stands."""

    FAILING = "failing"
    UNTESTED = "untested"
    """It names a check that has not been run."""
    UNVERIFIED = "unverified"
    TESTED = "tested"
    STATED = "stated"
    """It carries its place in the work, and no more."""


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """A state, with what the check came to where one was run."""

    state: ClaimState
    finding: Finding | None = None


def claim_standing(library: Library, note: Note, claim: Claim) -> ClaimStanding:
    """How a claim of a note stands; a check that fails outweighs what the note says of it."""
    run = library.runs.get(note.path) if claim.check else None
    finding = run.finding(claim.check) if run else None
    if finding and not finding.passed:
        return ClaimStanding(ClaimState.FAILING, finding)
    if claim.unverified:
        return ClaimStanding(ClaimState.UNVERIFIED, finding)
    if finding:
        return ClaimStanding(ClaimState.TESTED, finding)
    return ClaimStanding(ClaimState.UNTESTED if claim.check else ClaimState.STATED)


def claims_in_words(library: Library, note: Note) -> str:
    """The number of a note's claims, with what is to be said of some: `5 claims, 4 tested, 1 unverified`."""
    counts = counted_claims(library, note)
    claims = len(note.markup.claims)
    told = (ClaimState.TESTED, ClaimState.FAILING, ClaimState.UNVERIFIED)
    states = (f"{counts[state]} {state}" for state in told if counts[state])
    return ", ".join([f"{claims} claim{'' if claims == 1 else 's'}", *states]) if claims else ""


def counted_claims(library: Library, *notes: Note) -> Mapping[ClaimState, int]:
    """How many claims of some notes stand how."""
    states = [claim_standing(library, note, claim).state for note in notes for claim in note.markup.claims]
    return {state: states.count(state) for state in ClaimState}
