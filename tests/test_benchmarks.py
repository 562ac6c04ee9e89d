"""The benchmarks run, and measure what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def test_the_benchmark_of_the_check_measures_a_library_in_which_nothing_is_wrong() -> None:
    command = [sys.executable, str(BENCHMARKS / "bench_check.py"), "60"]
    report = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout  # noqa: S603
    assert "62 notes" in report
    assert " 0 diagnostics" in report
