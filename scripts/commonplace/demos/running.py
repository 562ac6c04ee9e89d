"""Runs demos, each in a process of its own within its limits, as many at a time as there are cores."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from commonplace.demo import Demo, Fault, Finding, Picture, Run
from commonplace.demo_settings import DemoSettings
from commonplace.demos.plain_svg import svg_fault

_PASSED_ON = ("HOME", "LANG", "PATH", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
"""What a demo sees of the environment: no more than Python and Matplotlib need."""
_ALONE = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    **dict.fromkeys(("VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"),
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""One thread and no chance: the same figures at each run, and no demo that takes another's core."""
_PIECE = 65_536
_MOST_TOLD = 16_000_000
"""Bytes that a demo's process may tell: two figures and its findings take a small part of it."""


def cores() -> int:
    """The cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def runs(demos: Iterable[Demo], settings: DemoSettings) -> Iterator[tuple[Demo, Run]]:
    """What each demo comes to, as soon as it has; whatever ends this early ends every process of theirs."""
    waiting, running = deque(demos), list[_Trial]()
    at_once = cores()
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    running.append(_Trial(waiting.popleft(), settings))
                    selector.register(running[-1].pipe, selectors.EVENT_READ, running[-1])
                next_end = min(trial.deadline for trial in running)
                for key, _ in selector.select(max(0.0, next_end - time.monotonic())):
                    key.data.listen()
                for trial in [trial for trial in running if trial.is_over()]:
                    selector.unregister(trial.pipe)
                    running.remove(trial)
                    yield trial.demo, trial.end()
        finally:
            for trial in running:
                trial.end()


@dataclass
class _Told:
    """What a process has told so far."""

    findings: list[Finding] = field(default_factory=list)
    picture: Picture | None = None
    fault: Fault | None = None
    at: int = 1
    """The line of what it was doing last."""
    spent: bool = False
    """Whether its memory was."""
    ended: bool = False

    def take(self, word: Any) -> None:
        """One more step."""
        match word:
            case {"at": int(line)}:
                self.at = line
            case {"finding": [str(name), bool(passed), str(said), int() | float() as seconds, int(line)]}:
                self.findings.append(Finding(name, passed, said, seconds, line))
            case {"picture": [str(light), str(dark)]}:
                wrong = svg_fault(light) or svg_fault(dark)
                self.fault = Fault(self.at, f"the figure cannot be shown: {wrong}") if wrong else None
                self.picture = None if wrong else Picture(light, dark)
            case {"fault": [int(line), str(message), bool(lasting)]}:
                self.fault = Fault(line, message, lasting)
            case {"spent": True}:
                self.spent = True
            case {"end": True}:
                self.ended = True


class _Trial:
    """A demo that is running."""

    def __init__(self, demo: Demo, settings: DemoSettings) -> None:
        self.demo = demo
        self._settings = settings
        self._told = _Told()
        self._unread = b""
        self._length = 0
        self._closed = False
        self._folder = tempfile.TemporaryDirectory(prefix="commonplace-demo-", ignore_cleanup_errors=True)
        self.pipe, theirs = os.pipe()
        self._begun = time.monotonic()
        self.deadline = self._begun + settings.seconds
        try:
            self._process = self._started(theirs)
        finally:
            os.close(theirs)

    def _started(self, pipe: int) -> subprocess.Popen[bytes]:
        # A copy: what was read is what runs, though somebody saves the file meanwhile.
        copy = Path(self._folder.name) / PurePosixPath(self.demo.path).name
        copy.write_text(self.demo.source.text, encoding="utf-8")
        limits = (str(self._settings.seconds), str(self._settings.gigabytes))
        return subprocess.Popen(  # noqa: S603 - the command is ours
            [sys.executable, "-P", "-m", "commonplace.demos.trial", str(copy), str(pipe), *limits],
            cwd=self._folder.name,
            env={**{name: os.environ[name] for name in _PASSED_ON if name in os.environ}, **_ALONE},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[pipe],
            start_new_session=True,
        )

    def listen(self) -> None:
        """Takes what the process has told meanwhile; call it where there is something."""
        piece = os.read(self.pipe, _PIECE)
        self._length += len(piece)
        self._closed = not piece or self._length > _MOST_TOLD
        *words, self._unread = (self._unread + piece).split(b"\n")
        for word in words:
            # The demo shares the process, and could write here too.
            with suppress(ValueError, RecursionError):
                self._told.take(json.loads(word))

    def is_over(self) -> bool:
        """Whether it has told its end, has gone, or has had its time."""
        return self._told.ended or self._closed or time.monotonic() >= self.deadline

    def end(self) -> Run:
        """Ends the process with all that it started, and says what it came to."""
        seconds = time.monotonic() - self._begun
        # Not yet waited for, it still holds its number, so that no other process can be meant.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        code = self._process.wait()
        os.close(self.pipe)
        self._folder.cleanup()
        told = self._told
        return Run(tuple(told.findings), told.picture, told.fault or self._cut_short(code, seconds), seconds)

    def _cut_short(self, code: int, seconds: float) -> Fault | None:
        """Why the demo did not reach its end, if it did not."""
        told, limits = self._told, self._settings
        if told.spent:
            message = f"needs more than {limits.gigabytes:g} GB of memory; {_more('gigabytes')}"
        elif told.ended:
            return None
        elif seconds >= limits.seconds:
            message = f"stopped after {limits.seconds:g} s, while this was running; {_more('seconds')}"
        else:
            message = f"its process {_ended(code)} while this was running"
        return Fault(told.at, message, lasting=False)


def _more(setting: str) -> str:
    return f"make it smaller, or raise `{setting}` under [tool.commonplace.demos] in pyproject.toml"


def _ended(code: int) -> str:
    if code < 0:
        return f"was ended by signal {-code} ({signal.strsignal(-code)})"
    return f"ended itself with code {code}"
