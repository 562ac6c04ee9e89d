"""Puts the facets of an index into one order; Pagefind writes them in another each time."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias, cast

import cbor2

_SIGNATURE = b"pagefind_dcd"
_META_FACETS = 3
"""Where the metadata of an index lists its facets, each with the name of its file."""
_FACET_VALUES = 1
"""Where a facet's file lists the values, each with its pages."""

Value: TypeAlias = "int | str | list[Value]"
Listed = list[list[Value]]


def put_in_one_order(bundle: Path) -> None:
    """Rewrites the facets of the index in `bundle`, so that the same records always give the same files.

    Raises:
        ValueError: the files are not those of the version of Pagefind that is pinned.

    """
    entry_file = bundle / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for language in entry["languages"].values():
        meta_file = bundle / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(meta_file)
        facets = cast(Listed, meta[_META_FACETS])
        for facet in facets:
            facet[1] = _sorted_facet(bundle / "filter" / f"{facet[1]}.pf_filter")
        facets.sort(key=_first)
        meta_file.unlink()
        language["hash"] = _write(meta, bundle, "pagefind.{}.pf_meta")
    entry_file.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")


def _sorted_facet(file: Path) -> str:
    """Sorts the values in a facet's file; gives the file's new name, which follows from what it holds."""
    facet = _read(file)
    file.unlink()
    cast(Listed, facet[_FACET_VALUES]).sort(key=_first)
    return _write(facet, file.parent, "{}.pf_filter")


def _first(listed: list[Value]) -> str:
    return str(listed[0])


def _read(file: Path) -> list[Value]:
    data = gzip.decompress(file.read_bytes())
    value = cbor2.loads(data.removeprefix(_SIGNATURE))
    if not data.startswith(_SIGNATURE) or not isinstance(value, list):
        raise ValueError(f"{file.name} is not a file of the Pagefind that is pinned")
    return value


def _write(value: Value, folder: Path, pattern: str) -> str:
    data = cbor2.dumps(value)
    name = f"en_{sha256(data).hexdigest()[:10]}"
    (folder / pattern.format(name)).write_bytes(gzip.compress(_SIGNATURE + data, mtime=0))
    return name
