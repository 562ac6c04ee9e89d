"""Reads refs.lock.json, which keeps what the registries answered; adds to it without losing anything."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

from commonplace.answers import Answer, Version
from commonplace.files import read_text, write_atomically
from commonplace.model import Diagnostic, Location, Source
from commonplace.rules import diagnose

LOCK_FILE = "refs.lock.json"
CACHE = ".cache"
"""The folder below the library's root for what need not be kept."""
_SCHEMA = 1
_REQUIRED = {"registry", "asked", "exists"}
_ABOUT = "What the registries answered, and when. Written by `commonplace links`, reviewed like code."


class UnreadableLockError(Exception):
    """The lock file cannot be understood, so nothing is written over it; the message says why."""


@dataclass(frozen=True)
class Lock:
    """The answers by their identifiers, and what was wrong in the file."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def read_lock(root: Path) -> Lock:
    """The lock file of the library at `root`; where there is none, no answers.

    A file that cannot be understood as a whole gives no answers and a diagnostic.
    """
    source = read_text(root, LOCK_FILE)
    if not isinstance(source, Source):
        return Lock(diagnostics=source)
    try:
        return Lock(_answers(json.loads(source.text, object_pairs_hook=_without_twins)))
    except json.JSONDecodeError as fault:
        where = Location(LOCK_FILE, fault.lineno, fault.colno)
        return Lock(diagnostics=(_unreadable(where, f"not JSON: {fault.msg}"),))
    except RecursionError:
        return Lock(diagnostics=(_unreadable(Location(LOCK_FILE), "not JSON: nested too deep"),))
    except _FaultError as fault:
        at = source.text.find(f'"{fault.name}"') if fault.name else 0
        return Lock(diagnostics=(_unreadable(source.at(max(at, 0)), str(fault)),))


def add_answers(root: Path, answers: Iterable[Answer], outdated: Iterable[str] = ()) -> Mapping[str, Answer]:
    """Adds answers to the lock file, and gives all that it now holds.

    What another run has written meanwhile stays; of two answers on one identifier the later is kept.
    The identifiers `outdated` are left out. Where nothing changes, nothing is written.

    Raises:
        UnreadableLockError: the file that is there cannot be understood; it stays as it is.

    """
    (root / CACHE).mkdir(exist_ok=True)
    with FileLock(root / CACHE / f"{LOCK_FILE}.lock"):
        lock = read_lock(root)
        if lock.diagnostics:
            raise UnreadableLockError(f"{lock.diagnostics[0].location}: {lock.diagnostics[0].message}")
        merged = dict(lock.answers)
        for answer in answers:
            held = merged.get(answer.identifier)
            if not held or held.asked <= answer.asked:
                merged[answer.identifier] = answer
        for identifier in outdated:
            merged.pop(identifier, None)
        if merged != lock.answers:
            write_atomically(root / LOCK_FILE, lock_text(merged))
        return merged


def lock_text(answers: Mapping[str, Answer]) -> str:
    """The lock file that holds these answers: sorted, and the same whatever order they came in."""
    entries = {identifier: _entry(answers[identifier]) for identifier in sorted(answers)}
    table = {"about": _ABOUT, "schema": _SCHEMA, "answers": entries}
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def _entry(answer: Answer) -> dict[str, Any]:
    """An answer as the file has it; what is empty is left out."""
    values: dict[str, Any] = {
        "registry": answer.registry,
        "asked": answer.asked.isoformat(),
        "exists": answer.exists,
        "title": answer.title,
        "authors": list(answer.authors),
        "year": answer.year,
        "versions": {f"v{each.number}": _day_text(each.date) for each in answer.versions},
        "titles": {f"v{each.number}": each.title for each in answer.versions if each.title},
        "withdrawn": answer.withdrawn,
        "doi": answer.doi,
        "journal": answer.journal,
    }
    return {name: value for name, value in values.items() if value or name == "exists"}


def _day_text(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


class _FaultError(ValueError):
    """What is wrong in the file, at the first place of `name` in it."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


def _unreadable(where: Location, fault: str) -> Diagnostic:
    return diagnose("unreadable-lock", where, f"{fault}; nothing is written over it until it is mended")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; where two branches were merged badly, a name stands twice."""
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise _FaultError(f"'{twin}' stands twice; keep the entry with the later day", twin)
    return table


def _answers(table: object) -> dict[str, Answer]:
    schema = table.get("schema") if isinstance(table, dict) else None
    if schema != _SCHEMA:
        newer = isinstance(schema, int) and schema > _SCHEMA
        remedy = "a newer commonplace wrote it: update yours" if newer else "take the file back from git"
        raise _FaultError(f"its schema is {schema!r}, this program knows {_SCHEMA}; {remedy}", "schema")
    entries = table.get("answers") if isinstance(table, dict) else None
    if not isinstance(entries, dict):
        raise _FaultError("it holds no table of answers; take the file back from git")
    return {identifier: _answer(identifier, entry) for identifier, entry in entries.items()}


def _answer(identifier: str, entry: object) -> Answer:
    """The answer in an entry of the file."""
    if not identifier.startswith(("arXiv:", "doi:")):
        raise _FaultError(f"'{identifier}' is no identifier; it begins with arXiv: or doi:", identifier)
    if not isinstance(entry, dict):
        raise _FaultError(f"the entry of {identifier} is not a table", identifier)
    try:
        if absent := _REQUIRED - entry.keys():
            raise ValueError(f"'{min(absent)}' is missing")
        return _read(identifier, _Entry(entry))
    except ValueError as fault:
        raise _FaultError(f"the entry of {identifier}: {fault}", identifier) from None


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the file, whose values are read as what they must be."""

    values: Mapping[str, Any]

    def read(self, name: str, kind: type[Any], empty: Any) -> Any:
        """The value called `name`, or `empty` where it is not there."""
        value = self.values.get(name, empty)
        if value is not empty and (not isinstance(value, kind) or isinstance(value, bool) != (kind is bool)):
            raise ValueError(f"'{name}' cannot be {value!r}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """The list of texts called `name`."""
        texts = tuple(self.read(name, list, []))
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(f"'{name}' is a list of texts")
        return texts


def _read(identifier: str, entry: _Entry) -> Answer:
    return Answer(
        identifier=identifier,
        registry=entry.read("registry", str, ""),
        asked=dt.date.fromisoformat(entry.read("asked", str, "")),
        exists=entry.read("exists", bool, False),
        title=entry.read("title", str, ""),
        authors=entry.texts("authors"),
        year=entry.read("year", int, None),
        versions=_versions(entry.read("versions", dict, {}), entry.read("titles", dict, {})),
        withdrawn=entry.read("withdrawn", bool, False),
        doi=entry.read("doi", str, ""),
        journal=entry.read("journal", str, ""),
    )


def _versions(days: Mapping[str, Any], titles: Mapping[str, Any]) -> tuple[Version, ...]:
    found = []
    for name, day in days.items():
        number = name.removeprefix("v")
        if not number.isdecimal() or not isinstance(day, str) or not isinstance(titles.get(name, ""), str):
            raise ValueError(f"'versions' cannot hold {name!r}")
        found.append(Version(int(number), dt.date.fromisoformat(day) if day else None, titles.get(name, "")))
    return tuple(sorted(found, key=lambda version: version.number))
