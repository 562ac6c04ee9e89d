"""Asks again where another try may help: what a server or the network does for a moment only."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from commonplace.registry.errands import Asked
from commonplace.registry.failure import Cause, Failure
from commonplace.registry.transport import Reply, Request

_PASSING = frozenset(
    {Cause.NO_LOOKUP, Cause.UNREACHABLE, Cause.RESET, Cause.EMPTY, Cause.GARBLED, Cause.TIMED_OUT}
)


@dataclass(frozen=True, slots=True)
class Persistence:
    """How often something is asked, and how far apart in seconds."""

    tries: int = 3
    tries_when_busy: int = 6
    """Where a host says that it is asked too much, and is asked more slowly from then on."""
    pause: float = 1.0
    """The longest pause before the second try; each later one is twice as long."""
    chance: Callable[[], float] = random.random
    """A number from 0 to 1: pauses differ, so that tries that failed together do not return together."""

    def asked(self, request: Request) -> Asked:
        """The reply, or the last try's failure."""
        tried = 0
        while True:
            answer: Reply | Failure = yield request
            tried += 1
            if tried >= self._tries(answer):
                return answer
            request = replace(request, after=self.pause_before(tried))

    def pause_before(self, tried: int) -> float:
        """The seconds to wait after `tried` tries that failed; none before the first."""
        return self.pause * 2 ** (tried - 1) * (0.5 + self.chance() / 2) if tried else 0.0

    def _tries(self, answer: Reply | Failure) -> int:
        if isinstance(answer, Failure):
            return self.tries if answer.cause in _PASSING else 2 if answer.cause is Cause.REFUSED else 1
        if answer.status == 429:
            return self.tries_when_busy
        return self.tries if answer.status >= 500 and answer.status != 999 else 1
