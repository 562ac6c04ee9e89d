"""Writes an outcome as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from commonplace.model import Diagnostic, Severity
from commonplace.report.outcome import Outcome

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(outcome: Outcome) -> str:
    """One command a line; nothing where there is nothing to say."""
    return "\n".join(_command(each) for each in outcome.diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    where = diagnostic.location
    values = {"file": where.path, "line": where.line, "col": where.column, "title": diagnostic.rule}
    properties = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in values.items())
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{diagnostic.message.translate(_IN_MESSAGE)}"
