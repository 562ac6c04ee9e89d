"""Runs errands side by side: each says which request it needs next, and is told what came of it."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

from commonplace.answers import Answer
from commonplace.registry.failure import Cause, Failure
from commonplace.registry.polite import host_of
from commonplace.registry.timetable import Timetable
from commonplace.registry.transport import Reply, Request
from commonplace.verdicts import Outcome

Asked = Generator[Request, Any, "Reply | Failure"]
"""A part of an errand that comes to one reply. What is sent into it is a `Reply | Failure`."""

Finding = Answer | Outcome

Steps = Generator["Request | Found", Any, None]
"""What an errand does: requests, each of which brings a `Reply | Failure`, and what it finds in between."""


@dataclass(frozen=True)
class Found:
    """What an errand has found so far, and other errands that follow from it."""

    findings: tuple[Finding, ...]
    then: tuple[Errand, ...] = ()


@dataclass(frozen=True)
class Errand:
    """Something to find out by asking, for which the network may be used `seconds` in all.

    One request gets half of them, so that something that hangs can be asked again.
    """

    steps: Steps
    seconds: float = float("inf")


@dataclass(frozen=True)
class Job:
    """An errand under way: the request it needs now, and the seconds that are left to it."""

    errand: Errand
    request: Request
    left: float


_Heard = tuple[Finding, ...] | BaseException | None
"""What a thread says: what was found, a fault of the program, or None when it ends."""
Turn = Callable[[], AbstractContextManager[None]]
Send = Callable[[Request, float], "Reply | Failure"]


class Errands:
    """A run of errands over a pool of threads; no more than one thread is ever in an errand."""

    def __init__(
        self,
        send: Send,
        timetable: Timetable[Job],
        turns: Mapping[str, Turn],
        threads: int,
    ) -> None:
        self._send = send
        self._timetable = timetable
        self._turns = turns
        self._threads = threads
        self._said: queue.SimpleQueue[_Heard] = queue.SimpleQueue()
        self.reached = threading.Event()
        """Set once anything at all has answered."""

    def run(self, errands: Iterable[Errand], seconds: float) -> Iterator[tuple[Finding, ...]]:
        """What the errands find, as they find it; after `seconds` what is still open stays open."""
        until = time.monotonic() + seconds
        for errand in errands:
            self._go_on(errand, errand.seconds, None)
        # A thread may hang in a look-up of the system's: it must not keep the program from ending.
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._threads)]
        for thread in threads:
            thread.start()
        try:
            yield from self._findings(len(threads), until)
        finally:
            self._timetable.stop()

    def _findings(self, at_work: int, until: float) -> Iterator[tuple[Finding, ...]]:
        """What was found, as soon as it was; what was found while nobody asked for more, at once."""
        while at_work and (heard := self._heard(until)):
            at_work -= heard.count(None)
            for fault in heard:
                if isinstance(fault, BaseException):
                    raise fault
            if found := tuple(each for part in heard if isinstance(part, tuple) for each in part):
                yield found

    def _heard(self, until: float) -> list[_Heard]:
        """All that the threads have said since; nothing once the time is up."""
        with suppress(queue.Empty):
            heard = [self._said.get(timeout=min(max(until - time.monotonic(), 0), threading.TIMEOUT_MAX))]
            while not self._said.empty():
                heard.append(self._said.get())
            return heard
        return []

    def _work(self) -> None:
        try:
            while taken := self._timetable.take():
                host, job = taken
                self._ask(host, job)
                self._timetable.done(host)
        except BaseException as fault:
            self._said.put(fault)
        finally:
            self._said.put(None)

    def _ask(self, host: str, job: Job) -> None:
        refused = self._timetable.left_alone(host)
        if job.left <= 0:
            refused = Failure(Cause.TIMED_OUT, "it took too long, with all redirects and tries")
        if refused:
            self._go_on(job.errand, job.left, refused)
            return
        with self._turns.get(host, nullcontext)():
            start = time.monotonic()
            answer = self._send(job.request, min(job.left, job.errand.seconds / 2))
            left = job.left - (time.monotonic() - start)
        self._timetable.heed(host, answer)
        if isinstance(answer, Reply) or answer.shows_network:
            self.reached.set()
        self._go_on(job.errand, left, answer)

    def _go_on(self, errand: Errand, left: float, answer: Reply | Failure | None) -> None:
        """Takes an errand to its next request, or to its end."""
        try:
            step = errand.steps.send(answer)
            while isinstance(step, Found):
                self._said.put(step.findings)
                for follower in step.then:
                    self._go_on(follower, follower.seconds, None)
                step = next(errand.steps)
        except StopIteration:
            return
        self._timetable.put(host_of(step.url), Job(errand, step, left), step.after)
