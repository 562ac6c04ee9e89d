"""Runs one demo inside a process of its own, and tells step by step what it comes to."""

from __future__ import annotations

import contextlib
import json
import linecache
import math
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from commonplace.demo import Demo, Fault, Finding
from commonplace.demo_code import FIGURE, read_code
from commonplace.demos.drawing import drawn
from commonplace.model import Source

_MODULE = "demo"
_MOST = 500
"""Characters of a finding: it is a line on a page."""
_HEAVIEST = 1_000_000
"""Characters of a figure: more is no figure for a page."""

Tell = Callable[[dict[str, object]], None]


def main() -> None:
    """Runs the demo that the command line names within its limits; what it comes to goes to a pipe."""
    path, pipe, seconds, gigabytes = sys.argv[1:]
    own = os.getpid()

    def tell(word: dict[str, object]) -> None:
        # What the demo forks goes on in here as well, and has nothing to tell.
        if os.getpid() == own:
            told.write(json.dumps(word) + "\n")
            told.flush()

    _limit(math.ceil(float(seconds)) + 1, int(float(gigabytes) * 1e9))
    with os.fdopen(int(pipe), "w", encoding="ascii") as told:
        try:
            run(Path(path), tell)
        except MemoryError:
            tell({"spent": True})
        tell({"end": True})


def _limit(seconds: int, memory: int) -> None:
    """Limits of the system; whoever started this keeps the time, and this keeps it when that is gone."""
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        # Some systems know a limit by name alone.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def run(path: Path, tell: Tell) -> None:
    """Runs each check of a demo, then draws its figure; a fault ends it."""
    demo = read_code(Source(path.name, path.read_text(encoding="utf-8")))
    tell({"at": 1})
    module, fault = loaded(demo, path)
    if fault:
        tell({"fault": [fault.line, fault.message, fault.lasting]})
        return
    for check in demo.checks:
        tell({"at": check.line})
        found = tried(module, check.name, check.line)
        tell({"finding": [found.name, found.passed, found.said, found.seconds, found.line]})
    if demo.drawing:
        tell({"at": demo.drawing.line})
        tell(_figure(module, demo.drawing.line))


def loaded(demo: Demo, path: Path) -> tuple[ModuleType, Fault | None]:
    """The demo as a module, or what kept it from becoming one."""
    module = ModuleType(_MODULE)
    module.__file__ = str(path)
    # Classes of the demo look up their module by its name.
    sys.modules[_MODULE] = module
    if demo.fault:
        return module, demo.fault
    try:
        exec(compile(demo.source.text, str(path), "exec"), module.__dict__)  # noqa: S102  # what a demo is for
    except MemoryError:
        raise
    except (Exception, SystemExit) as fault:
        # What cannot be imported here may be there tomorrow.
        return module, Fault(line_of(fault, module, 1), _named(fault), not isinstance(fault, ImportError))
    return module, None


def tried(module: ModuleType, name: str, line: int) -> Finding:
    """What a check of a demo comes to; `line` is where it begins."""
    begun = time.perf_counter()
    try:
        said, passed = vars(module)[name](), True
    except MemoryError:
        raise
    except (Exception, SystemExit) as fault:
        said, passed, line = _failure(fault, module), False, line_of(fault, module, line)
    seconds = time.perf_counter() - begun
    if not (isinstance(said, str) and said.strip()):
        said, passed = f"it returned {said!r} and not the line that says what was found", False
    return Finding(name, passed, plain(said), seconds, line)


def _failure(fault: BaseException, module: ModuleType) -> str:
    if not isinstance(fault, AssertionError):
        return _named(fault)
    line = linecache.getline(str(module.__file__), line_of(fault, module, 0)).strip()
    return str(fault) or f"it does not hold: {line.removeprefix('assert ')}"


def _named(fault: BaseException) -> str:
    return plain(": ".join(part for part in (type(fault).__name__, str(fault)) if part))


def line_of(fault: BaseException, module: ModuleType, otherwise: int) -> int:
    """The last line of the demo that the exception passed through."""
    frames = reversed(traceback.extract_tb(fault.__traceback__))
    lines = (frame.lineno for frame in frames if frame.filename == module.__file__)
    return next((line for line in lines if line), otherwise)


def plain(text: str) -> str:
    """A text as one line that can be written anywhere."""
    line = " ".join(text[: 4 * _MOST].split()).encode("utf-8", "replace").decode("utf-8")
    return line if len(line) <= _MOST else f"{line[:_MOST]}…"


def _figure(module: ModuleType, line: int) -> dict[str, object]:
    try:
        light, dark = drawn(vars(module)[FIGURE])
    except MemoryError:
        raise
    except (Exception, SystemExit) as fault:
        return {"fault": [line_of(fault, module, line), f"the figure cannot be drawn: {_named(fault)}", True]}
    if max(len(light), len(dark)) > _HEAVIEST:
        size = f"{max(len(light), len(dark)) / 1e6:.1f} MB"
        message = f"the figure weighs {size} as SVG, more than {_HEAVIEST / 1e6:g} MB: draw fewer points"
        return {"fault": [line, message, True]}
    return {"picture": [light, dark]}


if __name__ == "__main__":
    main()
