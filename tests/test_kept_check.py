"""What is kept of a check: taken over where it holds, and never believed where it may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commonplace.checks import Known, check
from commonplace.kept_check import KEPT_CHECK, check_kept, read_known
from commonplace.seal import sealed, unsealed
from edits import write_small_book
from sample_books import loaded


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small book with a few faults, which has been checked."""
    write_small_book(tmp_path)
    with (tmp_path / "notes/papers/work-2.md").open("a", encoding="utf-8") as note:
        note.write("- It is [@nobody]\n")
    check_kept(loaded(tmp_path))
    return tmp_path


def test_what_is_read_is_what_was_found(book: Path) -> None:
    checked = check_kept(loaded(book))
    assert checked.known == read_known(book)
    assert checked.findings == check(loaded(book)) != ()


def test_a_check_that_finds_the_same_writes_nothing(book: Path) -> None:
    before = (book / KEPT_CHECK).stat()
    check_kept(loaded(book))
    assert (book / KEPT_CHECK).stat() == before


def _with(table: dict[str, object], **other: object) -> bytes:
    return json.dumps({**table, **other}).encode()


@pytest.mark.parametrize("data", [b"", b"\xff", b"{", b"[]", b"null", b"{}", b"[" * 100_000])
def test_a_file_that_is_none_of_ours_is_not_believed(book: Path, data: bytes) -> None:
    (book / KEPT_CHECK).write_bytes(sealed(data))
    assert read_known(book) == Known()
    assert check_kept(loaded(book)).findings == check(loaded(book))
    assert read_known(book) != Known()


@pytest.mark.parametrize(
    "other",
    [
        {"code": "older"},
        {"code": None},
        {"texts": []},
        {"in_notes": [[1]]},
        {"of_whole": 3},
        {"mentions": None},
    ],
    ids=str,
)
def test_a_file_of_other_code_or_another_form_is_not_believed(book: Path, other: dict[str, object]) -> None:
    table = json.loads(unsealed((book / KEPT_CHECK).read_bytes()))
    (book / KEPT_CHECK).write_bytes(sealed(_with(table, **other)))
    assert read_known(book) == Known()


def test_what_somebody_else_found_is_not_believed(book: Path) -> None:
    """A branch may bring a file along that says that nothing is wrong in it."""
    table = unsealed((book / KEPT_CHECK).read_bytes())
    assert table
    (book / KEPT_CHECK).write_bytes(bytes(32) + table)
    assert read_known(book) == Known()


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_torn_file_is_not_believed(book: Path, share: float) -> None:
    data = (book / KEPT_CHECK).read_bytes()
    (book / KEPT_CHECK).write_bytes(data[: int(len(data) * share)])
    assert read_known(book) == Known()


def test_where_nothing_can_be_kept_the_whole_is_checked_each_time(book: Path) -> None:
    (book / KEPT_CHECK).unlink()
    (book / ".cache").rmdir()
    (book / ".cache").write_text("in the way", encoding="utf-8")
    assert check_kept(loaded(book)).findings == check(loaded(book))
