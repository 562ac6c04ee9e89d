"""The search of a preview follows each change, and makes again only what the change reaches."""

from __future__ import annotations

from pathlib import Path

from commonplace.search import search_files
from commonplace.search.parts import MOST
from commonplace.site.live_index import LiveIndex
from sample_books import written


def registry(changed: int = -1) -> str:
    """A registry of more references than a part of the index holds, perhaps one of them `changed`."""
    return "\n".join(
        f"@misc{{key{number},\n  author = {{Doe, Ann}},\n  title = {{{title} of number {number}}},\n}}"
        for number in range(MOST + 40)
        for title in ("Another title" if number == changed else "The title",)
    )


def pieces(folder: Path) -> dict[str, int]:
    """The kept pieces by their names, each with the time at which it was written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.name != "rows"}


def test_a_change_makes_one_part_anew_and_the_index_is_that_of_the_book(tmp_path: Path) -> None:
    index = LiveIndex(tmp_path / "kept")
    index.renew(written(tmp_path, {"refs.bib": registry()}))
    before = pieces(tmp_path / "kept")
    library = written(tmp_path, {"refs.bib": registry(changed=7)})
    index.renew(library)
    after = pieces(tmp_path / "kept")
    assert len(before) == len(after) == 2
    assert len(before.items() & after.items()) == 1
    assert index.files == dict(search_files(library))


def test_a_preview_that_starts_again_takes_up_what_is_kept(tmp_path: Path) -> None:
    library = written(tmp_path, {"refs.bib": registry()})
    LiveIndex(tmp_path / "kept").renew(library)
    before = pieces(tmp_path / "kept")
    again = LiveIndex(tmp_path / "kept")
    again.renew(library)
    assert pieces(tmp_path / "kept") == before
    assert again.files == dict(search_files(library))
