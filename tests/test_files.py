"""What is read from a library: its own files, and nothing that they point to."""

from __future__ import annotations

from pathlib import Path

from commonplace.library import load_library
from commonplace.site import build
from sample_books import HEALTHY, TODAY, bound, loaded


def test_a_note_that_is_a_link_out_of_the_library_is_reported_and_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("only for me")
    (tmp_path / "book" / "notes").mkdir(parents=True)
    (tmp_path / "book" / "notes" / "stolen.md").symlink_to(secret)
    library = load_library(tmp_path / "book", TODAY)
    assert not library.notes
    assert [fault.rule for fault in library.diagnostics] == ["unreadable-file"]


def test_a_link_to_another_note_of_the_library_is_read(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "one.md").write_text("One.")
    (notes / "two.md").symlink_to(notes / "one.md")
    library = load_library(tmp_path, TODAY)
    assert [note.slug for note in library.notes] == ["one", "two"]


def test_a_picture_that_is_a_link_out_of_the_library_is_not_published(tmp_path: Path) -> None:
    book = bound(HEALTHY, tmp_path / "book")
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"only for me")
    (book / "notes" / "stolen.png").symlink_to(secret)
    assert not (build(loaded(book)).folder / "stolen.png").exists()
