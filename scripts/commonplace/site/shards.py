"""Divides a site into parts that several machines build, and makes one site of them again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commonplace.site.manifest import digest
from commonplace.site.shell import SiteError

LABEL = ".shard.json"
"""The file of a part that says which it is, and of what."""
_WRITTEN = re.compile(r"(?P<number>\d{1,4})/(?P<of>\d{1,4})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The part `number`, counted from 1, of `of` parts."""

    number: int
    of: int

    def holds(self, address: str) -> bool:
        """Whether the file at an address is of this part: each is of exactly one."""
        return int(digest(address), 16) % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


WHOLE = Shard(1, 1)


def parse_shard(text: str) -> Shard:
    """The shard that is written `2/4`.

    Raises:
        SiteError: it is written otherwise, or there is no such part.

    """
    match = _WRITTEN.fullmatch(text)
    if not match or not 1 <= int(match["number"]) <= int(match["of"]):
        raise SiteError(f"--shard {text}: a part is written I/N, as 2/4 for the second of four")
    return Shard(int(match["number"]), int(match["of"]))


def label(shard: Shard, site: str, addresses: Sequence[str]) -> bytes:
    """What a part says of itself; `site` names what all parts of one site share."""
    table = {"shard": [shard.number, shard.of], "site": site, "files": sorted(addresses)}
    return json.dumps(table, ensure_ascii=False).encode()


def join(folders: Sequence[Path], into: Path) -> int:
    """Copies the parts in `folders` to one site, in place of any that was there; gives the number of files.

    Raises:
        SiteError: a part is missing or there twice, parts are of different sites, or a file is gone.

    """
    labels = [(folder, _label(folder)) for folder in folders]
    if fault := _fault(labels):
        raise SiteError(f"the parts do not make a site: {fault}")
    fresh = into.with_name(f".{into.name}-next")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder, table in labels:
        for address in table["files"]:
            (fresh / address).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / address, fresh / address)
    shutil.rmtree(into, ignore_errors=True)
    fresh.rename(into)
    return sum(len(table["files"]) for _, table in labels)


def _label(folder: Path) -> dict[str, Any]:
    try:
        table = json.loads((folder / LABEL).read_text(encoding="utf-8"))
        number, of = table["shard"]
        sound = isinstance(table["site"], str) and isinstance(table["files"], list) and 1 <= number <= of
    except (OSError, ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise SiteError(f"{folder}: no part of a site; `commonplace build --shard I/N` makes one")
    return table  # type: ignore[no-any-return]


def _fault(labels: Sequence[tuple[Path, dict[str, Any]]]) -> str:
    """What keeps parts from being one site, or nothing."""
    tables = [table for _, table in labels]
    if len({table["site"] for table in tables}) > 1 or len({table["shard"][1] for table in tables}) > 1:
        return "they are of different sites; build all of them from the same commit"
    numbers = [table["shard"][0] for table in tables]
    of = tables[0]["shard"][1]
    if missing := [number for number in range(1, of + 1) if numbers.count(number) != 1]:
        return f"part {missing[0]} of {of} is there {numbers.count(missing[0])} times"
    named = [folder / name for folder, table in labels for name in table["files"]]
    lost = [path for path in named if not path.is_file()]
    return f"{lost[0]} is gone" if lost else ""
