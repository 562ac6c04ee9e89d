"""Writes for people what demos came to: a line a check, and a total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from commonplace.demo import Demo, Fault, Finding, Run
from commonplace.report.text import counted, visible

_NAME = 44
"""The width at which findings stand under one another."""


def demos_text(ran: Sequence[tuple[Demo, Run]]) -> Text:
    """Every check of some demos, and what all of them came to."""
    lines = [line for demo, run in ran for line in _demo(demo, run)]
    return Text("\n").join([*lines, _total([run for _, run in ran])])


def _demo(demo: Demo, run: Run) -> Iterator[Text]:
    yield Text.assemble((visible(demo.path), "bold"), f"  {run.seconds:.2f} s")
    yield from (finding_line(demo, finding) for finding in run.findings)
    if run.fault:
        yield fault_line(demo, run.fault)


def finding_line(demo: Demo, finding: Finding) -> Text:
    """A check: whether it passed, its name, its time, what it found; where it failed, the place too."""
    sign, colour = ("✓", "green") if finding.passed else ("✗", "bold red")
    place = "" if finding.passed else f"{demo.path}:{finding.line}: "
    found = f"{visible(finding.name):<{_NAME}} {finding.seconds:6.2f} s  {visible(place + finding.said)}"
    return Text.assemble("  ", (sign, colour), " ", found)


def fault_line(demo: Demo, fault: Fault) -> Text:
    """What kept a demo from being run to its end."""
    return Text.assemble("  ", ("✗", "bold red"), visible(f" {demo.path}:{fault.line}: {fault.message}"))


def _total(runs: Sequence[Run]) -> Text:
    findings = [finding for run in runs for finding in run.findings]
    red = sum(not finding.passed for finding in findings) + sum(run.fault is not None for run in runs)
    extent = f"{counted(len(findings), 'check')} of {counted(len(runs), 'demo')}"
    took = f"{sum(run.seconds for run in runs):.1f} s one after another"
    if red:
        return Text(f"{red} red: {extent}, {took}", style="bold red")
    return Text(f"all green: {extent}, {took}", style="bold green")
