"""The pages that list: home, papers, topics, bibliography, open questions, link health."""

from __future__ import annotations

import re
from pathlib import Path

from sample_books import HEALTHY, loaded, pages_of, written

LIBRARY = loaded(HEALTHY)
PAGES = pages_of(LIBRARY)
HOME, PAPERS, OPEN = (PAGES[path].body for path in ("index.md", "papers/index.md", "open.md"))
BIBLIOGRAPHY = PAGES["bibliography.md"].body


def items(body: str, anchor: str) -> list[str]:
    """The items of the section with this anchor."""
    part = body.partition(f"{{#{anchor}}}")[2].partition("\n## ")[0]
    return re.findall(r"^- (.*)$", part, re.MULTILINE)


def test_the_counts_on_the_home_page_are_true() -> None:
    assert "[4 notes](" in HOME
    assert " 5 claims\N{NO-BREAK SPACE}" in HOME
    assert "[6 references](" in HOME
    assert "[1 stub to finish](" in HOME
    assert '[Gating](<topics/gating.md>) <span class="year">4</span>' in HOME


def test_a_book_without_a_stub_counts_none(tmp_path: Path) -> None:
    assert "stub" not in pages_of(written(tmp_path, {}))["index.md"].body


def test_the_newest_notes_stand_first() -> None:
    days = [re.search(r"\d{4}-\d\d-\d\d", line) for line in items(HOME, "newest")]
    assert [day[0] for day in days if day] == ["2026-11-21", "2026-11-20", "2026-11-20", "2026-11-19"]


def test_every_note_on_a_work_has_one_row_among_the_papers() -> None:
    rows = [line for line in PAPERS.splitlines() if line.startswith("| [")]
    assert len(rows) == 4
    assert (
        "| Østby and de la Cruz | 2017 | CoS 2018 | [Gating](<../topics/gating.md>) | paper | complete |"
        in PAPERS
    )
    assert "| post | stub |" in PAPERS


def test_every_row_has_as_many_cells_as_there_are_headings() -> None:
    table = [line for line in PAPERS.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in table}) == 1


def test_every_topic_lists_its_works() -> None:
    topics = PAGES["topics/index.md"].body
    for slug in ("gates", "bounds", "why-gates", "wide"):
        assert f"(<../papers/{slug}.md>)" in topics


def test_every_reference_has_an_entry_with_its_anchor_and_its_bibtex() -> None:
    for reference in LIBRARY.references.values():
        assert f'<div id="{reference.key}" class="reference" markdown="1">' in BIBLIOGRAPHY
        assert f"<pre><code>@{reference.type}{{{reference.key}," in BIBLIOGRAPHY


def test_the_bibliography_is_ordered_by_author_and_by_year() -> None:
    assert re.findall(r'<div id="(\w+)" class="reference"', BIBLIOGRAPHY) == [
        "kim2021wide",
        "maker2022why",
        "nunez2019bounds",
        "talk2020gates",
        "gate2023tool",
        "ostby2017gates",
    ]


def test_the_bibliography_says_which_notes_cite_a_reference() -> None:
    entry = BIBLIOGRAPHY.partition('id="talk2020gates"')[2].partition("<details")[0]
    assert "Cited in [Gates](<papers/gates.md>), [Wide gates](<papers/wide.md>)" in entry


def test_open_questions_lists_each_stub() -> None:
    assert items(OPEN, "stubs") == ["[The post on gates](<papers/why-gates.md>)"]


def test_open_questions_lists_each_unverified_claim_and_statement() -> None:
    claim, statement = items(OPEN, "unverified")
    assert claim == "[Gates](<papers/gates.md>): Training takes 3 hours, on one machine."
    assert "halves the cost on every set</span>" in statement


def test_open_questions_lists_each_reference_without_a_note() -> None:
    talk, tool = items(OPEN, "without-a-note")
    assert "Gates in Practice" in talk
    assert "gate-tool" in tool


def test_a_book_without_anything_open_says_so(tmp_path: Path) -> None:
    body = pages_of(written(tmp_path, {}))["open.md"].body
    for words in ("Every note is complete.", "No statement is unverified.", "Every reference has a note."):
        assert words in body


def test_an_empty_folder_still_gives_every_list(tmp_path: Path) -> None:
    assert list(pages_of(written(tmp_path, {}))) == [
        "index.md",
        "papers/index.md",
        "topics/index.md",
        "paths/index.md",
        "bibliography.md",
        "open.md",
        "health.md",
    ]
