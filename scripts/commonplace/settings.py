"""The library's settings: `[tool.commonplace]` in pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonplace.link_settings import LinkSettings, link_settings
from commonplace.model import Diagnostic, Location, Severity
from commonplace.rules import catalogue, diagnose
from commonplace.suggestion import did_you_mean

SETTINGS_FILE = "pyproject.toml"


@dataclass(frozen=True)
class Settings:
    """What a library's owner decides; everything has a value that serves most."""

    severity: Mapping[str, Severity] = field(default_factory=dict)
    """Severities that differ from the catalogue's, by rule."""
    repository: str = ""
    """Where the notes can be edited, as `https://host/owner/name`; empty where nobody said."""
    links: LinkSettings = field(default_factory=LinkSettings)
    """How the registries and the web are asked."""


_NAMES = ("severity", "repository", "links")


def read_settings(root: Path) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """The settings of the library at `root`; a faulty one has its ordinary value and is diagnosed."""
    path = root / SETTINGS_FILE
    if not path.is_file():
        return Settings(), ()
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        table = tomllib.loads(text).get("tool", {}).get("commonplace", {})
    except tomllib.TOMLDecodeError as fault:
        return Settings(), (diagnose("broken-settings", Location(SETTINGS_FILE), f"not TOML: {fault}"),)
    return _settings(table, text), tuple(_faults(table, text))


def _settings(table: Mapping[str, Any], text: str) -> Settings:
    chosen = table.get("severity", {})
    severity = {rule: Severity(level) for rule, level in _pairs(chosen) if level in set(Severity)}
    repository = table.get("repository", "")
    links, _ = link_settings(table.get("links", {}), lambda words: _containing(text, words))
    return Settings(severity, repository.rstrip("/") if isinstance(repository, str) else "", links)


def _pairs(table: object) -> list[tuple[str, Any]]:
    return list(table.items()) if isinstance(table, Mapping) else []


def _faults(table: Mapping[str, Any], text: str) -> Iterator[Diagnostic]:
    for name in table.keys() - set(_NAMES):
        yield _fault(text, name, f"no setting '{name}'{did_you_mean(name, _NAMES)}")
    if not isinstance(table.get("repository", ""), str):
        yield _fault(text, "repository", "'repository' is an address in quotes")
    if not isinstance(table.get("severity", {}), Mapping):
        yield _fault(text, "severity", "'severity' is a table of rule = \"level\"")
    for rule, level in _pairs(table.get("severity", {})):
        if rule not in catalogue():
            yield _fault(text, rule, f"no rule '{rule}'{did_you_mean(rule, catalogue())}")
        elif level not in set(Severity):
            yield _fault(text, rule, f"'{level}' is no severity; one of {', '.join(Severity)}")
    for name, message in link_settings(table.get("links", {}), lambda words: _containing(text, words))[1]:
        yield _fault(text, name, message)


def _containing(text: str, words: str) -> Location:
    numbers = (number for number, line in enumerate(text.splitlines(), 1) if words in line)
    return Location(SETTINGS_FILE, next(numbers, 1))


def _fault(text: str, name: str, message: str) -> Diagnostic:
    # The TOML reader of the standard library keeps no lines: the first that begins with the name is the one.
    lines = (
        number for number, line in enumerate(text.splitlines(), 1) if line.strip().strip('"').startswith(name)
    )
    return diagnose("broken-settings", Location(SETTINGS_FILE, next(lines, 1)), message)
