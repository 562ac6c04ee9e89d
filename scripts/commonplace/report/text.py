"""Writes an outcome as lines for people: one a diagnostic, then the counts in words."""

from __future__ import annotations

import re

from rich.text import Text

from commonplace.model import Diagnostic, Severity
from commonplace.report.outcome import Outcome

COLOURS = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.HINT: "cyan",
    Severity.OFF: "dim",
}
# Notes come from strangers: what moves the cursor or turns the writing around is shown as its number.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render(outcome: Outcome, *, hints: bool) -> Text:
    """Every diagnostic on a line of its own, hints only where asked for, and the counts on the last."""
    shown = [each for each in outcome.diagnostics if hints or each.severity is not Severity.HINT]
    return Text("\n").join([*map(_line, shown), _last_line(outcome, hints=hints)])


def _line(diagnostic: Diagnostic) -> Text:
    return Text.assemble(
        visible(f"{diagnostic.location}: "),
        (str(diagnostic.severity), COLOURS[diagnostic.severity]),
        visible(f" {diagnostic.rule}: {diagnostic.message}"),
    )


def visible(text: str) -> str:
    """Text with what cannot be seen shown as its number."""
    return _UNSEEN.sub(lambda match: ascii(match[0])[1:-1], text)


def _last_line(outcome: Outcome, *, hints: bool) -> Text:
    extent = " and ".join(counted(number, name) for name, number in outcome.extent.items())
    if outcome.counts[Severity.ERROR] or outcome.counts[Severity.WARNING]:
        return Text(f"{_found(outcome)} in {extent}", style="bold")
    unseen = outcome.counts[Severity.HINT] and not hints
    more = f"; {_found(outcome)}" if outcome.counts[Severity.HINT] else ""
    return Text(f"clean: {extent}{more}{', shown by --hints' if unseen else ''}", style="bold green")


def _found(outcome: Outcome) -> str:
    return ", ".join(counted(number, level) for level, number in outcome.counts.items() if number)


def counted(number: int, name: str) -> str:
    """A number with its thing: `1 note`, `2 notes`."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"
