"""How files are put into their canonical form: shown as a diff, written whole, otherwise untouched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from commonplace.fmt.rewriting import RewritingError, canonical_files, rewriting, rewritings

UNTIDY = "@misc{b,\n  year = 2020\n}\n@misc{a}\n"
CANONICAL = "@misc{a,\n}\n\n@misc{b,\n  year          = {2020},\n}\n"


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_writing_puts_the_canonical_form_in_the_place_of_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path / "refs.bib", UNTIDY.encode())
    rewriting("refs.bib", path).write()
    assert path.read_text(encoding="utf-8") == CANONICAL
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = saved(tmp_path / "refs.bib", UNTIDY.encode())
    path.chmod(0o640)
    rewriting("refs.bib", path).write()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    path = saved(tmp_path / "shared.bib", UNTIDY.encode())
    link = tmp_path / "refs.bib"
    link.symlink_to(path)
    rewriting("refs.bib", link).write()
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == CANONICAL


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_the_byte_order_are_kept(tmp_path: Path, mark: str, end: str) -> None:
    path = saved(tmp_path / "refs.bib", (mark + UNTIDY.replace("\n", end)).encode())
    rewriting("refs.bib", path).write()
    assert path.read_bytes() == (mark + CANONICAL.replace("\n", end)).encode()


def test_a_canonical_file_needs_no_rewriting(tmp_path: Path) -> None:
    each = rewriting("refs.bib", saved(tmp_path / "refs.bib", CANONICAL.encode()))
    assert not each.is_needed
    assert each.diff() == ""


@pytest.mark.parametrize("before", [UNTIDY, UNTIDY.rstrip("\n"), UNTIDY.replace("\n", "\r\n")])
def test_a_diff_is_one_that_git_can_apply(tmp_path: Path, before: str) -> None:
    path = saved(tmp_path / "refs.bib", before.encode())
    each = rewriting("refs.bib", path)
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, input=each.diff().encode(), cwd=tmp_path, check=True)  # noqa: S603
    assert path.read_bytes() == each.after.encode()


def test_files_that_cannot_be_rewritten_do_not_stop_the_others(tmp_path: Path) -> None:
    files = {
        "notes.txt": saved(tmp_path / "notes.txt", b""),
        "latin.bib": saved(tmp_path / "latin.bib", b"\xe9"),
        "absent.bib": tmp_path / "absent.bib",
        "refs.bib": saved(tmp_path / "refs.bib", UNTIDY.encode()),
    }
    done, faults = rewritings(files)
    assert [each.name for each in done] == ["refs.bib"]
    assert faults == [
        "notes.txt: only .bib and .md files have a canonical form",
        "latin.bib: not UTF-8 text; save the file with that encoding",
        "absent.bib: cannot be read: No such file or directory",
    ]


def test_one_file_that_cannot_be_rewritten_says_why(tmp_path: Path) -> None:
    with pytest.raises(RewritingError, match=r"latin\.md: not UTF-8 text"):
        rewriting("latin.md", saved(tmp_path / "latin.md", b"\xe9"))


def test_the_library_s_own_files_are_the_registry_and_the_notes(tmp_path: Path) -> None:
    (tmp_path / "notes" / "papers").mkdir(parents=True)
    for name in ("refs.bib", "README.md", "notes/index.md", "notes/papers/a.md", "notes/papers/a.py"):
        saved(tmp_path / name, b"")
    assert list(canonical_files(tmp_path)) == ["refs.bib", "notes/index.md", "notes/papers/a.md"]
