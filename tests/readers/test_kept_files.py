"""What was read from files is kept as long as they stay as they were, and never believed longer."""

from __future__ import annotations

import os
import pickle
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from commonplace.freezing import KeptSource
from commonplace.kept_files import KEPT, KeptFiles, read_kept
from commonplace.library import load_kept, load_library
from commonplace.lock_file import CACHE
from commonplace.model import Citation, Source
from commonplace.packs import TornPackError
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


def settle(root: Path) -> None:
    """Sets the times of a library's files back, so that they are trusted to stay."""
    for path in (*root.glob("notes/**/*.md"), root / "refs.bib"):
        age(path)


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
    kept = read_kept(tmp_path / "kept")
    kept.of(tmp_path, "note.md", reader)
    kept.save(time.time_ns())
    assert read_kept(tmp_path / "kept").of(tmp_path, "note.md", reader) == "one"
    assert reader.times == 1


def test_a_file_that_was_written_a_moment_ago_is_not_trusted_to_stay(reader: Reader, tmp_path: Path) -> None:
    """It may be written once more within the same tick of the clock, with the same size."""
    kept = read_kept(tmp_path / "kept")
    kept.of(tmp_path, "note.md", reader)
    kept.save(time.time_ns())
    read_kept(tmp_path / "kept").of(tmp_path, "note.md", reader)
    assert reader.times == 2


def _torn(folder: Path) -> None:
    index = folder / "index"
    index.write_bytes(index.read_bytes()[:-7])


def _foreign(folder: Path) -> None:
    (folder / "index").write_bytes(b"not a pickle at all")


def _other_code(folder: Path) -> None:
    kept = pickle.loads(unsealed((folder / "index").read_bytes()))  # noqa: S301 - written a moment ago
    (folder / "index").write_bytes(sealed(pickle.dumps(("other code", kept[1]))))


def _sealed_by_another(folder: Path) -> None:
    (folder / "index").write_bytes(bytes(32) + (folder / "index").read_bytes()[32:])


def _without_packs(folder: Path) -> None:
    for pack in _packs(folder):
        pack.unlink()


def _with_packs_cut_short(folder: Path) -> None:
    for pack in _packs(folder):
        pack.write_bytes(pack.read_bytes()[:-1])


def _packs(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name != "index"]


@pytest.mark.parametrize(
    "harm",
    [_torn, _foreign, _other_code, _sealed_by_another, _without_packs, _with_packs_cut_short, shutil.rmtree],
)
def test_what_cannot_be_read_back_is_as_if_it_were_not_there(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    root = bound(HEALTHY, tmp_path / "book")
    folder = root / CACHE / KEPT
    settle(root)
    load_kept(root, TODAY)
    harm(folder)
    again = load_kept(root, TODAY)
    assert [note.source.text for note in again.notes] == [
        note.source.text for note in load_library(root, TODAY).notes
    ]
    assert not any(isinstance(note.source, KeptSource) for note in again.notes)


def test_a_pack_that_was_changed_is_refused_with_its_remedy(tmp_path: Path) -> None:
    """Whoever can write to a checkout could have it show, or run, something else."""
    root = bound(HEALTHY, tmp_path)
    settle(root)
    load_kept(root, TODAY)
    for pack in _packs(root / CACHE / KEPT):
        pack.write_bytes(bytes(len(pack.read_bytes())))
    with pytest.raises(TornPackError, match="remove"):
        _ = [note.source.text for note in load_kept(root, TODAY).notes]


def test_what_many_runs_leave_is_brought_together(tmp_path: Path) -> None:
    """Each leaves what it read in a file of its own; they do not pile up, and none is lost."""
    (root := tmp_path / "book").mkdir()
    for number in range(30):
        (root / f"{number}.md").write_text(str(number))
        age(root / f"{number}.md")
        kept = read_kept(tmp_path / "kept")
        kept.of_all(root, [f"{each}.md" for each in range(number + 1)], lambda path: Source(path, path))
        kept.save(time.time_ns())
    assert len(_packs(tmp_path / "kept")) < 10
    paths = [f"{each}.md" for each in range(30)]
    again = read_kept(tmp_path / "kept").of_all(root, paths, lambda path: Source(path, "read again"))
    assert [source.text for source in again] == paths


def test_many_files_are_read_by_several_processes_with_the_same_result(tmp_path: Path) -> None:
    paths = [f"{number}.md" for number in range(600)]
    for path in paths:
        (tmp_path / path).write_text(f"text of {path}")
    read = KeptFiles(processes=2).of_all(
        tmp_path, paths, lambda path: Source(path, (tmp_path / path).read_text())
    )
    assert [(source.path, source.text) for source in read] == [(path, f"text of {path}") for path in paths]


def test_a_library_of_kept_files_is_the_library(tmp_path: Path) -> None:
    """Its tokens too, which are thawed one note at a time."""
    root = bound(HEALTHY, tmp_path)
    settle(root)
    load_kept(root, TODAY)
    fresh, kept = load_library(root, TODAY), load_kept(root, TODAY)
    assert [note.path for note in kept.notes] == [note.path for note in fresh.notes]
    assert [note.source.text for note in kept.notes] == [note.source.text for note in fresh.notes]
    assert [note.front for note in kept.notes] == [note.front for note in fresh.notes]
    assert [note.markup.tokens for note in kept.notes] == [note.markup.tokens for note in fresh.notes]
    assert [note.markup.claims for note in kept.notes] == [note.markup.claims for note in fresh.notes]
    assert [note.markup.code_blocks for note in kept.notes] == [
        note.markup.code_blocks for note in fresh.notes
    ]
    assert [note.markup.code_in_words for note in kept.notes] == [
        note.markup.code_in_words for note in fresh.notes
    ]
    assert any(note.markup.of(Citation) for note in kept.notes)
    assert any(note.markup.code_in_words for note in kept.notes)
    assert kept.references == fresh.references
    assert kept.diagnostics == fresh.diagnostics


def test_what_is_let_go_of_is_there_again_when_it_is_asked_for(tmp_path: Path) -> None:
    """Also of a library that was not kept, whose notes have nowhere else to be fetched from."""
    root = bound(HEALTHY, tmp_path)
    settle(root)
    for library in (load_kept(root, TODAY), load_kept(root, TODAY)):
        told = [(note.source.text, note.markup.tokens, note.markup.claims) for note in library.notes]
        for note in library.notes:
            note.let_go()
        assert [(note.source.text, note.markup.tokens, note.markup.claims) for note in library.notes] == told


def test_where_nothing_can_be_written_the_library_is_read_all_the_same(tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path)
    (root / CACHE).write_text("a file where the folder should be")
    assert load_kept(root, TODAY).notes


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path)
    settle(root)
    load_kept(root, TODAY)
    before = {path: path.stat().st_mtime_ns for path in (root / CACHE / KEPT).iterdir()}
    load_kept(root, TODAY)
    assert {path: path.stat().st_mtime_ns for path in (root / CACHE / KEPT).iterdir()} == before
