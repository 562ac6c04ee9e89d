"""Takes out what people allowed with a reason, and reports each silence that allows nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commonplace.library import Library
from commonplace.model import Diagnostic, Location, Silence
from commonplace.rules import catalogue, diagnose


def unsilenced(library: Library, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What no silence speaks of, and `unused-silence` for each that speaks of nothing."""
    silences = {_key(silence): silence for silence in library.silences if _is_sound(silence)}
    used: set[tuple[str, int, str]] = set()
    for fault in found:
        key = (fault.location.path, fault.location.line, fault.rule)
        if key in silences:
            used.add(key)
        else:
            yield fault
    for key in silences.keys() - used:
        yield _unused(silences[key])


def _is_sound(silence: Silence) -> bool:
    """Whether a silence counts; one that does not is itself at fault, and was reported when it was read."""
    return bool(silence.reason) and silence.rule in catalogue()


def _key(silence: Silence) -> tuple[str, int, str]:
    return silence.path, silence.line, silence.rule


def _unused(silence: Silence) -> Diagnostic:
    where: Location = silence.location
    message = f"line {silence.line} does not break {silence.rule}; remove this comment"
    return diagnose("unused-silence", where, message)
