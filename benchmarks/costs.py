"""Runs a program, and says what it cost: seconds, seconds of the processor, memory; its children's too."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread, Timer

_PROCESSES = Path("/proc")
_INTERVAL = 0.1
"""Seconds between two looks at the memory, where a look takes less than a tenth of that."""


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds on the clock, the processors' seconds, the peak of memory."""

    seconds: float
    cpu: float
    megabytes: float


class FailedError(Exception):
    """A program that was to be measured did not do its work."""


def cost_of(command: Sequence[str], folder: Path, longest: float) -> Cost:
    """What a command costs, run in a folder; after `longest` seconds it is ended.

    Raises:
        FailedError: it fails, or takes longer; what it wrote says why.

    """
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the benchmark's own commands
            command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        memory = _Memory(process.pid)
        ending = Timer(longest, os.killpg, (process.pid, signal.SIGKILL))
        ending.start()
        _, status, used = os.wait4(process.pid, 0)
        ending.cancel()
        seconds = time.perf_counter() - start
        if seconds > longest:
            raise FailedError(f"a build took longer than {longest:,.0f} seconds")
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            tail = said.read()[-2000:].decode(errors="replace")
            raise FailedError(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    return Cost(seconds, used.ru_utime + used.ru_stime, max(memory.peak(), _of_largest(used)))


def _of_largest(used: resource.struct_rusage) -> float:
    """The peak of the largest process, in MB; 0 where it may be our own, of which each starts as a copy."""
    if used.ru_maxrss <= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
        return 0.0
    return used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


class _Memory:
    """Watches the memory of a process and its children, and counts what they share once."""

    def __init__(self, session: int) -> None:
        self._session, self._ended = session, Event()
        self._together = 0.0
        self._alone: dict[str, float] = {}
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def peak(self) -> float:
        """The most that was in use at once, in MB; 0 where the system does not tell."""
        self._ended.set()
        self._thread.join()
        # The sum misses a peak between two looks; of each process, the system keeps it.
        return max(self._together, *self._alone.values(), 0.0) / 1024

    def _watch(self) -> None:
        pause = _INTERVAL
        while _PROCESSES.exists() and not self._ended.wait(pause):
            start = time.thread_time()
            self._look()
            pause = max(_INTERVAL, 10 * (time.thread_time() - start))

    def _look(self) -> None:
        together = 0.0
        for process in self._processes():
            try:
                together += _kilobytes(process / "smaps_rollup", "Pss:")
                self._alone[process.name] = _kilobytes(process / "status", "VmHWM:")
            except OSError:
                continue  # it has ended
        self._together = max(self._together, together)

    def _processes(self) -> Iterator[Path]:
        for process in _PROCESSES.glob("[0-9]*"):
            try:
                _, _, fields = (process / "stat").read_text().rpartition(")")
            except OSError:
                continue
            if int(fields.split()[3]) == self._session:
                yield process


def _kilobytes(file: Path, name: str) -> float:
    return sum(float(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(name))
