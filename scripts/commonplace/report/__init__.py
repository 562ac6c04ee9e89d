"""Writes what a check came to in the form that its reader can use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.text import Text

from commonplace.report import github, json_report, sarif, text
from commonplace.report.outcome import Outcome

__all__ = ["FORMATS", "Outcome", "render"]

_PROGRAMS: Mapping[str, Callable[[Outcome], str]] = {"json": json_report.render, "sarif": sarif.render}

FORMATS = ("text", "github", *_PROGRAMS)


def render(outcome: Outcome, form: str, *, hints: bool) -> str | Text:
    """The outcome in one of FORMATS; `hints` are left out for people who did not ask, never for programs."""
    if form == "text":
        return text.render(outcome, hints=hints)
    if form == "github":
        return github.render(outcome if hints else outcome.without_hints())
    return _PROGRAMS[form](outcome)
