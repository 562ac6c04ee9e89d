"""Writes an outcome as one JSON document."""

from __future__ import annotations

import json

from commonplace.model import Diagnostic
from commonplace.report.outcome import Outcome
from commonplace.rules import catalogue


def render(outcome: Outcome) -> str:
    """Every diagnostic with its remedy, the counts by severity, and what was checked."""
    document = {
        "diagnostics": [_diagnostic(each) for each in outcome.diagnostics],
        "counts": dict(outcome.counts),
        "checked": dict(outcome.extent),
    }
    return json.dumps(document, indent=2)


def _diagnostic(diagnostic: Diagnostic) -> dict[str, str | int]:
    return {
        "path": diagnostic.location.path,
        "line": diagnostic.location.line,
        "column": diagnostic.location.column,
        "severity": diagnostic.severity,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "remedy": catalogue()[diagnostic.rule].remedy,
    }
