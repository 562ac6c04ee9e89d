"""Keeps what was read from files, as long as the files stay as they were."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from commonplace.cores import over_cores
from commonplace.freezing import Frozen, freeze, thaw
from commonplace.packs import Packs, Stamp, read_packs

Value = TypeVar("Value")

KEPT = "kept"
_MANY = 256
"""Files from which on they are read over the cores: what is read has to come back as bytes."""
_RECENT = 2_000_000_000
"""Nanoseconds. A file that was written so shortly before it was read may change again with the same time."""


class KeptFiles:
    """Values by the files that they were read from; one of another size or time is read again.

    Many are read by so many processes. More than one are for callers without other threads.
    """

    def __init__(self, packs: Packs | None = None, processes: int = 1) -> None:
        self._packs, self._processes = packs or Packs(), processes
        self._values: dict[str, tuple[Stamp, Any]] = {}
        self._frozen: dict[str, Frozen] = {}
        """Of what other processes read for this one."""

    def of(self, root: Path, path: str, read: Callable[[], Value]) -> Value:
        """What `read` gives for the file at `path` below `root`; if nothing changed, what it gave before."""
        [value] = self.of_all(root, [path], lambda _: read())
        return value

    def of_all(self, root: Path, paths: Sequence[str], read: Callable[[str], Value]) -> list[Value]:
        """What `read` gives for the path of each file, or gave before."""
        stamps = [_stamp(f"{root}/{path}") for path in paths]
        values = [self._current(path, now) for path, now in zip(paths, stamps, strict=True)]
        missing = {path: now for path, now, value in zip(paths, stamps, values, strict=True) if value is None}
        fresh = dict(self._read(list(missing), read))
        self._values |= {path: (now, fresh[path]) for path, now in missing.items() if now}
        return [fresh[path] if value is None else value for path, value in zip(paths, values, strict=True)]

    def _current(self, path: str, now: Stamp | None) -> Any:
        """The value of a file that is as it was; None where there is none."""
        if path in self._values:
            before, value = self._values[path]
            return value if before == now else None
        row = self._packs.rows.get(path)
        if row is None or row.stamp != now:
            return None
        value = self._packs.value(path)
        self._values[path] = (row.stamp, value)
        return value

    def _read(self, paths: Sequence[str], read: Callable[[str], Value]) -> Iterator[tuple[str, Value]]:
        if self._processes == 1 or len(paths) < _MANY:
            for path in paths:
                self._frozen.pop(path, None)
                yield path, read(path)
            return
        for path, frozen in over_cores(paths, partial(_frozen, read), self._processes):
            self._frozen[path] = frozen
            yield path, thaw(frozen.head, partial(_aside, frozen))

    def forget(self, paths: Iterable[str]) -> None:
        """Reads these files again, whatever their times say."""
        forgotten = set(paths)
        rows = {path: row for path, row in self._packs.rows.items() if path not in forgotten}
        self._packs = replace(self._packs, rows=rows)
        for path in forgotten:
            self._values.pop(path, None)

    def save(self, now: int) -> None:
        """Leaves what is kept to the next process, where that differs from what an earlier one left.

        `now` is the time in nanoseconds: what was written shortly before is not trusted to stay.

        Raises:
            OSError: it cannot be written.

        """
        stay, fresh = list[str](), dict[str, tuple[Stamp, Frozen]]()
        for path, (stamp, value) in self._values.items():
            row = self._packs.rows.get(path)
            if row and row.stamp == stamp:
                stay.append(path)
            elif now - stamp[0] > _RECENT:
                fresh[path] = (stamp, self._frozen.get(path) or freeze(value))
        if fresh or not self._packs.rows.keys() <= self._values.keys():
            self._packs.write(fresh, stay)


def read_kept(folder: Path, processes: int = 1) -> KeptFiles:
    """What an earlier process kept in a folder; nothing where that is torn, foreign or of other code."""
    return KeptFiles(read_packs(folder), processes)


def _frozen(read: Callable[[str], object], paths: Sequence[str]) -> Iterator[tuple[str, Frozen]]:
    for path in paths:
        yield path, freeze(read(path))


def _aside(frozen: Frozen) -> bytes:
    return frozen.aside


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode
