"""Divides a site into parts that several machines build, and makes one site of them again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commonplace.cores import cores
from commonplace.search import IndexingError, joined
from commonplace.site.manifest import digest
from commonplace.site.shell import SiteError

# None begins with a dot: what carries parts from machine to machine often leaves such files behind.
LABEL = "shard.json"
"""The file of a part that says which it is, and of what."""
_OF_INDEX = ".part"
"""How the names of files end that are parts of the search index; it is joined when the site is."""
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


def part_addresses(number: int) -> list[str]:
    """The addresses of so many parts of the search index, in their order."""
    return [f"shard/{each:06}{_OF_INDEX}" for each in range(number)]


def label(shard: Shard, site: str, addresses: Sequence[str]) -> bytes:
    """What a part says of itself; `site` names what all parts of one site share."""
    table = {"shard": [shard.number, shard.of], "site": site, "files": sorted(addresses)}
    return json.dumps(table, ensure_ascii=False).encode()


def join(folders: Sequence[Path], into: Path) -> int:
    """Makes one site of the parts in `folders`, in place of any that was there; gives the number of files.

    Raises:
        SiteError: a part is missing or there twice, parts are of different sites, a file is gone or torn.

    """
    labels = [(folder, _label(folder)) for folder in folders]
    if fault := _fault(labels):
        raise SiteError(f"the parts do not make a site: {fault}")
    files = {address: folder / address for folder, table in labels for address in table["files"]}
    alone = {address: path for address, path in files.items() if address.endswith(_OF_INDEX)}
    fresh = into.with_name(f".{into.name}-next")
    shutil.rmtree(fresh, ignore_errors=True)
    for address in files.keys() - alone.keys():
        shutil.copy2(files[address], _place(fresh / address))
    for address, data in _index([path for _, path in sorted(alone.items())]):
        _place(fresh / address).write_bytes(data)
    shutil.rmtree(into, ignore_errors=True)
    fresh.rename(into)
    return sum(path.is_file() for path in into.rglob("*"))


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _index(alone: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The files of the search index, of which the parts made these."""
    try:
        for file in joined((path.read_bytes() for path in alone), cores()):
            yield file.address, file.content()
    except IndexingError as fault:
        raise SiteError(f"the parts do not make a site: {fault}; build them again") from None


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
