"""The settings of the link check: `[tool.commonplace.links]` in pyproject.toml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from commonplace.model import Location
from commonplace.suggestion import did_you_mean


@dataclass(frozen=True, slots=True)
class Ignore:
    """Addresses that are not asked, and why."""

    pattern: str
    """An address in which `*` stands for any characters."""
    reason: str
    until: dt.date | None
    """The last day on which it holds; for ever where None."""
    location: Location
    """Where it is set."""

    def covers(self, address: str) -> bool:
        """Whether an address fits the pattern."""
        pattern = ".*".join(map(re.escape, self.pattern.split("*")))
        return bool(re.fullmatch(pattern, address))

    def has_expired(self, today: dt.date) -> bool:
        """Whether its last day lies before `today`."""
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How the registries and the web are asked. Times are in seconds."""

    contact: str = ""
    """Whom a server's owner can write to: an address of mail or of a page, sent along with each request."""
    ignore: tuple[Ignore, ...] = ()
    arxiv_api: str = "https://export.arxiv.org/api/query"
    doi: str = "https://doi.org"
    crossref: str = "https://api.crossref.org"
    datacite: str = "https://api.datacite.org"
    wayback: str = "https://web.archive.org"
    allow_private: bool = False
    """Whether addresses of this machine and its network may be asked, as tests of the check itself need."""
    arxiv_gap: float = 3.0
    """The least time between two requests to arXiv, over all processes."""
    per_host: int = 2
    """The most requests to one host at a time."""
    at_once: int = 64
    """The most requests at a time."""
    deadline: float = 30.0
    """The most time for one address, with all its redirects and tries."""


Fault = tuple[str, str]
"""The name of a setting, and what is wrong with it."""

_IGNORE_NAMES = ("pattern", "reason", "until")


def link_settings(table: object, place: Callable[[str], Location]) -> tuple[LinkSettings, tuple[Fault, ...]]:
    """The settings in a table of TOML; a faulty one has its ordinary value and is named.

    `place` says where in the file some characters stand.
    """
    if not isinstance(table, Mapping):
        return LinkSettings(), (("links", "'links' is a table"),)
    known = [field.name for field in fields(LinkSettings)]
    unknown = [name for name in table if name not in known]
    faults = [(name, f"no setting '{name}'{did_you_mean(name, known)}") for name in unknown]
    values: dict[str, Any] = {}
    for name in known:
        if name == "ignore" or name not in table:
            continue
        if fault := _fault(name, table[name]):
            faults.append((name, fault))
        else:
            values[name] = _value(name, table[name])
    ignores, more = _ignores(table.get("ignore", []), place)
    return LinkSettings(**values, ignore=ignores), (*faults, *more)


def _fault(name: str, value: object) -> str:
    sound, meaning = _KINDS[name]
    return "" if sound(value) else f"'{name}' is {meaning}"


def _value(name: str, value: Any) -> Any:
    return value.rstrip("/") if _KINDS[name] is _ADDRESS else value


def _is_address(value: object) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in ("http", "https")


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


_Kind = tuple[Callable[[object], bool], str]

_TEXT: _Kind = (lambda value: isinstance(value, str) and value.isprintable(), "a line of text in quotes")
_ADDRESS: _Kind = (_is_address, "an address in quotes that begins with http:// or https://")
_CHOICE: _Kind = (lambda value: isinstance(value, bool), "true or false")
_TIME: _Kind = (_is_time, "a number of seconds, from 0")
_COUNT: _Kind = (_is_count, "a whole number, from 1")

_KINDS: Mapping[str, _Kind] = {
    "contact": _TEXT,
    "arxiv_api": _ADDRESS,
    "doi": _ADDRESS,
    "crossref": _ADDRESS,
    "datacite": _ADDRESS,
    "wayback": _ADDRESS,
    "allow_private": _CHOICE,
    "arxiv_gap": _TIME,
    "per_host": _COUNT,
    "at_once": _COUNT,
    "deadline": _TIME,
}


def _ignores(entries: object, place: Callable[[str], Location]) -> tuple[tuple[Ignore, ...], list[Fault]]:
    if not isinstance(entries, list):
        return (), [("ignore", "'ignore' is a list of {pattern = …, reason = …}")]
    faults = [("ignore", fault) for entry in entries for fault in _ignore_faults(entry)]
    sound = [
        Ignore(entry["pattern"], entry["reason"], entry.get("until"), place(entry["pattern"]))
        for entry in entries
        if not any(_ignore_faults(entry))
    ]
    return tuple(sound), faults


def _ignore_faults(entry: object) -> Iterator[str]:
    if not isinstance(entry, Mapping):
        yield "an element of 'ignore' is a table: {pattern = …, reason = …}"
        return
    for name in entry:
        if name not in _IGNORE_NAMES:
            yield f"'ignore' has no field '{name}'{did_you_mean(name, _IGNORE_NAMES)}"
    for name in ("pattern", "reason"):
        if not (isinstance(entry.get(name), str) and entry[name].strip()):
            yield f"an element of 'ignore' needs a {name} in quotes"
    until = entry.get("until")
    if until is not None and (isinstance(until, dt.datetime) or not isinstance(until, dt.date)):
        yield "'until' is a day without quotes, as in 2027-03-31"
