"""A preview shows what was saved, everywhere, at once; what is wrong stops nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from edits import write_small_book
from sample_books import bound


@dataclass
class Preview:
    """A preview that runs: its book, its address, what it says."""

    book: Path
    address: str
    said: Path

    def get(self, path: str) -> str:
        """What lies at an address; empty where nothing does."""
        try:
            with urlopen(f"http://{self.address}/{path}", timeout=20) as reply:
                return str(reply.read().decode("utf-8", "replace"))
        except HTTPError as fault:
            return f"{fault.code}"
        except OSError:
            return ""

    def until(self, is_so: Callable[[], bool]) -> None:
        """Waits until something is so; a minute without it is a failure."""
        for _ in range(600):
            if is_so():
                return
            time.sleep(0.1)
        raise AssertionError(f"it never came to that; said: {self.said.read_text()}")

    def change(self, path: str, old: str, new: str) -> None:
        file = self.book / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    base = tmp_path_factory.mktemp("preview")
    write_small_book(base / "written")
    book = bound(base / "written", base / "book")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "commonplace", "serve", "--root", str(book), "--address", address]
    said = base / "said"
    with (
        said.open("w") as out,
        subprocess.Popen(command, stdout=out, stderr=out) as running,  # noqa: S603 - this program
    ):
        try:
            preview = Preview(book, address, said)
            preview.until(lambda: "Work 3" in preview.get("papers/work-3/"))
            yield preview
        finally:
            running.terminate()


def test_a_note_that_is_saved_is_shown(preview: Preview) -> None:
    preview.change("notes/papers/work-3.md", "## Claims", "Saved just now.\n\n## Claims")
    preview.until(lambda: "Saved just now." in preview.get("papers/work-3/"))


def test_a_name_that_changed_is_shown_wherever_it_stands(preview: Preview) -> None:
    preview.change("notes/papers/work-4.md", "name: work 4", "name: the renamed one")
    preview.until(lambda: "The renamed one" in preview.get("paths/path/"))
    assert "The renamed one" in preview.get("topics/topic-1/")


def test_a_new_note_has_a_page_and_one_that_is_deleted_has_none(preview: Preview) -> None:
    note = preview.book / "notes/about.md"
    note.write_text("---\ntitle: About\n---\nNew here.\n", encoding="utf-8")
    preview.until(lambda: "New here." in preview.get("about/"))
    note.unlink()
    preview.until(lambda: preview.get("about/") == "404")


def test_a_change_of_the_registry_is_shown(preview: Preview) -> None:
    preview.change("refs.bib", "{Work 5}", "{Work 5, Revised}")
    preview.until(lambda: "Work 5, Revised" in preview.get("bibliography/"))


def test_what_is_wrong_is_said_and_shown_all_the_same(preview: Preview) -> None:
    preview.change("notes/papers/work-6.md", "## Claims", "Nobody wrote [@nobody2020].\n\n## Claims")
    preview.until(lambda: "nobody2020" in preview.get("papers/work-6/"))
    preview.until(lambda: "no 'nobody2020' in refs.bib" in preview.said.read_text())


def test_settings_that_are_wrong_leave_the_site_as_it_was(preview: Preview) -> None:
    preview.change("mkdocs.yml", "site_name: Commonplace", "site_name: [")
    preview.until(lambda: "the site was not built" in preview.said.read_text())
    assert "Work 3" in preview.get("papers/work-3/")
    preview.change("mkdocs.yml", "site_name: [", "site_name: Mended")
    preview.until(lambda: "Mended</title>" in preview.get("papers/work-3/"))


def test_an_open_page_is_told_of_a_change(preview: Preview) -> None:
    page = preview.get("papers/work-7/")
    address = page.split("EventSource('")[1].split("'")[0].removeprefix("/")
    preview.change("notes/papers/work-7.md", "## Claims", "More.\n\n## Claims")
    assert "data: changed" in preview.get(address)


def test_what_is_saved_can_be_searched_for(preview: Preview) -> None:
    preview.until(lambda: preview.get("pagefind/pagefind-entry.json").startswith("{"))


def test_pages_have_their_own_addresses_and_no_other(preview: Preview) -> None:
    assert "Work 3" in preview.get("papers/work-3")
    assert preview.get("papers/nothing/") == "404"
    assert preview.get("../refs.bib") == "404"
    assert preview.get("%2e%2e/refs.bib") == "404"
