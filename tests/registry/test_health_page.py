"""The site says of every reference whether it was checked, and never more than a registry said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from small_library import LORA, TODAY, library, lora

from commonplace.answers import Answer
from commonplace.library import Library
from commonplace.lock_file import LOCK_FILE, lock_text
from commonplace.pages import pages

NOTE = "notes/papers/lora.md"
ABSENT = Answer("arXiv:2106.09685", "arxiv", TODAY, exists=False)
WITH_DOI = LORA.replace("  eprint ", "  doi = {10.1000/lora},\n  eprint ")


def page(read: Library, path: str) -> str:
    return next(each.body for each in pages(read) if each.path == path)


def checked(root: Path, *answers: Answer, entry: str = LORA) -> Library:
    files = {"refs.bib": entry, NOTE: "---\nref: hu2021lora\n---\n"}
    if answers:
        files[LOCK_FILE] = lock_text({answer.identifier: answer for answer in answers})
    return library(root, files)


@pytest.mark.parametrize(
    ("answers", "words", "section"),
    [
        ([], "not yet checked", "not-yet-checked"),
        ([lora()], "checked against arXiv on 2026-11-21, v2", "checked"),
        ([replace(lora(), versions=())], "checked against arXiv on 2026-11-21", "checked"),
        ([replace(lora(), withdrawn=True)], "withdrawn, says arXiv on 2026-11-21", "withdrawn"),
        (
            [replace(lora(), title="Sea Ice", authors=())],
            "another work, says arXiv on 2026-11-21",
            "another-work",
        ),
        ([replace(lora(), title="Sea Ice")], "perhaps another work, says arXiv on 2026-11-21", "in-doubt"),
        ([ABSENT], "no such work, says arXiv on 2026-11-21", "no-such-work"),
    ],
)
def test_a_note_and_the_page_of_health_say_how_its_work_stands(
    tmp_path: Path, answers: Iterable[Answer], words: str, section: str
) -> None:
    read = checked(tmp_path, *answers)
    assert f"[{words}](<../health.md>)" in page(read, "papers/lora.md")
    health = page(read, "health.md")
    assert f"{{: #{section} }}" in health
    assert f"arXiv:2106.09685 · {words}" in health


def test_the_worst_of_two_identifiers_is_what_is_said(tmp_path: Path) -> None:
    wrong = Answer("doi:10.1000/lora", "crossref", TODAY, exists=True, title="Sea Ice", authors=("Jane Roe",))
    read = checked(tmp_path, lora(), wrong, entry=WITH_DOI)
    assert "another work, says Crossref" in page(read, "papers/lora.md")


def test_without_any_answer_the_site_says_so(tmp_path: Path) -> None:
    assert "No registry has been asked yet" in page(checked(tmp_path), "health.md")
    assert "No registry has been asked yet" not in page(checked(tmp_path, lora()), "health.md")


def test_a_work_without_identifier_has_nothing_to_check(tmp_path: Path) -> None:
    post = "@online{hu2021lora,\n  title = {A Post},\n  url = {https://a.org/b},\n}\n"
    read = checked(tmp_path, entry=post)
    assert "health.md" not in page(read, "papers/lora.md")
    assert "no identifier to check" in page(read, "health.md")


def test_the_open_questions_lead_to_the_page_of_health(tmp_path: Path) -> None:
    assert "(<health.md>)" in page(checked(tmp_path), "open.md")
