"""Says how a reference stands with the registries, going by what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commonplace.answer_findings import latest, registry_name
from commonplace.answers import Answer
from commonplace.identity import Match, judge, work_of
from commonplace.library import Library
from commonplace.model import Reference
from commonplace.reference_identifiers import named_identifiers


class State(StrEnum):
    """How a reference stands, the worst first."""

    ABSENT = "no such work"
    WRONG = "another work"
    WITHDRAWN = "withdrawn"
    UNSURE = "in doubt"
    UNCHECKED = "not yet checked"
    CHECKED = "checked"
    UNREGISTERED = "no identifier"


_ORDER = tuple(State)


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, with its words: `checked against arXiv on 2026-11-21, v3`."""

    state: State
    words: str


def standing(library: Library, reference: Reference) -> Standing:
    """How the worst of a reference's identifiers stands; where all is well, the first that was checked."""
    named = [each.identifier.name for each in named_identifiers(reference)]
    if not named:
        return Standing(State.UNREGISTERED, "no identifier to check")
    answers = [library.answers[name] for name in named if name in library.answers]
    found = [_by_answer(library, reference, answer) for answer in answers]
    return min(
        found, key=lambda each: _ORDER.index(each.state), default=Standing(State.UNCHECKED, "not yet checked")
    )


def _by_answer(library: Library, reference: Reference, answer: Answer) -> Standing:
    said = f"{registry_name(answer)} on {answer.asked}"
    if not answer.exists:
        return Standing(State.ABSENT, f"no such work, says {said}")
    match = judge(answer, work_of(reference), library.known_works).match if answer.title else Match.SAME
    if match is Match.WRONG:
        return Standing(State.WRONG, f"another work, says {said}")
    if answer.withdrawn:
        return Standing(State.WITHDRAWN, f"withdrawn, says {said}")
    if match is Match.UNSURE:
        return Standing(State.UNSURE, f"perhaps another work, says {said}")
    newest = latest(answer)
    version = f", v{newest.number}" if newest else ""
    return Standing(State.CHECKED, f"checked against {said}{version}")
