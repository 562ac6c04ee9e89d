"""What a change can reach: every page that shows something else, and, of a plain change, no other."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from commonplace.library import Library
from commonplace.pages import planned
from commonplace.site.reach import State, as_table, known, reached, state_of
from edits import EDITS, write_small_book
from sample_books import loaded


def texts(library: Library) -> dict[str, str]:
    """What each page shows, by its path."""
    return {page.path: page.make().whole() for page in planned(library)}


@pytest.mark.parametrize("seed", range(10))
def test_no_page_that_shows_something_else_is_out_of_reach(tmp_path: Path, seed: int) -> None:
    """Thirty edits of every kind, one after the other: what is not reached reads as it did."""
    write_small_book(tmp_path)
    chance = random.Random(seed)  # noqa: S311 - edits, no secret
    before = loaded(tmp_path)
    shown = texts(before)
    for _ in range(30):
        edit = chance.choice(EDITS)
        edit(tmp_path, chance)
        after = loaded(tmp_path)
        found = reached(state_of(before), state_of(after))
        now = texts(after)
        different = {path for path in now if now[path] != shown.get(path)}
        assert found is not None
        assert different <= found, edit.__name__
        before, shown = after, now


def _changed(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


ISOLATED = """---
ref: {key}
name: {slug}
topics: [{topic}]
---
{text}
"""


def _write(root: Path, files: dict[str, str]) -> Library:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return loaded(root)


@pytest.fixture
def row(tmp_path: Path) -> Path:
    """A book of five works: b cites a, c links b, d builds on c, e stands alone; a has a topic of its own."""
    entries = "\n".join(
        f"@misc{{{key}1, author = {{Doe, {key}}}, title = {{The {key}}}, year = {{2020}}}}" for key in "abcde"
    )
    texts = {"a": "Alone.", "b": "It rests on [@a1].", "c": "See [[b]].", "d": "Next.", "e": "Alone."}
    files = {"refs.bib": entries, "notes/index.md": "---\ntitle: Row\n---\nA row.\n"}
    for name, text in texts.items():
        topic = "one" if name == "a" else "two"
        note = ISOLATED.format(key=f"{name}1", slug=name, topic=topic, text=text)
        if name == "d":
            note = note.replace("topics:", "relations:\n  builds-on: [c1]\ntopics:")
        files[f"notes/papers/{name}.md"] = note
    for topic in ("one", "two"):
        files[f"notes/topics/{topic}.md"] = f"---\ntitle: {topic}\ncompare:\n  size: Size\n---\nText.\n"
    files["notes/paths/way.md"] = "---\ntitle: Way\nsteps:\n  a: first\n  e: then\n---\nGo.\n"
    _write(tmp_path, files)
    return tmp_path


LISTS = "index papers/index topics/index paths/index bibliography open health"


def _of(names: str) -> set[str]:
    """The paths of works by their letters, of all lists, and of what else is named in full."""
    words = names.replace("lists", LISTS).split()
    return {f"papers/{name}.md" if len(name) == 1 else f"{name}.md" for name in words}


CHANGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("nothing", lambda root: None, ""),
    ("a word", lambda root: _changed(root, "notes/papers/e.md", "Alone.", "Alone still."), "e"),
    ("a quoted sentence", lambda root: _changed(root, "notes/papers/b.md", "rests", "leans"), "b a"),
    ("a citation less", lambda root: _changed(root, "notes/papers/b.md", " [@a1]", ""), "b a bibliography"),
    (
        "a link more",
        lambda root: _changed(root, "notes/papers/e.md", "Alone.", "<https://example.org>"),
        "e health",
    ),
    ("a doubt", lambda root: _changed(root, "notes/papers/e.md", "Alone.", "[It]{unverified}."), "e open"),
    (
        "a name",
        lambda root: _changed(root, "notes/papers/b.md", "name: b", "name: bee"),
        "b a c topics/two lists",
    ),
    (
        "a fact",
        lambda root: _changed(root, "notes/papers/e.md", "topics:", "facts:\n  size: big\ntopics:"),
        "e topics/two paths/way a lists",
    ),
    (
        "the title of a work",
        lambda root: _changed(root, "refs.bib", "The d", "The other d"),
        "d c topics/two lists",
    ),
    (
        "the title of a topic",
        lambda root: _changed(root, "notes/topics/one.md", "title: one", "title: first"),
        "a topics/one lists",
    ),
    (
        "a word of a topic",
        lambda root: _changed(root, "notes/topics/one.md", "Text.", "Words."),
        "topics/one",
    ),
    (
        "a relation less",
        lambda root: _changed(root, "notes/papers/d.md", "[c1]", "[]"),
        "d c topics/two lists",
    ),
    ("a note less", lambda root: (root / "notes/papers/e.md").unlink(), "e a topics/two paths/way lists"),
]


@pytest.mark.parametrize(
    ("change", "expected"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_a_change_reaches_exactly(row: Path, change: Callable[[Path], None], expected: str) -> None:
    """One change of each kind, and the notes whose pages are looked at because of it."""
    before = state_of(loaded(row))
    change(row)
    found = reached(before, state_of(loaded(row)))
    assert found is not None
    assert found == _of(expected)


def test_other_settings_reach_every_page(row: Path) -> None:
    before = state_of(loaded(row))
    (row / "pyproject.toml").write_text(
        '[tool.commonplace]\nrepository = "https://example.org/r"\n', encoding="utf-8"
    )
    assert reached(before, state_of(loaded(row))) is None


def test_a_state_is_the_same_once_it_was_written_down(row: Path) -> None:
    import json

    state = state_of(loaded(row))
    table = as_table(state)
    assert json.loads(json.dumps(table)) == table
    assert known(table) == state


@pytest.mark.parametrize(
    "table", [None, {}, [], {"world": "x"}, {"world": "x", "works": {"a": 1}, "notes": {}}]
)
def test_of_a_table_that_is_none_of_ours_nothing_is_believed(table: object) -> None:
    assert known(table) == State()
    assert reached(State(), State(world="x")) is None
