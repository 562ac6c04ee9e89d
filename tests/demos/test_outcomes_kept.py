"""What demos came to is kept by their content: what has not changed is not run again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_demos import check, library

from commonplace.demo_runs import RUNS
from commonplace.demos.standing import demonstrated, stale
from commonplace.library import Library
from sample_books import loaded


def counting(root: Path, name: str = "works") -> str:
    """A demo that writes a mark each time that it runs."""
    return f"open({str(root / f'{name}.marks')!r}, 'a').write('x')\n\n\n" + check("return 'yes'")


def marks(root: Path, name: str = "works") -> int:
    file = root / f"{name}.marks"
    return len(file.read_text()) if file.exists() else 0


def up_to_date(root: Path) -> Library:
    """The library at `root` as a command finds it, with its demos run where they have to be."""
    found = loaded(root)
    return demonstrated(found, stale(found))


def kept(root: Path) -> list[Path]:
    return list((root / RUNS).glob("*"))


def test_a_demo_that_has_not_changed_is_not_run_again(tmp_path: Path) -> None:
    library(tmp_path, {"works": counting(tmp_path)})
    first, second = up_to_date(tmp_path), up_to_date(tmp_path)
    assert marks(tmp_path) == 1
    assert second.runs == first.runs
    assert [finding.said for finding in second.runs["notes/papers/works.md"].findings] == ["yes"]


def test_only_the_demo_that_has_changed_is_run_again(tmp_path: Path) -> None:
    demos = {name: counting(tmp_path, name) for name in ("one", "two")}
    library(tmp_path, demos)
    up_to_date(tmp_path)
    with (tmp_path / "notes/papers/two.py").open("a") as file:
        file.write("# changed\n")
    up_to_date(tmp_path)
    assert (marks(tmp_path, "one"), marks(tmp_path, "two")) == (1, 2)


def test_what_is_as_it_was_before_comes_back_without_a_run(tmp_path: Path) -> None:
    file = tmp_path / "notes/papers/works.py"
    library(tmp_path, {"works": counting(tmp_path)})
    before = file.read_text()
    up_to_date(tmp_path)
    file.write_text(before + "# changed\n")
    up_to_date(tmp_path)
    file.write_text(before)
    up_to_date(tmp_path)
    assert marks(tmp_path) == 2


@pytest.mark.parametrize(
    "torn", [b"", b"{", b"\xff", b"[]", b"null", b'{"findings": [[1]]}', b"[" * 100_000, b'{"findings": 3}']
)
def test_a_torn_or_foreign_file_is_as_if_it_were_not_there(tmp_path: Path, torn: bytes) -> None:
    library(tmp_path, {"works": counting(tmp_path)})
    whole = up_to_date(tmp_path)
    [file] = kept(tmp_path)
    file.write_bytes(torn)
    assert stale(loaded(tmp_path))
    again = up_to_date(tmp_path).runs["notes/papers/works.md"]
    first = whole.runs["notes/papers/works.md"]
    assert [replace(each, seconds=0) for each in again.findings] == [
        replace(each, seconds=0) for each in first.findings
    ]


def test_a_failing_check_is_kept_as_well(tmp_path: Path) -> None:
    library(tmp_path, {"works": counting(tmp_path).replace("return 'yes'", "assert 1 > 2, 'no'")})
    up_to_date(tmp_path)
    assert not up_to_date(tmp_path).runs["notes/papers/works.md"].is_green
    assert marks(tmp_path) == 1


def test_what_hangs_on_the_machine_is_tried_again(tmp_path: Path) -> None:
    """A library that is missing may be there tomorrow."""
    library(tmp_path, {"works": counting(tmp_path).replace("return 'yes'", "__import__('os')._exit(1)")})
    up_to_date(tmp_path)
    up_to_date(tmp_path)
    assert marks(tmp_path) == 2
    assert not kept(tmp_path)


def test_of_a_demo_that_is_edited_again_and_again_only_the_last_outcomes_stay(tmp_path: Path) -> None:
    library(tmp_path, {"works": counting(tmp_path)})
    for _ in range(8):
        with (tmp_path / "notes/papers/works.py").open("a") as file:
            file.write("# changed\n")
        up_to_date(tmp_path)
    assert len(kept(tmp_path)) == 5
    assert not stale(loaded(tmp_path))


def test_a_book_without_demos_gets_no_folder_for_them(tmp_path: Path) -> None:
    library(tmp_path, {})
    assert up_to_date(tmp_path).runs == {}
    assert not (tmp_path / RUNS).exists()


def test_where_nothing_can_be_kept_demos_are_run_all_the_same(tmp_path: Path) -> None:
    library(tmp_path, {"works": counting(tmp_path)})
    (tmp_path / ".cache").write_text("a file in the place of the folder")
    assert up_to_date(tmp_path).runs["notes/papers/works.md"].is_green
