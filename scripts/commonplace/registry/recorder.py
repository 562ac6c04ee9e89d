"""Keeps what a run finds, as it comes: registries' answers in the lock file, the rest in the history."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace

from commonplace.answers import Answer, Version
from commonplace.library import Library
from commonplace.link_history import add_outcomes, read_history
from commonplace.lock_file import add_answers
from commonplace.registry.errands import Finding
from commonplace.registry.findings import Known
from commonplace.registry.values import Address, Scheme
from commonplace.verdicts import Outcome

_APART = 0.5
"""Seconds between two writings of the history, which is only a cache."""
_WORKS = (f"{Scheme.ARXIV}:", f"{Scheme.DOI}:")


class Recorder:
    """What is known of a library's addresses, on disk and here."""

    def __init__(self, library: Library) -> None:
        self._root = library.root
        self._answers = library.answers
        self._history = read_history(library.root)
        self._unanswered: dict[str, Outcome] = {}
        self._waiting: list[Outcome] = []
        self._doubtful: list[Outcome] = []
        self._written = time.monotonic()
        self.names: set[str] = set()
        """Of what was found in this run."""

    @property
    def known(self) -> Known:
        """Everything that is known by now."""
        return Known(self._answers, self._history, self._unanswered)

    @property
    def first_doubt(self) -> str:
        """What happened to the first address while nothing had answered yet."""
        return self._doubtful[0].reason if self._doubtful else ""

    def add(self, found: Iterable[Finding], *, is_sure: bool) -> None:
        """Takes in what was found. Until `is_sure`, a failure may be the network's, and says nothing."""
        outcomes: list[Outcome] = []
        answers: list[Answer] = []
        for each in found:
            if isinstance(each, Answer):
                answers.append(with_earlier_versions(each, self._answers.get(each.identifier)))
            else:
                outcomes.append(each)
        self.names.update([each.identifier for each in answers], [each.address for each in outcomes])
        if answers:
            self._answers = add_answers(self._root, answers)
        self._doubtful += outcomes
        if is_sure:
            self._sort(self._doubtful)
            self._doubtful = []
        if time.monotonic() - self._written > _APART:
            self.write()

    def _sort(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.address.lower().startswith(_WORKS):
                self._unanswered[outcome.address] = outcome
            else:
                self._waiting.append(outcome)

    def forget_all_but(self, addresses: Iterable[Address]) -> None:
        """Leaves out what is known of addresses that stand nowhere any more."""
        names = {each.name for each in addresses}
        if gone := self._answers.keys() - names:
            self._answers = add_answers(self._root, (), gone)
        if gone := self._history.records.keys() - names:
            self._history = add_outcomes(self._root, (), gone)

    def write(self) -> None:
        """Writes what waits for it."""
        if self._waiting:
            self._history = add_outcomes(self._root, self._waiting)
        self._waiting = []
        self._written = time.monotonic()


def with_earlier_versions(answer: Answer, held: Answer | None) -> Answer:
    """An answer with what an earlier one knew of versions: a registry dates and names only the latest."""
    if not held or not held.versions or not answer.versions:
        return answer
    known = {each.number: each for each in held.versions}
    last = held.versions[-1].number
    known[last] = replace(known[last], title=known[last].title or held.title)
    *earlier, newest = answer.versions
    filled = (_filled(each, known[each.number]) if each.number in known else each for each in earlier)
    return replace(answer, versions=(*filled, newest))


def _filled(version: Version, known: Version) -> Version:
    return replace(version, date=version.date or known.date, title=version.title or known.title)
