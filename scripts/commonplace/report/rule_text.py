"""Writes the catalogue of rules for people: all in a list, or one explained."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from commonplace.report.text import COLOURS
from commonplace.rules import Rule


def listed(rules: Iterable[Rule]) -> Text:
    """A line for each rule: its name, its severity, the fault in a sentence."""
    rules = tuple(rules)
    width = max(len(rule.name) for rule in rules)
    lines = (
        Text.assemble((f"{rule.name:<{width}}  ", "bold"), _severity(rule, 9), rule.about) for rule in rules
    )
    return Text("\n").join(lines)


def explained(rule: Rule) -> Text:
    """A rule in full: what it is about, why it matters, what to do."""
    return Text.assemble(
        (rule.name, "bold"),
        " (",
        _severity(rule),
        ")\n\n",
        f"{rule.about}\n\nWhy it matters: {rule.why}\n\nWhat to do: {rule.remedy}",
    )


def _severity(rule: Rule, width: int = 0) -> tuple[str, str]:
    return f"{rule.severity:<{width}}", COLOURS[rule.severity]
