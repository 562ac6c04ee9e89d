"""Keeps how long each phase of a build took, and the whole."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Phases:
    """Seconds by the name of a phase, in the order in which they began; some pass beside others."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._begun = time.perf_counter()

    @property
    def whole(self) -> float:
        """Seconds since the first began."""
        return time.perf_counter() - self._begun

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Counts the time within under `name`."""
        start = time.perf_counter()
        self.seconds.setdefault(name, 0.0)
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - start
