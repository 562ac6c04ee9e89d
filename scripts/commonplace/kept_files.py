"""Keeps what was read from files, as long as the files stay as they were."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from commonplace.files import replace_file
from commonplace.model import Claim, Markup, Source, Token
from commonplace.package import code_digest
from commonplace.seal import sealed, unsealed

Value = TypeVar("Value")
Stamp = tuple[int, ...]

KEPT = "notes"
_PROTOCOL = 5

_RECENT = 2_000_000_000
"""Nanoseconds. A file that was written so shortly before it was read may change again with the same time."""


class KeptMarkup(Markup):
    """Markup that was written down: its tokens, which few pages ask for, are thawed when one does."""

    def __init__(self, frozen: bytes, claims: tuple[Claim, ...]) -> None:
        object.__setattr__(self, "frozen", frozen)
        object.__setattr__(self, "claims", claims)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens."""
        return cast(tuple[Token, ...], pickle.loads(vars(self)["frozen"]))  # noqa: S301 - our own cache


class _Freezer(pickle.Pickler):
    """Pickles values so that the tokens of notes can stay as they are written until they are wanted."""

    def reducer_override(self, value: Any) -> Any:
        """How the values of ours are written that are not written whole."""
        if type(value) is Markup:
            return KeptMarkup, (_frozen(value.tokens), value.claims)
        if is_dataclass(value) and not isinstance(value, type) and hasattr(value, "__slots__"):
            # By way of the constructor: what dataclasses do for slots takes three times as long.
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        if type(value) is Source:
            return Source, (value.path, value.text)
        return NotImplemented


def _frozen(value: object) -> bytes:
    written = io.BytesIO()
    _Freezer(written, _PROTOCOL).dump(value)
    return written.getvalue()


class KeptFiles:
    """Values by the files that they were read from; one of another size or time is read again."""

    def __init__(self, kept: dict[str, tuple[Stamp, bytes]] | None = None) -> None:
        self._frozen = kept or {}
        """What an earlier process kept, as it wrote it."""
        self._values: dict[str, tuple[Stamp | None, Any]] = {}

    def of(self, root: Path, path: str, read: Callable[[], Value]) -> Value:
        """What `read` gives for the file at `path` below `root`; if nothing changed, what it gave before."""
        now = _stamp(f"{root}/{path}")
        before, value = self._values.get(path) or self._thawed(path, now)
        if now is None or before != now:
            value = read()
            self._values[path] = (now, value)
        return value  # type: ignore[no-any-return]

    def _thawed(self, path: str, now: Stamp | None) -> tuple[Stamp | None, Any]:
        before, data = self._frozen.get(path, (None, b""))
        if before is None or before != now:
            return None, None
        self._values[path] = (before, pickle.loads(data))  # noqa: S301 - from this library's own cache
        return self._values[path]

    def forget(self, paths: Iterable[str]) -> None:
        """Reads these files again, whatever their times say."""
        for path in paths:
            self._values.pop(path, None)
            self._frozen.pop(path, None)

    def save(self, path: Path, now: int) -> None:
        """Writes what is kept to a file, where that differs from what an earlier process left there.

        `now` is the time in nanoseconds: what was written shortly before is not trusted to stay.
        """
        settled = {
            name: (stamp, value)
            for name, (stamp, value) in self._values.items()
            if stamp and now - stamp[0] > _RECENT
        }
        if settled.keys() == self._frozen.keys() and all(
            self._frozen[name][0] == stamp for name, (stamp, _) in settled.items()
        ):
            return
        frozen = {
            name: self._frozen[name] if self._is_frozen(name, stamp) else (stamp, _frozen(value))
            for name, (stamp, value) in settled.items()
        }
        replace_file(path, sealed(pickle.dumps((code_digest(), frozen), _PROTOCOL)))

    def _is_frozen(self, name: str, stamp: Stamp) -> bool:
        return name in self._frozen and self._frozen[name][0] == stamp


def read_kept(path: Path) -> KeptFiles:
    """What an earlier process kept in a file; nothing where it is missing, torn, foreign or of other code."""
    try:
        data = unsealed(path.read_bytes())
        version, frozen = pickle.loads(data) if data else (None, None)  # noqa: S301 - sealed by ourselves
        return KeptFiles(frozen if version == code_digest() else None)
    except Exception:  # a torn file of this form can raise anything
        return KeptFiles()


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode
