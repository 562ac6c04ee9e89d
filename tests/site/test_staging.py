"""The change of a site is whole: interrupted at any step, it is completed, and never half of it stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commonplace.seal import sealed
from commonplace.site import staging as room
from commonplace.site.manifest import Made
from commonplace.site.staging import Staging


def put(state: Path, site: Path, contents: dict[str, str], look: str = "one") -> Staging:
    """A site that consists of these files."""
    staging = Staging(state, site, look)
    files = {
        name: staging.file(name, text, lambda text=text: text.encode())  # type: ignore[misc]
        for name, text in contents.items()
    }
    staging.commit(files, None)
    return staging


def shown(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*") if path.is_file()}


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "state").mkdir()
    return tmp_path / "state", tmp_path / "site"


OLD = {"a/index.html": "old a", "b/index.html": "b", "gone.html": "gone"}
NEW = {"a/index.html": "new a", "b/index.html": "b", "c/index.html": "c", "d/index.html": "d"}


def test_a_site_consists_of_what_was_put_into_it(places: tuple[Path, Path]) -> None:
    put(*places, OLD)
    put(*places, NEW)
    assert shown(places[1]) == NEW


class _Interruption(BaseException):
    """As when the power goes."""


@pytest.mark.parametrize("steps", range(8))
def test_a_change_that_is_interrupted_is_completed_by_the_next_build(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """After any number of moved files; what was not yet written down leaves the old site whole."""
    put(*places, OLD)
    left = [steps]

    def move(source: Path, target: Path) -> None:
        if not left[0]:
            raise _Interruption
        left[0] -= 1
        source.replace(target)

    monkeypatch.setattr(room, "move", move)
    try:
        put(*places, NEW)
    except _Interruption:
        monkeypatch.setattr(room, "move", shutil.move)
        Staging(*places, "one")
    assert shown(places[1]) == NEW


def test_what_was_staged_and_never_committed_is_dropped(places: tuple[Path, Path]) -> None:
    put(*places, OLD)
    Staging(*places, "one").file("a/index.html", "x", lambda: b"never shown")
    assert put(*places, OLD).held.files.keys() == OLD.keys()
    assert shown(places[1]) == OLD


def test_a_file_whose_content_is_the_same_is_not_written_again(places: tuple[Path, Path]) -> None:
    put(*places, OLD)
    before = (places[1] / "b/index.html").stat().st_mtime_ns
    staging = Staging(*places, "another look")
    made = staging.file("b/index.html", "another source", lambda: b"b")
    assert isinstance(made, Made)
    staging.commit({"b/index.html": made}, None)
    assert (places[1] / "b/index.html").stat().st_mtime_ns == before


def test_under_another_look_everything_is_made_again(places: tuple[Path, Path]) -> None:
    put(*places, OLD)
    asked: list[str] = []
    staging = Staging(*places, "another look")
    for name, text in OLD.items():
        staging.file(name, text, lambda name=name, text=text: asked.append(name) or text.encode())  # type: ignore[misc, func-returns-value]
    assert asked == [*OLD]


def test_a_journal_that_is_torn_is_no_change(places: tuple[Path, Path]) -> None:
    put(*places, OLD)
    (places[0] / "change").write_bytes(sealed(b'{"changed": ["a/ind'))
    put(*places, OLD)
    assert shown(places[1]) == OLD


def test_a_journal_of_somebody_else_is_no_change(places: tuple[Path, Path], tmp_path: Path) -> None:
    """A checkout that brings one along could have any file of the machine written over, or removed."""
    (mine := tmp_path / "mine").write_text("dear to me")
    (places[0] / "change").write_text('{"changed": [], "removed": ["../mine"]}', encoding="utf-8")
    put(*places, OLD)
    assert mine.read_text() == "dear to me"
