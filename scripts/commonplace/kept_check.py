"""Keeps what a check found, so that the next one costs what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from commonplace.checks import Checked, Known, check_again
from commonplace.collector import uncollected
from commonplace.cores import cores
from commonplace.library import Library
from commonplace.lock_file import CACHE
from commonplace.model import Diagnostic, Location, Severity
from commonplace.package import code_digest
from commonplace.seal import read_sealed, write_sealed

KEPT_CHECK = f"{CACHE}/check"


def check_kept(library: Library) -> Checked:
    """What is wrong in a library; what an earlier process found of it, and still holds, is taken over."""
    with uncollected():
        last = read_known(library.root)
        checked = check_again(library, last, cores())
        if checked.known != last:
            with suppress(OSError):  # without a cache all is checked the next time
                _write(checked.known, library.root / KEPT_CHECK)
        return checked


def read_known(root: Path) -> Known:
    """What is kept of the last check of the library at `root`; nothing where it is torn, or of other code."""
    try:
        table = json.loads(read_sealed(root / KEPT_CHECK))
        return _known(table) if table["code"] == code_digest() else Known()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Known()


def _write(known: Known, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    table = {
        "code": code_digest(),
        "rest": known.rest,
        "texts": known.texts,
        "in_notes": _rows(known.in_notes),
        "of_whole": _rows(known.of_whole),
        "mentions": known.mentions,
    }
    write_sealed(path, json.dumps(table, separators=(",", ":")).encode())


def _rows(found: Iterable[Diagnostic]) -> list[tuple[object, ...]]:
    # In order, so that the same findings are always the same file.
    return [
        (at.location.path, at.location.line, at.location.column, at.rule, at.message, at.severity)
        for at in sorted(found)
    ]


def _known(table: Any) -> Known:
    return Known(
        rest=str(table["rest"]),
        texts=dict(table["texts"].items()),
        in_notes=frozenset(_diagnostic(*row) for row in table["in_notes"]),
        of_whole=frozenset(_diagnostic(*row) for row in table["of_whole"]),
        mentions=dict(table["mentions"].items()),
    )


def _diagnostic(path: Any, line: Any, column: Any, rule: Any, message: Any, severity: Any) -> Diagnostic:
    where = Location(str(path), int(line), int(column))
    return Diagnostic(where, str(rule), str(message), Severity(severity))
