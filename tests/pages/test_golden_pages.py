"""Every page of the healthy book, compared to the last sign with the text in golden/.

Where a change is meant, `REWRITE_GOLDEN=1 .venv/bin/pytest tests/pages/test_golden_pages.py` writes golden/
anew; the diff of that folder is then what readers will see change.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from commonplace.checks import check
from commonplace.demo import Fault, Finding, Picture, Run
from commonplace.model import Severity
from sample_books import HEALTHY, loaded, pages_of

GOLDEN = Path(__file__).parent / "golden"
_RUN = Run(
    findings=(
        Finding("one_gate_suffices", True, "the outputs differ by <1e-12", 0.034, 6),
        Finding("a_shut_gate_lets_nothing_through", False, "0.5 of *x* comes through", 0.001, 16),
    ),
    picture=Picture("<svg/>", "<svg/>"),
    fault=Fault(20, "the figure weighs 2 MB"),
    seconds=1.0,
)
"""What no run comes to twice: times, and a check that fails."""
PAGES = pages_of(replace(loaded(HEALTHY), runs={"notes/papers/gates.md": _RUN}))


@pytest.fixture(scope="module", autouse=True)
def golden() -> None:
    """Writes the golden files anew where that is asked for."""
    if "REWRITE_GOLDEN" not in os.environ:
        return
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name, page in PAGES.items():
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_text(page.text(), encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_exactly_as_in_its_golden_file(name: str) -> None:
    assert PAGES[name].text() == (GOLDEN / name).read_text(encoding="utf-8")


def test_no_golden_file_is_of_a_page_that_is_gone() -> None:
    assert sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.md")) == sorted(PAGES)


def test_the_healthy_book_is_healthy() -> None:
    assert [fault for fault in check(loaded(HEALTHY)) if fault.severity is not Severity.HINT] == []
