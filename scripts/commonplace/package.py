"""The code of this package as one name, for what must not outlive it."""

from __future__ import annotations

import os
import sys
import sysconfig
from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def code_digest() -> str:
    """A digest of every file of the package, of the Python that runs it, and of what is installed there."""
    installed = sorted(path.stem for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    name = blake2b(f"{sys.version} {installed}".encode(), digest_size=16)
    for path in sorted(files(PACKAGE)):
        name.update(f"{path}\0".encode())
        name.update(path.read_bytes())
    return name.hexdigest()


def files(folder: Path) -> list[Path]:
    """The files below a folder, without those that Python makes of others."""
    walked = os.walk(folder)
    return [Path(where, name) for where, _, names in walked for name in names if not name.endswith(".pyc")]
