"""A site that grew by edits is the one that a build from nothing gives, and only what changed was written."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from commonplace.library import load_kept
from commonplace.seal import sealed, unsealed
from commonplace.site import Built, build
from commonplace.site.build import STATE
from commonplace.site.manifest import stamp
from edits import EDITS, write_small_book
from sample_books import TODAY, bound, loaded


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of pages for search engines bears a day, which may pass while the tests run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small book, ready to be built."""
    write_small_book(tmp_path / "written")
    root = bound(tmp_path / "written", tmp_path / "book")
    for path in (*root.glob("notes/**/*.md"), root / "refs.bib"):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # what was written a moment ago is not kept
    return root


def files(folder: Path) -> dict[str, bytes]:
    """The files below a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def rebuilt(book: Path) -> Built:
    """The site, with what is kept from the last time."""
    return build(load_kept(book, TODAY))


def from_nothing(book: Path) -> dict[str, bytes]:
    """The site that the same book gives where nothing is known of an earlier one."""
    fresh = book.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(book, fresh, symlinks=True, ignore=shutil.ignore_patterns(".cache", "site"))
    return files(build(loaded(fresh)).folder)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_site_is_the_one_that_a_build_from_nothing_gives(book: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - edits, no secret
    rebuilt(book)
    for _ in range(3):
        for _ in range(chance.randint(1, 3)):
            chance.choice(EDITS)(book, chance)
        assert files(rebuilt(book).folder) == from_nothing(book)


def test_a_build_without_a_change_writes_nothing(book: Path) -> None:
    site = rebuilt(book).folder
    manifest = book / STATE / "manifest"
    times = {path: path.stat().st_mtime_ns for path in (manifest, *site.rglob("*"))}
    assert not rebuilt(book).change.written
    assert {path: path.stat().st_mtime_ns for path in (manifest, *site.rglob("*"))} == times


def test_a_word_in_a_note_changes_its_page_and_the_index_and_nothing_else(book: Path) -> None:
    """Files that are as they were keep their times, so that a deploy sends only what changed."""
    site = rebuilt(book).folder
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    note = book / "notes/papers/work-3.md"
    note.write_text(note.read_text().replace("## Claims", "A last word.\n\n## Claims"), encoding="utf-8")
    change = rebuilt(book).change
    assert {name for name in change.written if not name.startswith("pagefind/")} == {
        "papers/work-3/index.html"
    }
    touched = {path for path, time in times.items() if path.exists() and path.stat().st_mtime_ns != time}
    assert {path.relative_to(site).as_posix() for path in touched} <= change.written


def test_a_page_that_is_gone_is_gone_from_the_site(book: Path) -> None:
    site = rebuilt(book).folder
    (book / "notes/papers/work-3.md").unlink()
    assert "papers/work-3/index.html" in rebuilt(book).change.removed
    assert not (site / "papers/work-3").exists()


def _delete_page(book: Path) -> None:
    (book / "site/papers/work-3/index.html").unlink()


def _overwrite_page(book: Path) -> None:
    (book / "site/papers/work-3/index.html").write_text("something else", encoding="utf-8")


def _tear_manifest(book: Path) -> None:
    path = book / STATE / "manifest"
    path.write_bytes(path.read_bytes()[:100])


def _foreign_manifest(book: Path) -> None:
    (book / STATE / "manifest").write_bytes(sealed(b'{"schema": 99, "files": 3}'))


def _lying_state(book: Path) -> None:
    path = book / STATE / "manifest"
    table = json.loads(unsealed(path.read_bytes()))
    table["library"] = {"world": 1, "works": [], "notes": "none"}
    path.write_bytes(sealed(json.dumps(table).encode()))


def _manifest_of_somebody_else(book: Path) -> None:
    """As a branch could bring one along, with a page that is not what the library says."""
    page, path = book / "site/papers/work-3/index.html", book / STATE / "manifest"
    table = json.loads(unsealed(path.read_bytes()))
    page.write_text("something else", encoding="utf-8")
    table["files"]["papers/work-3/index.html"][-1] = stamp(page)
    path.write_bytes(bytes(32) + json.dumps(table).encode())


def _tear_kept_files(book: Path) -> None:
    path = book / ".cache/kept/index"
    path.write_bytes(path.read_bytes()[:200])


def _no_state(book: Path) -> None:
    shutil.rmtree(book / ".cache")


def _no_site(book: Path) -> None:
    shutil.rmtree(book / "site")


def _foreign_site(book: Path) -> None:
    shutil.rmtree(book / ".cache")
    (book / "site/left/over").mkdir(parents=True)
    (book / "site/left/over/page.html").write_text("from another time", encoding="utf-8")


HARM = (
    _delete_page,
    _overwrite_page,
    _tear_manifest,
    _foreign_manifest,
    _lying_state,
    _manifest_of_somebody_else,
    _tear_kept_files,
    _no_state,
    _no_site,
    _foreign_site,
)


@pytest.mark.parametrize("harm", HARM)
def test_whatever_happens_to_what_is_kept_no_page_is_wrong(book: Path, harm: Callable[[Path], None]) -> None:
    """Torn, foreign, deleted, edited by hand: the next build gives the whole site, and says nothing false."""
    rebuilt(book)
    harm(book)
    assert files(rebuilt(book).folder) == from_nothing(book)


def test_state_of_another_branch_does_no_harm(book: Path) -> None:
    """What is kept from one branch serves on another as far as it fits."""
    chance = random.Random(5)  # noqa: S311 - edits, no secret
    rebuilt(book)
    other = book.with_name("other")
    shutil.copytree(book, other, symlinks=True)
    for _ in range(6):
        chance.choice(EDITS)(other, chance)
    rebuilt(other)
    for kept in (".cache", "site"):
        shutil.rmtree(book / kept)
        shutil.copytree(other / kept, book / kept)
    assert files(rebuilt(book).folder) == from_nothing(book)


def test_other_settings_of_the_site_are_seen(book: Path) -> None:
    rebuilt(book)
    settings = book / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("site_name: Commonplace", "site_name: Another"), encoding="utf-8"
    )
    assert b"Another</title>" in (rebuilt(book).folder / "index.html").read_bytes()
    assert files(rebuilt(book).folder) == from_nothing(book)
