"""The benchmarks run, and measure what they say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
README_FIGURES = re.compile(r"<!-- benchmarks -->\n(.+)<!-- /benchmarks -->", re.DOTALL)


def run(benchmark: str, *arguments: str) -> str:
    command = [sys.executable, str(BENCHMARKS / benchmark), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout  # noqa: S603


def test_the_benchmark_of_the_check_measures_a_library_in_which_nothing_is_wrong() -> None:
    report = run("bench_check.py", "60")
    assert "62 notes" in report
    assert " 0 diagnostics" in report


def test_the_benchmark_of_the_build_compares_tools_that_showed_each_edit_of_the_same_notes() -> None:
    report = run("bench_build.py", "--notes=20", "--runs=1", "--edits=1", "--no-browser", "--peers=mkdocs")
    pages = {
        (task, tool): int(count)
        for task, tool, count in re.findall(
            r"^ +(cold|a \w+ edited) +(commonplace|mkdocs \+ material) .+ (\d+) *$", report, re.MULTILINE
        )
    }
    notes_topics_home_and_the_page_of_what_is_not_found = 20 + 1 + 1 + 1
    assert pages["cold", "mkdocs + material"] == notes_topics_home_and_the_page_of_what_is_not_found
    assert pages["cold", "commonplace"] > pages["a name edited", "commonplace"]
    assert pages["a name edited", "commonplace"] > pages["a word edited", "commonplace"] > 0
    assert re.search(r"^ +20 +commonplace +[\d.]+ m?s .+ 1 +–", report, re.MULTILINE), "served edits"


def test_the_readme_shows_the_figures_that_the_documentation_has() -> None:
    shown = README_FIGURES.search((ROOT / "README.md").read_text(encoding="utf-8"))
    documented = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert shown
    assert [line for line in shown[1].splitlines() if line not in documented] == []
