"""What a build does about links: it asks what it can, says what it found, and stops nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from running import write_library
from servers.arxiv_server import ArxivServer, Paper

from commonplace.lock_file import LOCK_FILE
from sample_books import ROOT

CLOSED = "http://127.0.0.1:1"
ENTRY = """\
@misc{roe2021ice,
  author        = {Roe, Jane},
  title         = {A Study of Sea Ice},
  year          = {2021},
  eprint        = {2101.00001},
  archiveprefix = {arXiv},
}
"""
HOME = "---\ntitle: Ice\n---\nSee [@roe2021ice].\n"


def book(root: Path, arxiv: str) -> Path:
    """A small book whose registries stand at `arxiv`, ready to be built."""
    elsewhere = dict.fromkeys(("doi", "crossref", "datacite", "wayback"), CLOSED)
    write_library(root, notes={"index": HOME}, registry=ENTRY, arxiv_api=arxiv, **elsewhere)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "scripts").symlink_to(ROOT / "scripts")
    return root


def built(root: Path, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """A build to its end, asking about links unless `surroundings` say otherwise."""
    known = {name: value for name, value in os.environ.items() if name != "COMMONPLACE_OFFLINE"}
    return subprocess.run(  # noqa: S603 - this program
        [sys.executable, "-m", "commonplace", "build", "--root", str(root)],
        env={**known, **surroundings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_build_records_what_the_registries_answer_and_shows_it(tmp_path: Path) -> None:
    with ArxivServer([Paper("2101.00001", "A Study of Sea Ice", ("Jane Roe",))]) as arxiv:
        ran = built(book(tmp_path, arxiv.api))
    assert ran.returncode == 0
    assert (tmp_path / LOCK_FILE).exists()
    assert "A Study of Sea Ice" in (tmp_path / "site" / "health" / "index.html").read_text()


def test_a_link_at_fault_is_said_and_the_site_is_built_all_the_same(tmp_path: Path) -> None:
    with ArxivServer([Paper("2101.00001", "Scaling Laws of Frozen Water", ("Grace Hopper",))]) as arxiv:
        ran = built(book(tmp_path, arxiv.api))
    assert "error wrong-paper" in ran.stdout
    assert ran.returncode == 0
    assert (tmp_path / "site" / "index.html").exists()


def test_without_a_network_a_build_says_how_many_links_went_unchecked(tmp_path: Path) -> None:
    ran = built(book(tmp_path, CLOSED))
    assert "1 link went unchecked" in ran.stderr
    assert ran.returncode == 0
    assert not (tmp_path / LOCK_FILE).exists()


def test_a_build_that_is_told_to_asks_nothing(tmp_path: Path) -> None:
    with ArxivServer([]) as arxiv:
        ran = built(book(tmp_path, arxiv.api), COMMONPLACE_OFFLINE="true")
    assert ran.returncode == 0
    assert arxiv.seen == []
