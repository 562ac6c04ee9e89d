"""The catalogue of rules: what each asks, how much it matters, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from commonplace.model import Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in words, the fault in a sentence, what goes wrong, what to do."""

    name: str
    severity: Severity
    about: str
    why: str
    remedy: str
    online: bool = False
    """Whether it needs a live answer: `commonplace links` reports it, the offline checks never do."""


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule by its name, in the order of rules.toml."""
    text = files("commonplace").joinpath("rules.toml").read_text(encoding="utf-8")
    return {
        name: Rule(name, **{**entry, "severity": Severity(entry["severity"])})
        for name, entry in tomllib.loads(text).items()
    }


def diagnose(rule: str, location: Location, message: str) -> Diagnostic:
    """A diagnostic of `rule` at its ordinary severity."""
    return Diagnostic(location, rule, message, catalogue()[rule].severity)
