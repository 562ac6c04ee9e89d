"""Frozen values in a folder: an index of them all, and packs, written once each, of what is set aside."""

from __future__ import annotations

import errno
import mmap
import os
import pickle
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from commonplace.files import replace_file
from commonplace.freezing import Frozen, thaw
from commonplace.package import code_digest
from commonplace.seal import read_sealed, write_sealed

Stamp = tuple[int, ...]

_INDEX = "index"
_MOST = 8
"""Packs from which on they are written as one."""


class TornPackError(OSError):
    """A pack does not hold what was written to it."""


class Row(NamedTuple):
    """A value in the index: the stamp of what it was made from, its head, and where the rest lies."""

    stamp: Stamp
    head: bytes
    pack: str
    start: int
    end: int
    digest: bytes
    """Of what is set aside: the seal of the index is one of the packs too."""


@dataclass(frozen=True)
class Packs:
    """Values by name, as an earlier process left them."""

    folder: Path = Path()
    rows: Mapping[str, Row] = field(default_factory=dict)
    packs: Mapping[str, mmap.mmap | bytes] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value of a name in the index."""
        row = self.rows[name]
        return thaw(row.head, partial(self._aside, row))

    def _aside(self, row: Row) -> bytes:
        data = self.packs[row.pack][row.start : row.end]
        if _digest(data) != row.digest:
            raise _torn(self.folder / row.pack)
        return data

    def write(self, fresh: Mapping[str, tuple[Stamp, Frozen]], stay: Iterable[str]) -> None:
        """Leaves these fresh values, and those of the names that `stay`, to the next process.

        Raises:
            OSError: the folder cannot be written to.

        """
        self.folder.mkdir(exist_ok=True)
        rows = {name: self.rows[name] for name in stay}
        if self._is_scattered(rows.values()):
            fresh = {**fresh, **{name: (row.stamp, self._frozen(row)) for name, row in rows.items()}}
            rows = {}
        rows |= self._packed(fresh)
        index = pickle.dumps((code_digest(), rows), pickle.HIGHEST_PROTOCOL)
        write_sealed(self.folder / _INDEX, index)
        _remove_all_but({_INDEX, *(row.pack for row in rows.values())}, self.folder)

    def _packed(self, fresh: Mapping[str, tuple[Stamp, Frozen]]) -> dict[str, Row]:
        """The rows of fresh values, whose asides are written into a pack of their own."""
        if not fresh:
            return {}
        pack, rows, end = secrets.token_hex(8), dict[str, Row](), 0
        for name, (stamp, (head, aside)) in fresh.items():
            start, end = end, end + len(aside)
            rows[name] = Row(stamp, head, pack, start, end, _digest(aside))
        replace_file(self.folder / pack, b"".join(aside for _, (_, aside) in fresh.values()))
        return rows

    def _frozen(self, row: Row) -> Frozen:
        return Frozen(row.head, self._aside(row))

    def _is_scattered(self, rows: Iterable[Row]) -> bool:
        """Whether so many packs are in use, or so little of one, that all should be written as one."""
        used = Counter[str]()
        for row in rows:
            used[row.pack] += row.end - row.start
        held = sum(len(self.packs[pack]) for pack in used)
        return len(used) >= _MOST or 2 * used.total() < held


def read_packs(folder: Path) -> Packs:
    """What an earlier process left in a folder; nothing where that is torn, foreign or of other code."""
    try:
        version, rows = pickle.loads(read_sealed(folder / _INDEX))  # noqa: S301 - sealed by ourselves
        if version == code_digest():
            return Packs(folder, rows, _opened(folder, rows.values()))
    except Exception:  # noqa: S110 - a torn file of this form can raise anything
        pass
    return Packs(folder)


def _opened(folder: Path, rows: Iterable[Row]) -> dict[str, mmap.mmap | bytes]:
    """The packs of some rows, in memory as they are now, whatever becomes of their files.

    Raises:
        OSError, ValueError: one is missing, or is not as long as it was.

    """
    ends = dict[str, int]()
    for row in rows:
        ends[row.pack] = max(row.end, ends.get(row.pack, 0))
    packs = {pack: _mapped(folder / pack) for pack in ends}
    for pack, end in ends.items():
        if len(packs[pack]) < end:
            raise _torn(folder / pack)
    return packs


def _torn(pack: Path) -> TornPackError:
    return TornPackError(errno.EIO, f"not as it was left; remove {pack.parent}", os.fspath(pack))


def _mapped(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        # Nothing cannot be mapped.
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def _remove_all_but(names: set[str], folder: Path) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            with suppress(OSError):  # another process may clear away at once
                path.unlink()


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
