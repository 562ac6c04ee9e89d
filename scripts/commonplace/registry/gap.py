"""Keeps requests apart over all processes of a library: one at a time, with a gap between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

_POLL = 0.02


@dataclass(frozen=True, slots=True)
class Gap:
    """A turn that one process has at a time, and that begins `seconds` after the last one ended.

    `path` is locked during a turn, and the file beside it says when that ended. The system gives the lock
    back when a process dies.
    """

    path: Path
    seconds: float
    now: Callable[[], float] = time.time
    """The time of the day, in seconds: the one clock that processes share."""
    sleep: Callable[[float], None] = time.sleep

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for the turn, and holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.path).acquire(poll_interval=_POLL):
            self.sleep(self._left())
            try:
                yield
            finally:
                self._last.write_text(repr(self.now()), encoding="utf-8")

    @property
    def _last(self) -> Path:
        return self.path.with_suffix(".last")

    def _left(self) -> float:
        """The seconds until the gap is over; the whole gap where the clock was set back, or nobody knows."""
        try:
            since = self.now() - float(self._last.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return 0.0
        except ValueError:
            return self.seconds
        return min(max(self.seconds - since, 0.0), self.seconds)
