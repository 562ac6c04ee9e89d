"""Seals what a person's runs keep for each other: nothing that a checkout brings along is believed."""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from commonplace.files import replace_file

_LENGTH = 32


class ForeignSealError(ValueError):
    """What this person's runs did not seal is not believed."""


def sealed(data: bytes) -> bytes:
    """The data behind a seal that only runs of the same person can make."""
    return _seal(data) + data


def unsealed(data: bytes) -> bytes:
    """The data behind a seal.

    Raises:
        ForeignSealError: somebody else made it, or it was changed since.

    """
    seal, kept = data[:_LENGTH], data[_LENGTH:]
    if not hmac.compare_digest(seal, _seal(kept)):
        raise ForeignSealError("sealed by somebody else")
    return kept


def write_sealed(path: Path, data: bytes) -> None:
    """Writes data behind a seal to a file, whole or not at all."""
    replace_file(path, sealed(data))


def read_sealed(path: Path) -> bytes:
    """The data that was sealed in a file.

    Raises:
        OSError: the file cannot be read.
        ForeignSealError: somebody else made it, or it was changed since.

    """
    return unsealed(path.read_bytes())


def _seal(data: bytes) -> bytes:
    return blake2b(data, key=_key(), digest_size=_LENGTH).digest()


@cache
def _key() -> bytes:
    """The secret of this person, made at its first use; one for this run alone where no file can hold it."""
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    path = Path(home).expanduser() / "commonplace" / "seal"
    with suppress(OSError):
        key = path.read_bytes()
        if len(key) == _LENGTH:
            return key
    key = os.urandom(_LENGTH)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, key, mode=0o600)
    return key
