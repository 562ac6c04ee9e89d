"""Shows reports and progress: in colour on a terminal, as plain text in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text


def show(report: str | Text) -> None:
    """Prints a report to the standard output; a reader that went away before its end is no fault."""
    text = _rendered(report) if isinstance(report, Text) else report
    encoding = sys.stdout.encoding
    try:
        # A sign that the terminal's encoding lacks is shown as its number.
        sys.stdout.write(f"{text}\n".encode(encoding, "backslashreplace").decode(encoding) if text else "")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at its end, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _rendered(text: Text) -> str:
    """The text with the colours that the standard output can show; NO_COLOR is heeded."""
    console = Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
    with console.capture() as captured:
        console.print(text, soft_wrap=True, end="")
    return captured.get()


@contextmanager
def working(what: str) -> Iterator[None]:
    """Says on a terminal what is being done while it is done; silent elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(f"{what} …"):
        yield
