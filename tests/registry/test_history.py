"""Flaky links are decided by history, which is kept in a cache that may be lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import NOW

from commonplace.link_history import HISTORY, History, Record, add_outcomes, read_history
from commonplace.verdicts import Outcome, Verdict

URL = "https://a.org/b"
DAY = dt.timedelta(days=1)


def outcome(verdict: Verdict, days: float, url: str = URL) -> Outcome:
    return Outcome(url, verdict, "because", NOW + days * DAY)


def after(*runs: tuple[Verdict, float]) -> Record:
    return History().after(outcome(verdict, days) for verdict, days in runs).records[URL]


SILENT = Verdict.UNSURE


@pytest.mark.parametrize(
    ("runs", "lasting"),
    [
        ([(SILENT, 0)], False),
        ([(SILENT, 0), (SILENT, 1)], False),
        ([(SILENT, 0), (SILENT, 1), (SILENT, 2)], True),
        ([(SILENT, 0), (SILENT, 7), (SILENT, 14), (SILENT, 21)], True),
        ([(SILENT, 0), (SILENT, 0.1), (SILENT, 0.2), (SILENT, 0.9)], False),
        ([(SILENT, 0), (SILENT, 0.9), (SILENT, 1.8), (SILENT, 2.7)], False),
        ([(SILENT, 0), (SILENT, 0.6), (SILENT, 1.2), (SILENT, 1.8), (SILENT, 2.4)], True),
        ([(SILENT, 0), (SILENT, 1), (Verdict.OK, 1.5), (SILENT, 2)], False),
        ([(SILENT, 0), (SILENT, 1), (Verdict.BLOCKED, 1.5), (SILENT, 2)], False),
        ([(SILENT, 0), (SILENT, 1), (SILENT, 2), (Verdict.OK, 3)], False),
        ([(Verdict.OK, 0)], False),
    ],
)
def test_silence_lasts_after_three_runs_at_least_a_day_apart(
    runs: list[tuple[Verdict, float]], *, lasting: bool
) -> None:
    assert after(*runs).is_lasting is lasting


def test_an_older_outcome_changes_nothing() -> None:
    """Two runs at once may write in either order."""
    assert after((Verdict.OK, 2), (Verdict.BROKEN, 1)).outcome.verdict is Verdict.OK


@given(st.lists(st.tuples(st.sampled_from(Verdict), st.floats(0, 30)), min_size=1))
def test_an_address_fails_only_after_silence_and_in_time(runs: list[tuple[Verdict, float]]) -> None:
    record = after(*sorted(runs, key=lambda run: run[1]))
    gaps = zip(record.silent, record.silent[1:], strict=False)
    assert all(later - earlier >= DAY for earlier, later in gaps)
    assert bool(record.silent) is (record.outcome.verdict is SILENT)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    full = Outcome(
        URL, Verdict.MOVED, "301", NOW, "https://a.org/c", "C", ("x",), "https://web.archive.org/web/1/b"
    )
    kept = add_outcomes(tmp_path, [full, outcome(SILENT, 0, "https://b.org/")])
    assert read_history(tmp_path) == kept
    assert kept.records[URL].outcome == full


def test_runs_add_to_one_another_and_forget_what_is_gone(tmp_path: Path) -> None:
    add_outcomes(tmp_path, [outcome(SILENT, 0)])
    add_outcomes(tmp_path, [outcome(SILENT, 1), outcome(Verdict.OK, 1, "https://b.org/")])
    assert len(read_history(tmp_path).records[URL].silent) == 2
    assert set(add_outcomes(tmp_path, [], outdated=[URL]).records) == {"https://b.org/"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"schema": 2, "addresses": {}}',
        '{"schema": 1, "addresses": {"x": {}}}',
        '{"schema": 1, "addresses": {"x": {"verdict": "fine"}}}',
        '{"schema": 1, "addresses": []}',
    ],
)
def test_a_cache_that_cannot_be_read_is_begun_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / HISTORY).parent.mkdir()
    (tmp_path / HISTORY).write_text(text, encoding="utf-8")
    assert read_history(tmp_path) == History()
    add_outcomes(tmp_path, [outcome(Verdict.OK, 0)])
    assert set(read_history(tmp_path).records) == {URL}
