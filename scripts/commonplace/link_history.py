"""Keeps what plain addresses answered, day by day, in a cache that git ignores."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock

from commonplace.files import write_atomically
from commonplace.lock_file import CACHE
from commonplace.verdicts import Outcome, Verdict

HISTORY = f"{CACHE}/links.json"
_SCHEMA = 1
_RUNS = 3
"""Silent runs, each at least a day after the one before, that make a silent address a broken one."""
_APART = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Record:
    """What an address last answered, and since when it has not."""

    outcome: Outcome
    silent: tuple[dt.datetime, ...] = ()
    """The runs without an answer since the last one, at least a day apart; no more than are needed."""

    @property
    def is_lasting(self) -> bool:
        """Whether the address has been silent for so long that it counts as broken."""
        return len(self.silent) >= _RUNS

    def then(self, outcome: Outcome) -> Record:
        """The record after one more outcome; an older one changes nothing."""
        if outcome.asked < self.outcome.asked:
            return self
        if outcome.verdict is not Verdict.UNSURE:
            return Record(outcome)
        counts = not self.silent or outcome.asked - self.silent[-1] >= _APART
        return Record(outcome, (*self.silent, outcome.asked)[:_RUNS] if counts else self.silent)


def first_record(outcome: Outcome) -> Record:
    """The record of an address that was never asked before."""
    return Record(outcome, (outcome.asked,) if outcome.verdict is Verdict.UNSURE else ())


@dataclass(frozen=True)
class History:
    """The records by web address."""

    records: Mapping[str, Record] = field(default_factory=dict)

    def after(self, outcomes: Iterable[Outcome]) -> History:
        """The history with more outcomes."""
        records = dict(self.records)
        for outcome in outcomes:
            held = records.get(outcome.address)
            records[outcome.address] = held.then(outcome) if held else first_record(outcome)
        return History(records)


def read_history(root: Path) -> History:
    """The history of the library at `root`; one that cannot be read is begun anew, for it is only a cache."""
    try:
        table = json.loads((root / HISTORY).read_text(encoding="utf-8"))
        if table["schema"] != _SCHEMA:
            return History()
        return History({url: _record(url, entry) for url, entry in table["addresses"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return History()


def add_outcomes(root: Path, outcomes: Iterable[Outcome], outdated: Iterable[str] = ()) -> History:
    """Adds outcomes of web addresses to the history, and gives the whole; what another run wrote stays.

    The addresses `outdated` are forgotten.
    """
    (root / CACHE).mkdir(exist_ok=True)
    with FileLock(root / f"{HISTORY}.lock"):
        history = read_history(root).after(outcomes)
        gone = frozenset(outdated)
        history = History({url: record for url, record in history.records.items() if url not in gone})
        write_atomically(root / HISTORY, _text(history))
        return history


def _text(history: History) -> str:
    entries = {url: _entry(history.records[url]) for url in sorted(history.records)}
    return json.dumps({"schema": _SCHEMA, "addresses": entries}, ensure_ascii=False, indent=1) + "\n"


def _entry(record: Record) -> dict[str, Any]:
    outcome = record.outcome
    return {
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "asked": outcome.asked.isoformat(),
        "moved_to": outcome.moved_to,
        "title": outcome.title,
        "missing": list(outcome.missing),
        "archived": outcome.archived,
        "silent": [run.isoformat() for run in record.silent],
    }


def _record(url: str, entry: Mapping[str, Any]) -> Record:
    outcome = Outcome(
        address=url,
        verdict=Verdict(entry["verdict"]),
        reason=str(entry["reason"]),
        asked=_time(entry["asked"]),
        moved_to=str(entry["moved_to"]),
        title=str(entry["title"]),
        missing=tuple(map(str, entry["missing"])),
        archived=str(entry["archived"]),
    )
    return Record(outcome, tuple(map(_time, entry["silent"])))


def _time(text: str) -> dt.datetime:
    """A time of the file, which has to say its zone."""
    time = dt.datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time
