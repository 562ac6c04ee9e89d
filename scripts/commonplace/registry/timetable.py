"""Hands out requests as their hosts may be asked: while one host makes pauses, the others go on."""

from __future__ import annotations

import heapq
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from commonplace.registry.failure import Failure
from commonplace.registry.pace import Pace, Paces
from commonplace.registry.transport import Reply

Item = TypeVar("Item")


@dataclass
class _Host(Generic[Item]):
    """What waits for one host, and how it is asked by now."""

    pace: Pace
    waiting: list[tuple[float, int, Item]] = field(default_factory=list)
    running: int = 0

    def ready_at(self) -> float | None:
        """When its next item may go; None where that has to wait for another to come back."""
        if not self.waiting or self.running >= self.pace.at_once:
            return None
        return 0.0 if self.pace.left_alone else max(self.pace.not_before, self.waiting[0][0])


class Timetable(Generic[Item]):
    """The items of every host, handed to many threads. Times are seconds of a monotonic clock."""

    def __init__(self, paces: Paces) -> None:
        self._paces = paces
        self._hosts: dict[str, _Host[Item]] = {}
        # When a host may be asked next; an entry may be out of date, and is looked at again when it is due.
        self._due: list[tuple[float, int, str]] = []
        self._numbers = count()
        self._open = 0
        self._stopped = False
        self._changed = threading.Condition()

    def put(self, name: str, item: Item, after: float = 0.0) -> None:
        """Adds an item for the host `name`, to go in `after` seconds at the earliest."""
        with self._changed:
            host = self._host(name)
            heapq.heappush(host.waiting, (time.monotonic() + after, next(self._numbers), item))
            self._open += 1
            self._look_again(name)

    def take(self) -> tuple[str, Item] | None:
        """The next item that may go, with its host; waits for one. None when none will come any more."""
        with self._changed:
            while self._open and not self._stopped:
                wait = self._seconds_to_next()
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                return self._taken()
            return None

    def done(self, name: str) -> None:
        """Says that an item that was taken is finished, or was put back."""
        with self._changed:
            self._host(name).running -= 1
            self._open -= 1
            self._look_again(name)

    def stop(self) -> None:
        """Hands out nothing more."""
        with self._changed:
            self._stopped = True
            self._wake()

    def left_alone(self, name: str) -> Failure | None:
        """Why a host is asked nothing more in this run; None while it may be asked."""
        with self._changed:
            return self._host(name).pace.left_alone

    def heed(self, name: str, answer: Reply | Failure) -> None:
        """Asks a host from now on as its answer makes fit."""
        with self._changed:
            self._host(name).pace.heed(answer, time.monotonic())
            self._look_again(name)

    def _host(self, name: str) -> _Host[Item]:
        if name not in self._hosts:
            self._hosts[name] = _Host(self._paces[name])
        return self._hosts[name]

    def _look_again(self, name: str) -> None:
        """Enters a host anew after a change."""
        at = self._host(name).ready_at()
        if at is not None:
            heapq.heappush(self._due, (at, next(self._numbers), name))
        self._wake()

    def _seconds_to_next(self) -> float | None:
        """How long until the first host in `_due` may be asked; None where all wait for others."""
        while self._due:
            entered, _, name = self._due[0]
            at = self._host(name).ready_at()
            if at == entered:
                return at - time.monotonic()
            heapq.heappop(self._due)
            if at is not None and at > entered:
                heapq.heappush(self._due, (at, next(self._numbers), name))
        return None

    def _taken(self) -> tuple[str, Item]:
        _, _, name = heapq.heappop(self._due)
        host = self._host(name)
        _, _, item = heapq.heappop(host.waiting)
        host.running += 1
        host.pace.sent(time.monotonic())
        at = host.ready_at()
        if at is not None:
            heapq.heappush(self._due, (at, next(self._numbers), name))
        self._wake()
        return name, item

    def _wake(self) -> None:
        """Wakes one thread, which takes an item or sets its clock by the next; at the end it wakes all."""
        if self._open and not self._stopped:
            self._changed.notify()
        else:
            self._changed.notify_all()
