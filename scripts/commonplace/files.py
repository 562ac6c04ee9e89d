"""Reads text files as sources, and says what is wrong where one cannot be read."""

from __future__ import annotations

from pathlib import Path

from commonplace.model import Diagnostic, Location, Source
from commonplace.rules import diagnose


def read_text(root: Path, path: str) -> Source | tuple[Diagnostic, ...]:
    """The file at `path` below `root` with lines that end in a line feed, or why it cannot be read.

    A file that is not there is no fault, and gives no diagnostic.
    """
    try:
        text = (root / path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        where = Location(path, line)
        return (diagnose("unreadable-file", where, "not UTF-8 text; save the file with that encoding"),)
    except OSError as fault:
        return (diagnose("unreadable-file", Location(path), f"cannot be read: {fault.strerror}"),)
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
