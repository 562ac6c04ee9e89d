"""`commonplace changes`: what a branch changes for readers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from commonplace.changed_book import changed_book
from commonplace.cli_contribute import changes
from commonplace.report.reader_changes import summary
from sample_books import written

BEFORE = {
    "refs.bib": "@misc{a2020one, title = {Work of *One* and {$x_1$}}, author = {Aa, B.}, year = {2020}}\n",
    "notes/papers/one.md": (
        "---\nref: a2020one\nname: One\n---\nWhy.\n\n## Claims\n- It is $x$. [@a2020one, §1]\n"
    ),
    "notes/papers/two.md": "---\nref: b2021two\nname: Two\nstatus: stub\n---\nWhy.\n",
    "notes/topics/sums.md": "---\ntitle: Sums\n---\nText.\n",
}
AFTER = {
    "refs.bib": BEFORE["refs.bib"]
    + "@misc{b2021two, title = {Work of <b>Two</b>}, author = {Bb, C.}, year = {2021}}\n",
    "notes/papers/one.md": BEFORE["notes/papers/one.md"] + "- It is not $y$. [@a2020one, Table 2]\n",
    "notes/papers/two.md": BEFORE["notes/papers/two.md"].replace("status: stub\n", ""),
    "notes/papers/one.py": 'def it_is_x() -> str:\n    """It is x."""\n    return "x"\n',
    "notes/papers/three.md": "---\nref: c2022three\nname: Three\nstatus: stub\n---\nWhy.\n",
}
SUMMARY = """\
## What changes for readers

### Notes added (1)

- **Three** (`notes/papers/three.md`, a stub)

### Notes finished (1)

- **Two** (`notes/papers/two.md`)

### Notes changed (1)

- **One** (`notes/papers/one.md`, 2 claims)

### Notes removed (1)

- Sums

### Demos added or changed (1)

- `notes/papers/one.py` (1 check)

### References added (1)

- `b2021two`: Bb, 2021, Work of \\<b\\>Two\\</b\\>

### Claims added to notes that were there (1)

- One: It is not y. (Table 2)
"""


def git(root: Path, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(root), *name, *arguments], check=True, capture_output=True)  # noqa: S603, S607


def test_every_sort_of_change_is_told(tmp_path: Path) -> None:
    before = written(tmp_path / "before", BEFORE)
    after = written(tmp_path / "after", AFTER)
    assert f"{summary(changed_book(before, after))}\n" == SUMMARY


def test_nothing_is_told_in_a_sentence(tmp_path: Path) -> None:
    library = written(tmp_path, BEFORE)
    assert summary(changed_book(library, library)).endswith("Nothing in notes or references.")


def test_a_note_that_moved_is_neither_new_nor_gone(tmp_path: Path) -> None:
    before = written(tmp_path / "before", BEFORE)
    moved = {**BEFORE, "notes/papers/uno.md": BEFORE["notes/papers/one.md"]}
    del moved["notes/papers/one.md"]
    book = changed_book(before, written(tmp_path / "after", moved))
    assert [book.added, book.removed, book.changed, book.claims] == [(), (), (), ()]


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """A checkout whose branch adds the second state to the first, while main goes on elsewhere."""
    git(tmp_path, "init", "--initial-branch=main")
    written(tmp_path / "book", BEFORE)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "before")
    git(tmp_path, "switch", "-c", "work")
    (tmp_path / "book/notes/topics/sums.md").unlink()
    written(tmp_path / "book", AFTER)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "after")
    git(tmp_path, "switch", "main")
    written(tmp_path / "book", {"notes/topics/elsewhere.md": "---\ntitle: Elsewhere\n---\nText.\n"})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "main goes on")
    git(tmp_path, "switch", "work")
    return tmp_path / "book"


@pytest.mark.parametrize("base", [[], ["main"], ["main~1"]])
def test_the_command_compares_with_where_the_branch_left_its_base(branch: Path, base: list[str]) -> None:
    done = CliRunner().invoke(changes, ["--root", str(branch), *base])
    assert (done.exit_code, done.output) == (0, SUMMARY)


@pytest.mark.parametrize("base", ["nowhere", "--output=/tmp/x"])
def test_an_unknown_base_is_said(branch: Path, base: str) -> None:
    done = CliRunner().invoke(changes, ["--root", str(branch), "--", base])
    assert done.exit_code == 2
    assert f"git knows no commit '{base}'" in done.output
