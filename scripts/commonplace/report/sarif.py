"""Writes an outcome as SARIF 2.1.0, the form in which code scanning takes findings."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from commonplace.model import Diagnostic, Location, Severity
from commonplace.report.outcome import Outcome
from commonplace.rules import Rule, catalogue

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "note",
    Severity.OFF: "none",
}
_ROOT = "%SRCROOT%"
"""What code scanning calls the folder that every address in the log is relative to."""
# A brace in a message would begin a placeholder.
_BRACES = str.maketrans({"{": "{{", "}": "}}"})


def render(outcome: Outcome) -> str:
    """A log of one run: the catalogue of rules, and a result for each diagnostic."""
    rules = catalogue()
    numbers = {name: number for number, name in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "Commonplace",
                "semanticVersion": version("commonplace"),
                "rules": [_rule(rule) for rule in rules.values()],
            }
        },
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that holds refs.bib."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, numbers[each.rule]) for each in outcome.diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.about},
        "fullDescription": {"text": f"{rule.about} {rule.why}"},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, number: int) -> dict[str, Any]:
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": number,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message.translate(_BRACES)},
        "locations": [{"physicalLocation": _place(diagnostic.location)}],
    }


def _place(location: Location) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(location.path, errors="surrogateescape"), "uriBaseId": _ROOT},
        "region": {"startLine": location.line, "startColumn": location.column},
    }
