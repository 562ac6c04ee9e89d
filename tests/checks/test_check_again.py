"""A check after a change: it says what a check of the whole says, and asks about the notes that changed."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import os
import pkgutil
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sick_edits import SICK, TIES, WORDS, write_loose_book

from commonplace import checks
from commonplace.checks import Known, check, check_again
from commonplace.checks.run import OF_EACH_NOTE, OF_THE_WHOLE
from commonplace.checks.silences import unused_silence
from commonplace.demo import Finding, Run
from commonplace.library import Library, load_kept
from commonplace.lock_file import LOCK_FILE, lock_text, read_lock
from commonplace.model import Diagnostic, Location, Severity
from commonplace.suggestion import MOST
from edits import EDITS, Edit, write_small_book
from sample_books import HEALTHY, TODAY, loaded

SAMPLES = Path(__file__).parents[1] / "samples"
LONG_AGO = dt.datetime(2020, 1, 1).timestamp()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    write_small_book(tmp_path)
    return tmp_path


def _changed(root: Path, path: str, old: str, new: str) -> Library:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    return loaded(root)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    ("write", "kinds"),
    [(write_small_book, (EDITS, SICK, WORDS)), (write_loose_book, (SICK, TIES, TIES, WORDS))],
    ids=["small", "loose"],
)
def test_after_each_of_many_edits_a_check_says_what_a_check_of_the_whole_says(
    tmp_path: Path, seed: int, write: Callable[[Path], None], kinds: Sequence[Sequence[Edit]]
) -> None:
    """Edits and faults of every kind, in a book where all hangs together, and in one where nothing does."""
    write(tmp_path)
    chance = random.Random(seed)  # noqa: S311 - edits, no secret
    known = check_again(loaded(tmp_path), Known()).known
    for _ in range(40):
        edit = chance.choice(chance.choice(kinds))
        edit(tmp_path, chance)
        library = loaded(tmp_path)
        checked = check_again(library, known)
        assert checked.findings == check(library), edit.__name__
        known = checked.known


def test_on_another_day_and_beside_other_files_nothing_is_taken_over(book: Path) -> None:
    _changed(book, "refs.bib", "{2010}", "{2028}")
    before = _changed(book, "notes/papers/work-3.md", "## Idea\n", "## Idea\n[There](work-4.md). ")
    known = check_again(before, Known()).known
    for after in (replace(before, today=dt.date(2027, 1, 1)), replace(before, files=frozenset())):
        assert check_again(after, known).findings == check(after)
        assert check(after) != check(before)


def _thawed(library: Library) -> set[str]:
    """The notes whose tokens somebody asked for, since they were read from what is kept."""
    return {note.path for note in library.notes if {"_found", "_written"} <= vars(note.markup).keys()}


def _kept(root: Path) -> Library:
    """The library, of which every file that was there before has been kept."""
    for path in (root, *root.rglob("*")):
        if path.is_file() and ".cache" not in path.parts:
            os.utime(path, (LONG_AGO, LONG_AGO))
    load_kept(root, TODAY)
    return load_kept(root, TODAY)


def test_where_nothing_has_changed_no_note_is_asked_about(book: Path) -> None:
    known = check_again(loaded(book), Known()).known
    library = _kept(book)
    checked = check_again(library, known)
    assert _thawed(library) == set()
    assert checked.findings == check(loaded(book))


def test_of_other_words_only_the_note_that_holds_them_is_asked_about(book: Path) -> None:
    known = check_again(loaded(book), Known()).known
    _changed(book, "notes/papers/work-3.md", "## Idea\n", "## Idea\nSee $\\frac{x$. ")
    library = _kept(book)
    checked = check_again(library, known)
    assert _thawed(library) == {"notes/papers/work-3.md"}
    assert checked.known.of_whole is known.of_whole
    assert "broken-formula" in {fault.rule for fault in checked.findings}


def test_a_check_by_several_processes_finds_the_same(tmp_path: Path) -> None:
    """However many cores a machine has; also where a rule has run out of guesses at what was meant."""
    write_small_book(tmp_path, works=200)
    for number in range(0, 200, 2):
        _changed(tmp_path, f"notes/papers/work-{number}.md", "## Idea\n", f"## Idea\n[[wrok-{number}]] ")
    library = loaded(tmp_path)
    found = check_again(library, Known(), processes=2)
    assert found == check_again(library, Known())
    assert len(found.findings) > 100


TIED = {
    "a citation": "[@key11]",
    "a link": "[[work-11]]",
    "a link in another spelling": "[[WORK 11]]",
    "a link to a file": "[so](work-11.md)",
    "a heading": "\n\n## More\n\n",
    "an id": '<b id="x">so</b>',
}


@pytest.mark.parametrize("tie", TIED.values(), ids=TIED)
def test_of_what_others_may_depend_on_the_whole_is_asked_about(book: Path, tie: str) -> None:
    before = _changed(book, "notes/papers/work-3.md", "## Idea\n", "## Idea\nWords. ")
    known = check_again(before, Known()).known
    after = _changed(book, "notes/papers/work-3.md", "Words.", tie)
    checked = check_again(after, known)
    assert checked.known.of_whole is not known.of_whole
    assert checked.findings == check(after)


def test_a_note_may_be_the_last_to_write_an_identifier_that_was_answered(book: Path) -> None:
    """The finding is in the lock file, and hangs on nothing but words."""
    answers = read_lock(SAMPLES / "stale-answer" / "sick").answers
    (book / LOCK_FILE).write_text(lock_text(answers), encoding="utf-8")
    known, stale = Known(), list[int]()
    for text in ("Text.", "See 2101.00223 of arXiv.", "See 2101.00222.", "Text."):
        (book / "notes/about.md").write_text(text, encoding="utf-8")
        checked = check_again(loaded(book), known)
        assert checked.findings == check(loaded(book))
        known = checked.known
        stale.append(sum(fault.rule == "stale-answer" for fault in checked.findings))
    assert stale == [2, 1, 1, 2]


def test_what_a_demo_comes_to_shows_at_once_at_the_claim_that_names_it(book: Path) -> None:
    """Neither the demo's code nor what it came to is a word of a note."""
    code = 'def it_works() -> str:\n    """It works (§1)."""\n    return "so"\n'
    _changed(book, "notes/papers/work-3.md", "## Claims\n", "## Claims\n- So. [@key3, §1] {check=it_works}\n")
    (book / "notes/papers/work-3.py").write_text(code, encoding="utf-8")
    library = loaded(book)
    [demo] = library.demos.values()
    known, told = Known(), []
    for passed in (True, False, True):
        run = Run((Finding("it_works", passed, "so", 0.1, 3),))
        after = replace(library, runs={demo.note: run})
        checked = check_again(after, known)
        assert checked.findings == check(after)
        known = checked.known
        told.append("failing-check" in {fault.rule for fault in checked.findings})
    assert told == [False, True, False]


