"""Settles what rules found with the owner's word: silences with a reason, and severities of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from commonplace.library import Library
from commonplace.model import Diagnostic, Severity


def settled(library: Library, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What no silence speaks of, at the severity that the settings give its rule; what is off is left out."""
    silenced = {(each.path, each.line, each.rule) for each in library.silences if each.reason}
    weighed = (_weighed(library, each) for each in found if _key(each) not in silenced)
    return tuple(each for each in weighed if each.severity is not Severity.OFF)


def _key(fault: Diagnostic) -> tuple[str, int, str]:
    return fault.location.path, fault.location.line, fault.rule


def _weighed(library: Library, fault: Diagnostic) -> Diagnostic:
    return replace(fault, severity=library.settings.severity.get(fault.rule, fault.severity))
