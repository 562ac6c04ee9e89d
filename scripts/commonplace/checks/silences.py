"""Reports the silences that allow nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commonplace.checks.lock import ANSWER_RULES, answered_lines
from commonplace.library import Library
from commonplace.model import Diagnostic, Silence
from commonplace.rules import catalogue, diagnose


def unused_silence(library: Library, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """unused-silence: of faults that the offline checks would have seen.

    Others may be there all the same: those of a rule that is online, and those that an answer of a registry
    would show, on a line against which refs.lock.json holds none.
    """
    fired = {(fault.location.path, fault.location.line, fault.rule) for fault in found}
    idle = [each for each in library.silences if _is_sound(each) and _key(each) not in fired]
    answered = answered_lines(library) if any(each.rule in ANSWER_RULES for each in idle) else frozenset()
    for silence in idle:
        if silence.rule not in ANSWER_RULES or (silence.path, silence.line) in answered:
            message = f"line {silence.line} does not break {silence.rule}; remove this comment"
            yield diagnose("unused-silence", silence.location, message)


def _key(silence: Silence) -> tuple[str, int, str]:
    return silence.path, silence.line, silence.rule


def _is_sound(silence: Silence) -> bool:
    """Whether a silence counts here; one that names no rule or no reason was reported when it was read."""
    rule = catalogue().get(silence.rule)
    return bool(rule and not rule.online and silence.reason)
