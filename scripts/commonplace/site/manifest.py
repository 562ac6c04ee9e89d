"""What is known of the site as it stands: what each of its files was made from, and what it holds."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from commonplace.seal import read_sealed, write_sealed

_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the site: the digests of what it was made from and of what it holds, and its stamp."""

    source: str
    content: str
    stamp: str
    """Size and time of the file as we left it: one that anybody touched since is not the one we know."""


@dataclass(frozen=True)
class Manifest:
    """The files of a site by their addresses, all made under one look: one theme, one set of versions."""

    look: str = ""
    files: Mapping[str, Made] = field(default_factory=dict)
    library: Any = None
    """What is told of the library that the site shows, as a table of JSON."""


def digest(data: bytes | str) -> str:
    """A short name for content, which no other content has."""
    return blake2b(data.encode() if isinstance(data, str) else data, digest_size=16).hexdigest()


def stamp(path: Path | str) -> str:
    """Size and time of a file; empty where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as a method of paths it takes half as long again
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file; an empty one where it is missing, torn, foreign or of another version."""
    try:
        return _parsed(json.loads(read_sealed(path)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def _parsed(table: Any) -> Manifest:
    """The manifest that a table of JSON holds; an empty one where it is of another version.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: the table is none of ours.

    """
    if table["schema"] != _SCHEMA:
        return Manifest()
    files = {str(name): Made(*map(str, made)) for name, made in table["files"].items()}
    return Manifest(str(table["look"]), files, table["library"])


def _as_table(manifest: Manifest) -> dict[str, Any]:
    """The manifest as a table for JSON."""
    files = {name: [made.source, made.content, made.stamp] for name, made in sorted(manifest.files.items())}
    return {"schema": _SCHEMA, "look": manifest.look, "files": files, "library": manifest.library}


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Writes the manifest whole."""
    table = json.dumps(_as_table(manifest), ensure_ascii=False, separators=(",", ":"))
    write_sealed(path, table.encode())