def test_whether_a_check_is_named_hangs_on_the_demo_and_on_the_claims(book: Path) -> None:
    code = 'def it_works() -> str:\n    """It works (§1)."""\n    return "so"\n'
    (book / "notes/papers/work-3.py").write_text(code, encoding="utf-8")
    claim = "- So. [@key3, §1] {check=it_works}"
    before = _changed(book, "notes/papers/work-3.md", "## Claims\n", f"## Claims\n{claim}\n")
    known = check_again(before, Known()).known
    renamed = _changed(book, "notes/papers/work-3.py", "it_works", "it_did")
    assert check_again(renamed, known).findings == check(renamed)
    _changed(book, "notes/papers/work-3.py", "it_did", "it_works")
    unnamed = _changed(book, "notes/papers/work-3.md", " {check=it_works}", "")
    assert check_again(unnamed, known).findings == check(unnamed)
    assert check(before) != check(renamed) != check(unnamed) != check(before)


def test_guesses_run_out_as_they_would_for_the_whole(book: Path) -> None:
    """A rule guesses so many words and no more, in whichever notes they stand."""
    many = " ".join(f"$\\ky$ [@kez{number}]" for number in range(MOST))
    known = Known()
    for first in (many, many.replace("@kez7]", "@key7]"), "[@kez1]"):
        (book / "notes/about.md").write_text(first, encoding="utf-8")
        for second in ("It is [@kex3].", "It is [@kex3], they say."):
            (book / "notes/more.md").write_text(second, encoding="utf-8")
            checked = check_again(loaded(book), known)
            assert checked.findings == check(loaded(book))
            known = checked.known


def _rules() -> Iterator[object]:
    """Every function of the room that says what is wrong in a library."""
    for module in pkgutil.iter_modules(checks.__path__, "commonplace.checks."):
        for name, found in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            is_own = found.__module__ == module.name and not name.startswith("_")
            if is_own and found.__annotations__.get("return") == "Iterator[Diagnostic]":
                yield found


def test_each_rule_is_said_to_look_at_one_note_or_at_the_whole() -> None:
    """All but the one that looks at what the others found."""
    placed = [*OF_EACH_NOTE, *OF_THE_WHOLE, unused_silence]
    assert len(set(placed)) == len(placed)
    assert set(placed) == set(_rules())


@pytest.mark.parametrize("rule", OF_EACH_NOTE, ids=lambda rule: rule.__name__)
def test_a_rule_of_each_note_finds_in_a_note_what_it_finds_among_all(rule: object, book: Path) -> None:
    """And nowhere else: asked of each note alone, it says the same of the same places."""
    chance = random.Random(1)  # noqa: S311 - edits, no secret
    for edit in (*SICK, *TIES, *TIES, *WORDS, *EDITS):
        edit(book, chance)
    for library in (loaded(book), loaded(HEALTHY), *map(loaded, _sick_samples())):
        alone = {note.path: set(rule(library, [note])) for note in library.notes}  # type: ignore[operator]
        assert all(fault.location.path == path for path, found in alone.items() for fault in found)
        together = set(rule(library, library.notes))  # type: ignore[operator]
        assert together == {fault for found in alone.values() for fault in found}


def _sick_samples() -> list[Path]:
    return sorted(SAMPLES.glob("*/sick"))


def test_what_is_known_of_another_library_is_not_believed(book: Path) -> None:
    fault = Diagnostic(Location("notes/index.md"), "no-claims", "made up", Severity.ERROR)
    known = replace(check_again(loaded(HEALTHY), Known()).known, in_notes=frozenset({fault}))
    assert check_again(loaded(book), known).findings == check(loaded(book))
