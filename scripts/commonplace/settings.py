"""The library's settings: `[tool.commonplace]` in pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonplace.demo_settings import DemoSettings, demo_settings
from commonplace.files import read_text
from commonplace.link_settings import LinkSettings, link_settings
from commonplace.model import Diagnostic, Location, Severity, Source
from commonplace.rules import catalogue, diagnose
from commonplace.suggestion import did_you_mean

SETTINGS_FILE = "pyproject.toml"
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)")


@dataclass(frozen=True)
class Settings:
    """What a library's owner decides; everything has a value that serves most."""

    severity: Mapping[str, Severity] = field(default_factory=dict)
    """Severities that differ from the catalogue's, by rule."""
    repository: str = ""
    """Where the notes can be edited, as `https://host/owner/name`; empty where nobody said."""
    links: LinkSettings = field(default_factory=LinkSettings)
    """How the registries and the web are asked."""
    demos: DemoSettings = field(default_factory=DemoSettings)
    """What a demo may take."""


_NAMES = ("severity", "repository", "links", "demos")


def read_settings(root: Path) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """The settings of the library at `root`; a faulty one has its ordinary value and is diagnosed."""
    source = read_text(root, SETTINGS_FILE)
    if not isinstance(source, Source):
        return Settings(), source
    try:
        table: object = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        return Settings(), (_not_toml(fault),)
    for name in ("tool", "commonplace"):
        table = table.get(name, {}) if isinstance(table, Mapping) else None
    if not isinstance(table, Mapping):
        return Settings(), (_fault(source.text, "[tool", "settings stand under [tool.commonplace]"),)
    return _settings(table, source.text), tuple(_faults(table, source.text))


def _not_toml(fault: Exception) -> Diagnostic:
    match = _PLACE.search(str(fault))
    where = Location(SETTINGS_FILE, int(match[1]), int(match[2])) if match else Location(SETTINGS_FILE)
    return diagnose("broken-settings", where, f"not TOML: {_PLACE.sub('', str(fault))}")


def _settings(table: Mapping[str, Any], text: str) -> Settings:
    chosen = table.get("severity", {})
    severity = {rule: Severity(level) for rule, level in _pairs(chosen) if _is_severity(level)}
    repository = table.get("repository", "")
    links, _ = link_settings(table.get("links", {}), lambda words: _containing(text, words))
    demos, _ = demo_settings(table.get("demos", {}))
    return Settings(severity, repository.rstrip("/") if isinstance(repository, str) else "", links, demos)


def _is_severity(level: object) -> bool:
    return isinstance(level, str) and level in set(Severity)


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
        elif not _is_severity(level):
            yield _fault(text, rule, f"'{level}' is no severity; one of {', '.join(Severity)}")
    for name, message in link_settings(table.get("links", {}), lambda words: _containing(text, words))[1]:
        yield _fault(text, name, message)
    for name, message in demo_settings(table.get("demos", {}))[1]:
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
