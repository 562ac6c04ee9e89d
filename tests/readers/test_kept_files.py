"""What was read from files is kept as long as they stay as they were, and never believed longer."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from commonplace.kept_files import KEPT, KeptFiles, read_kept
from commonplace.library import load_kept, load_library
from commonplace.lock_file import CACHE
from commonplace.model import Citation
from commonplace.seal import sealed, unsealed
from sample_books import HEALTHY, TODAY, bound

_HOUR = 3600 * 10**9


class Reader:
    """Reads a file, and counts how often."""

    def __init__(self, path: Path) -> None:
        self.path, self.times = path, 0

    def __call__(self) -> str:
        self.times += 1
        return self.path.read_text()


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "note.md").write_text("one")
    return Reader(tmp_path / "note.md")


def age(path: Path, hours: int = 1) -> None:
    """Sets a file's time back."""
    past = time.time_ns() - hours * _HOUR
    os.utime(path, ns=(past, past))


def test_a_file_is_read_once_while_it_stays_as_it_was(reader: Reader, tmp_path: Path) -> None:
    kept = KeptFiles()
    assert [kept.of(tmp_path, "note.md", reader) for _ in range(3)] == ["one"] * 3
    assert reader.times == 1


def test_a_file_that_changed_is_read_again(reader: Reader, tmp_path: Path) -> None:
    kept = KeptFiles()
    kept.of(tmp_path, "note.md", reader)
    reader.path.write_text("longer")
    assert kept.of(tmp_path, "note.md", reader) == "longer"


def test_a_file_of_the_same_size_and_time_is_read_again_where_it_is_said_to_have_changed(
    reader: Reader, tmp_path: Path
) -> None:
    kept = KeptFiles()
    age(reader.path)
    time_of = reader.path.stat().st_mtime_ns
    kept.of(tmp_path, "note.md", reader)
    reader.path.write_text("two")
    os.utime(reader.path, ns=(time_of, time_of))
    kept.forget(["note.md"])
    assert kept.of(tmp_path, "note.md", reader) == "two"


def test_another_process_finds_what_was_kept(reader: Reader, tmp_path: Path) -> None:
    age(reader.path)
    kept = KeptFiles()
    kept.of(tmp_path, "note.md", reader)
    kept.save(tmp_path / "kept", time.time_ns())
    assert read_kept(tmp_path / "kept").of(tmp_path, "note.md", reader) == "one"
    assert reader.times == 1


def test_a_file_that_was_written_a_moment_ago_is_not_trusted_to_stay(reader: Reader, tmp_path: Path) -> None:
    """It may be written once more within the same tick of the clock, with the same size."""
    kept = KeptFiles()
    kept.of(tmp_path, "note.md", reader)
    kept.save(tmp_path / "kept", time.time_ns())
    read_kept(tmp_path / "kept").of(tmp_path, "note.md", reader)
    assert reader.times == 2


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _foreign(path: Path) -> None:
    path.write_bytes(b"not a pickle at all")


def _other_code(path: Path) -> None:
    kept = pickle.loads(unsealed(path.read_bytes()) or b"")  # noqa: S301 - written a moment ago
    path.write_bytes(sealed(pickle.dumps(("other code", kept[1]))))


def _sealed_by_another(path: Path) -> None:
    path.write_bytes(bytes(32) + path.read_bytes()[32:])


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [_torn, _foreign, _other_code, _sealed_by_another, _gone])
def test_what_cannot_be_read_back_is_as_if_it_were_not_there(
    reader: Reader, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    age(reader.path)
    kept = KeptFiles()
    kept.of(tmp_path, "note.md", reader)
    kept.save(tmp_path / "kept", time.time_ns())
    harm(tmp_path / "kept")
    assert read_kept(tmp_path / "kept").of(tmp_path, "note.md", reader) == "one"
    assert reader.times == 2


def test_a_library_of_kept_files_is_the_library(tmp_path: Path) -> None:
    """Its tokens too, which are thawed one note at a time."""
    root = bound(HEALTHY, tmp_path)
    for path in root.glob("notes/**/*.md"):
        age(path)
    load_kept(root, TODAY)
    fresh, kept = load_library(root, TODAY), load_kept(root, TODAY)
    assert [note.source for note in kept.notes] == [note.source for note in fresh.notes]
    assert [note.front for note in kept.notes] == [note.front for note in fresh.notes]
    assert [note.markup.tokens for note in kept.notes] == [note.markup.tokens for note in fresh.notes]
    assert [note.markup.claims for note in kept.notes] == [note.markup.claims for note in fresh.notes]
    assert any(note.markup.of(Citation) for note in kept.notes)
    assert kept.references == fresh.references
    assert kept.diagnostics == fresh.diagnostics


def test_where_nothing_can_be_written_the_library_is_read_all_the_same(tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path)
    (root / CACHE).write_text("a file where the folder should be")
    assert load_kept(root, TODAY).notes


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path)
    for path in (*root.glob("notes/**/*.md"), root / "refs.bib"):
        age(path)
    load_kept(root, TODAY)
    before = (root / CACHE / KEPT).stat().st_mtime_ns
    load_kept(root, TODAY)
    assert (root / CACHE / KEPT).stat().st_mtime_ns == before
