"""The settings of demos: `[tool.commonplace.demos]` in pyproject.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from commonplace.suggestion import did_you_mean


@dataclass(frozen=True, slots=True)
class DemoSettings:
    """What a demo may take, each one for itself."""

    seconds: float = 20.0
    """The most time from its start to its end."""
    gigabytes: float = 2.0
    """The most memory, in 10⁹ bytes."""


Fault = tuple[str, str]
"""The name of a setting, and what is wrong with it."""


def demo_settings(table: object) -> tuple[DemoSettings, tuple[Fault, ...]]:
    """The settings in a table of TOML; a faulty one has its ordinary value and is named."""
    if not isinstance(table, Mapping):
        return DemoSettings(), (("demos", "'demos' is a table"),)
    known = [field.name for field in fields(DemoSettings)]
    faults = [(name, f"no setting '{name}'{did_you_mean(name, known)}") for name in table.keys() - set(known)]
    sound = {name: float(table[name]) for name in known if _is_amount(table.get(name))}
    faults += [
        (name, f"'{name}' is a number above 0") for name in known if name in table and name not in sound
    ]
    return DemoSettings(**sound), tuple(faults)


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")
