"""What a check came to: its diagnostics, and how much was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from commonplace.model import Diagnostic, Severity


@dataclass(frozen=True)
class Outcome:
    """The diagnostics of a check, and the number of each kind of thing that was checked.

    `extent` counts by the singular of the thing's name: `{"note": 61, "reference": 62}`.
    """

    diagnostics: tuple[Diagnostic, ...]
    extent: Mapping[str, int]

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """How many diagnostics there are of each severity that is shown."""
        shown = (Severity.ERROR, Severity.WARNING, Severity.HINT)
        return {level: sum(each.severity is level for each in self.diagnostics) for level in shown}

    def is_clean(self, *, strict: bool) -> bool:
        """Whether nothing has to be mended: no error, and where `strict` no warning."""
        return not self.counts[Severity.ERROR] and not (strict and self.counts[Severity.WARNING])

    def without_hints(self) -> Outcome:
        """The outcome for readers who asked for what has to be mended."""
        kept = tuple(each for each in self.diagnostics if each.severity is not Severity.HINT)
        return Outcome(kept, self.extent)

    def within(self, paths: frozenset[str], beside: frozenset[str] = frozenset()) -> Outcome:
        """The outcome for the files of `paths` alone, and for those `beside` them that they speak of."""
        kept = tuple(each for each in self.diagnostics if each.location.path in paths | beside)
        return Outcome(kept, {"changed file": len(paths)})
