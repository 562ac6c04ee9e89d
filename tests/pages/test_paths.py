"""Reading paths: their own pages, what the notes on them say, and where else they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.library import Library
from commonplace.pages import Page
from commonplace.search.records import records
from sample_books import HEALTHY, loaded, pages_of, written

LIBRARY = loaded(HEALTHY)
PAGES = pages_of(LIBRARY)
PATH = PAGES["paths/gates-in-order.md"].body


def line(page: Page) -> str:
    """The one line of a page that says on which path it is."""
    [found] = [line for line in page.body.splitlines() if line.startswith("- **Path**")]
    return found


def test_a_path_lists_its_steps_in_order_with_their_years_and_reasons() -> None:
    steps = PATH.partition("## Steps {#steps}")[2]
    slugs = [part.partition(".md")[0].rpartition("/")[2] for part in steps.split("\n1. ")[1:]]
    assert slugs == ["gates", "bounds", "wide", "gating"]
    assert '[Wide gates](<../papers/wide.md>) <span class="year">2021</span>' in steps
    assert "\n    What the proof leaves open is width, which [Gates](<../papers/gates.md>) had set" in steps


def test_the_reason_of_a_step_may_hold_citations_and_formulas() -> None:
    assert '<a class="cite" href="../papers/bounds.md"' in PATH
    assert "<mi>g</mi>" in PATH


def test_a_path_says_how_long_it_is() -> None:
    assert '<div class="counts" markdown="1">\n\n4 steps\n\n</div>' in PATH


def test_a_note_says_where_on_a_path_it_is_and_links_the_steps_beside_it() -> None:
    said = line(PAGES["papers/bounds.md"])
    assert '[Gates in Order](<../paths/gates-in-order.md>), <span class="how">step 2 of 4</span>' in said
    assert '<span class="how">before it</span> [Gates](<gates.md>)' in said
    assert '<span class="how">after it</span> [Wide gates](<wide.md>)' in said


def test_the_first_step_has_none_before_it_and_the_last_none_after_it() -> None:
    assert "before it" not in line(PAGES["papers/gates.md"])
    assert "after it" not in line(PAGES["topics/gating.md"])


def test_a_topic_can_be_a_step() -> None:
    assert "step 4 of 4" in line(PAGES["topics/gating.md"])


def test_a_note_that_is_on_no_path_does_not_speak_of_one() -> None:
    assert "**Path**" not in PAGES["papers/why-gates.md"].body


def test_a_note_on_two_paths_names_both(tmp_path: Path) -> None:
    library = book(tmp_path, one=["a", "b"], two=["b", "a"])
    lines = [line for line in pages_of(library)["papers/a.md"].body.splitlines() if "**Path**" in line]
    assert ["step 1 of 2" in lines[0], "step 2 of 2" in lines[1]] == [True, True]


def test_a_step_that_does_not_exist_is_left_out_and_not_counted(tmp_path: Path) -> None:
    body = pages_of(book(tmp_path, one=["a", "nothing", "b"]))["paths/one.md"].body
    assert "2 steps" in body
    assert "nothing" not in body


def test_a_path_without_steps_has_a_page_all_the_same(tmp_path: Path) -> None:
    body = pages_of(book(tmp_path, one=[]))["paths/one.md"].body
    assert "0 steps" in body
    assert "## Steps" not in body


def test_a_path_is_no_step_of_a_path(tmp_path: Path) -> None:
    assert "1 step\n" in pages_of(book(tmp_path, one=["a", "two"], two=["b"]))["paths/one.md"].body


def test_the_list_of_paths_names_each_with_its_first_sentence_and_its_steps() -> None:
    listed = PAGES["paths/index.md"].body
    assert '## [Gates in Order](<gates-in-order.md>) <span class="year">4 steps</span>' in listed
    assert "Three works and a topic, from the first gate to the widest." in listed
    for address in ("../papers/gates.md", "../papers/wide.md", "../topics/gating.md"):
        assert f"(<{address}>)" in listed


def test_the_home_page_names_the_paths() -> None:
    home = PAGES["index.md"].body
    assert '- [Gates in Order](<paths/gates-in-order.md>) <span class="year">4 steps</span>' in home


def test_a_book_without_a_path_says_so_and_its_home_page_does_not_speak_of_any(tmp_path: Path) -> None:
    pages = pages_of(written(tmp_path, {}))
    assert "No path has been written yet." in pages["paths/index.md"].body
    assert "Paths" not in pages["index.md"].body


@pytest.mark.parametrize("word", ["side by side", "widest", "a way through gates"])
def test_search_finds_a_path_by_its_text_its_steps_and_its_aliases(word: str) -> None:
    [record] = [record for record in records(LIBRARY) if record.url == "paths/gates-in-order/"]
    assert record.kind == "path"
    assert word in " ".join([*record.names, *(passage.text for passage in record.passages)])


def book(root: Path, **paths: list[str]) -> Library:
    """Two works, and paths with these steps."""
    entry = "@misc{{{0}2020, author = {{Doe, Jo}}, title = {{On {0}}}, year = {{2020}}}}\n"
    files = {"refs.bib": "".join(map(entry.format, "ab"))}
    files |= {f"notes/papers/{work}.md": f"---\nref: {work}2020\n---\nLead.\n" for work in "ab"}
    for slug, steps in paths.items():
        given = "steps:\n" + "".join(f"  {step}: because\n" for step in steps) if steps else ""
        files[f"notes/paths/{slug}.md"] = f"---\ntitle: Path {slug}\n{given}---\nIt leads.\n"
    return written(root, files)
