"""What the registries answered is kept: readable, reviewable, and never lost or spoiled."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import LORA, TODAY, library, lora

from commonplace.answers import Answer, Version
from commonplace.checks.lock import newer_versions, stale_answers, unlike_registry
from commonplace.lock_file import LOCK_FILE, UnreadableLockError, add_answers, lock_text, read_lock
from commonplace.model import Severity

YESTERDAY = TODAY - dt.timedelta(days=1)

TEXTS = st.text(max_size=20)
DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2030, 1, 1))
ANSWERS = st.builds(
    Answer,
    identifier=st.integers(1, 99).map(lambda number: f"arXiv:2106.{number:05}"),
    registry=st.sampled_from(["arxiv", "datacite"]),
    asked=DAYS,
    exists=st.booleans(),
    title=TEXTS,
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    year=st.none() | st.integers(1991, 2030),
    versions=st.lists(st.tuples(st.none() | DAYS, TEXTS), max_size=3).map(
        lambda found: tuple(Version(at, *version) for at, version in enumerate(found, 1))
    ),
    withdrawn=st.booleans(),
    doi=TEXTS,
    journal=TEXTS,
)


def test_without_a_run_there_is_no_file_and_no_fault(tmp_path: Path) -> None:
    lock = read_lock(tmp_path)
    assert (dict(lock.answers), lock.diagnostics) == ({}, ())


def test_a_run_that_was_never_answered_leaves_no_file(tmp_path: Path) -> None:
    add_answers(tmp_path, [])
    assert not (tmp_path / LOCK_FILE).exists()


@given(st.lists(ANSWERS, unique_by=lambda answer: answer.identifier))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, answers: list[Answer]
) -> None:
    root = tmp_path_factory.mktemp("lock")
    by_name = {answer.identifier: answer for answer in answers}
    (root / LOCK_FILE).write_text(lock_text(by_name), encoding="utf-8")
    lock = read_lock(root)
    assert (lock.answers, lock.diagnostics) == (by_name, ())


@given(st.lists(ANSWERS, unique_by=lambda answer: answer.identifier), st.randoms())
def test_the_order_of_answers_does_not_show(answers: list[Answer], random: object) -> None:
    shuffled = answers.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = ({each.identifier: each for each in some} for some in (answers, shuffled))
    assert lock_text(one) == lock_text(other)


def test_a_reviewer_reads_one_object_for_each_identifier() -> None:
    assert lock_text({"arXiv:2106.09685": lora()}) == (
        """{
  "about": "What the registries answered, and when. Written by `commonplace links`, reviewed like code.",
  "schema": 1,
  "answers": {
    "arXiv:2106.09685": {
      "registry": "arxiv",
      "asked": "2026-11-21",
      "exists": true,
      "title": "LoRA: Low-Rank Adaptation of Large Language Models",
      "authors": [
        "Edward J. Hu",
        "Yelong Shen"
      ],
      "year": 2021,
      "versions": {
        "v1": "2021-06-17",
        "v2": "2021-06-18"
      }
    }
  }
}
"""
    )


def test_the_later_answer_is_kept_whatever_the_order(tmp_path: Path) -> None:
    newer, older = lora(), lora(asked=YESTERDAY, latest=1)
    add_answers(tmp_path, [newer])
    assert add_answers(tmp_path, [older])["arXiv:2106.09685"] == newer
    assert read_lock(tmp_path).answers["arXiv:2106.09685"] == newer


def test_a_run_adds_to_what_another_wrote_meanwhile(tmp_path: Path) -> None:
    other = replace(lora(), identifier="arXiv:1706.03762")
    add_answers(tmp_path, [lora()])
    assert set(add_answers(tmp_path, [other])) == {"arXiv:2106.09685", "arXiv:1706.03762"}


def test_answers_that_nothing_names_can_be_left_out(tmp_path: Path) -> None:
    add_answers(tmp_path, [lora()])
    add_answers(tmp_path, [], outdated=["arXiv:2106.09685", "arXiv:0704.0001"])
    assert not read_lock(tmp_path).answers


def test_a_run_with_nothing_new_leaves_the_file_untouched(tmp_path: Path) -> None:
    add_answers(tmp_path, [lora()])
    before = (tmp_path / LOCK_FILE).stat().st_ino
    add_answers(tmp_path, [lora()])
    assert (tmp_path / LOCK_FILE).stat().st_ino == before


def _add_twenty(root: str, first: int, together: Barrier) -> None:
    together.wait()
    for number in range(first, first + 20):
        add_answers(Path(root), [replace(lora(), identifier=f"arXiv:2106.{number:05}")])


def test_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(3)
    firsts = (100, 200, 300)
    runs = [context.Process(target=_add_twenty, args=(str(tmp_path), first, together)) for first in firsts]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(read_lock(tmp_path).answers) == 60


GOOD = lock_text({"arXiv:2106.09685": lora()})
UNREADABLE = {
    "a merge conflict": (f"<<<<<<< ours\n{GOOD}=======\n>>>>>>> theirs\n", 1, "not JSON"),
    "cut off": (GOOD[:200], 7, "not JSON"),
    "a newer schema": (GOOD.replace('"schema": 1', '"schema": 2'), 3, "update yours"),
    "no schema": (GOOD.replace('"schema": 1,', ""), 1, "from git"),
    "no answers": ('{"schema": 1}', 1, "no table of answers"),
    "a list": ("[]", 1, "from git"),
    "deeper than anyone wrote": ("[" * 100_000, 1, "nested too deep"),
    "an entry twice": (
        GOOD.replace('"answers": {', '"answers": {"arXiv:2106.09685": {},'),
        4,
        "'arXiv:2106.09685' stands twice",
    ),
    "a day that is none": (GOOD.replace("2026-11-21", "2026-11-31"), 5, "arXiv:2106.09685"),
    "no day": (GOOD.replace('"asked": "2026-11-21",', ""), 5, "'asked' is missing"),
    "a year in words": (GOOD.replace("2021,", '"2021",'), 5, "'year' cannot be '2021'"),
    "a name that is a number": (GOOD.replace('"Yelong Shen"', "7"), 5, "'authors' is a list of texts"),
    "a version without number": (GOOD.replace('"v2"', '"last"'), 5, "'versions' cannot hold 'last'"),
    "no identifier": (GOOD.replace("arXiv:2106.09685", "lora"), 5, "'lora' is no identifier"),
    "an entry that is none": ('{"schema": 1, "answers": {"doi:10.1/x": 7}}', 1, "is not a table"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_understood_is_reported_and_kept(tmp_path: Path, case: str) -> None:
    text, line, words = UNREADABLE[case]
    (tmp_path / LOCK_FILE).write_text(text, encoding="utf-8")
    fault = library(tmp_path, {"refs.bib": LORA}).diagnostics[0]
    assert (fault.rule, fault.severity, fault.location.path) == ("unreadable-lock", Severity.ERROR, LOCK_FILE)
    assert fault.location.line == line
    assert words in fault.message
    with pytest.raises(UnreadableLockError, match=LOCK_FILE):
        add_answers(tmp_path, [lora()])
    assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8") == text


def test_a_library_knows_what_was_answered(tmp_path: Path) -> None:
    read = library(tmp_path, {"refs.bib": LORA, LOCK_FILE: GOOD})
    assert read.answers == {"arXiv:2106.09685": lora()}
    assert read.diagnostics == ()


def test_an_entry_of_another_work_is_an_error_offline(tmp_path: Path) -> None:
    other = replace(lora(), title="A Study of Sea Ice", authors=("Jane Roe",))
    read = library(tmp_path, {"refs.bib": LORA, LOCK_FILE: lock_text({other.identifier: other})})
    [fault] = unlike_registry(read)
    assert (fault.rule, fault.severity) == ("wrong-paper", Severity.ERROR)
    assert str(fault.location) == "refs.bib:5:3"
    assert "'A Study of Sea Ice' (Jane Roe, 2021)" in fault.message


def test_an_identifier_that_its_registry_does_not_have_is_an_error_offline(tmp_path: Path) -> None:
    absent = Answer("arXiv:2106.09685", "arxiv", TODAY, exists=False)
    read = library(tmp_path, {"refs.bib": LORA, LOCK_FILE: lock_text({absent.identifier: absent})})
    assert [fault.rule for fault in unlike_registry(read)] == ["does-not-exist"]


def test_a_sound_entry_gives_no_finding(tmp_path: Path) -> None:
    read = library(
        tmp_path, {"refs.bib": LORA, LOCK_FILE: GOOD, "notes/papers/lora.md": "---\nref: hu2021lora\n---\n"}
    )
    assert not [*unlike_registry(read), *newer_versions(read), *stale_answers(read)]


def test_a_note_from_an_older_version_is_named_offline(tmp_path: Path) -> None:
    note = "---\nref: hu2021lora\nread: v1\n---\n"
    [fault] = newer_versions(
        library(tmp_path, {"refs.bib": LORA, LOCK_FILE: GOOD, "notes/papers/lora.md": note})
    )
    assert (fault.rule, str(fault.location)) == ("newer-version", "notes/papers/lora.md:3:1")
    assert "read: v2" in fault.message


def test_an_answer_that_nothing_names_is_a_hint(tmp_path: Path) -> None:
    [fault] = stale_answers(library(tmp_path, {"refs.bib": "", LOCK_FILE: GOOD}))
    assert (fault.rule, fault.severity) == ("stale-answer", Severity.HINT)


@pytest.mark.parametrize("text", ["arXiv:2106.09685v2", "[x](https://ar5iv.org/abs/2106.09685)"])
def test_an_answer_about_what_only_a_note_names_is_not_stale(tmp_path: Path, text: str) -> None:
    files = {"refs.bib": "", LOCK_FILE: GOOD, "notes/about.md": f"See {text}.\n"}
    assert not list(stale_answers(library(tmp_path, files)))


def test_the_file_is_plain_json(tmp_path: Path) -> None:
    add_answers(tmp_path, [lora()])
    assert json.loads((tmp_path / LOCK_FILE).read_text(encoding="utf-8"))["schema"] == 1
