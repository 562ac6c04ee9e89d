"""A site that several machines built in parts is the site that one builds whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_incremental import files

from commonplace.search.parts import MOST
from commonplace.site import SiteError, build, join, parse_shard
from commonplace.site.shards import LABEL, Shard
from sample_books import HEALTHY, bound, loaded


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The healthy book in three parts, each built in a folder of its own."""
    base = tmp_path_factory.mktemp("parts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        return [
            build(loaded(bound(HEALTHY, base / str(number))), shard=Shard(number, 3)).folder
            for number in (1, 2, 3)
        ]


def test_the_parts_together_are_the_whole_site(
    parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    whole = files(build(loaded(bound(HEALTHY, tmp_path / "whole"))).folder)
    assert join(parts, tmp_path / "site") == len(whole)
    assert files(tmp_path / "site") == whole


def test_each_file_is_of_one_part(parts: list[Path]) -> None:
    names = [name for part in parts for name in files(part) if name != LABEL]
    assert len(names) == len(set(names))
    assert all(files(part) for part in parts)


def test_a_missing_part_is_named(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="part 3 of 3 is there 0 times"):
        join(parts[:2], tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_part_that_is_there_twice_is_named(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="part 2 of 3 is there 2 times"):
        join([*parts, parts[1]], tmp_path / "site")


def test_parts_of_different_books_are_no_site(parts: list[Path], tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path / "other")
    (root / "notes/papers/wide.md").unlink()
    other = build(loaded(root), shard=Shard(3, 3)).folder
    with pytest.raises(SiteError, match="different sites"):
        join([*parts[:2], other], tmp_path / "site")


def test_a_file_that_was_lost_on_the_way_is_named(parts: list[Path], tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    shutil.copytree(parts[0], torn)
    lost = next(path for path in torn.rglob("*.html"))
    lost.unlink()
    with pytest.raises(SiteError, match="is gone"):
        join([torn, *parts[1:]], tmp_path / "site")


def test_a_part_of_the_index_that_is_torn_is_said(parts: list[Path], tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    holding = next(part for part in parts if (part / "shard").exists())
    shutil.copytree(holding, torn)
    for path in (torn / "shard").iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(SiteError, match="build them again"):
        join([torn, *(part for part in parts if part != holding)], tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_parts_of_a_large_index_are_made_by_several_machines(tmp_path: Path) -> None:
    """To index is most of the work."""
    root = bound(HEALTHY, tmp_path)
    entries = "".join(f"@misc{{more{number}, title = {{More {number}}}}}\n" for number in range(4 * MOST))
    with (root / "refs.bib").open("a", encoding="utf-8") as registry:
        registry.write(entries)
    first, second = (
        {path.name for path in build(loaded(root), shard=Shard(number, 2)).folder.glob("shard/*")}
        for number in (1, 2)
    )
    assert first
    assert second
    assert not first & second


def test_a_folder_that_is_no_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="no part of a site"):
        join([tmp_path], tmp_path / "site")


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "a/b", "1/0", "-1/2", "1/2/3"])
def test_a_part_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(SiteError, match="2/4 for the second of four"):
        parse_shard(text)
