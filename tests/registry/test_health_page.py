"""The site says of every reference whether it was checked, and never more than a registry said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from small_library import LORA, NOW, TODAY, library, lora

from commonplace.answers import Answer
from commonplace.library import Library
from commonplace.link_history import HISTORY, add_outcomes
from commonplace.lock_file import LOCK_FILE, lock_text
from commonplace.pages import pages
from commonplace.verdicts import Outcome, Verdict

NOTE = "notes/papers/lora.md"
ABSENT = Answer("arXiv:2106.09685", "arxiv", TODAY, exists=False)
POST = "@online{roe2020post,\n  title = {A Post},\n  url = {https://a.org/post},\n}\n"
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
    assert f"{{#{section}}}" in health
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


def on_the_web(root: Path, *outcomes: Outcome, more: str = "", files: Iterable[tuple[str, str]] = ()) -> str:
    """What the page of health says of pages of the web: of a post in refs.bib, and of links in a note."""
    if outcomes:
        add_outcomes(root, outcomes)
    body = f"# A page\n\nSee [this](https://a.org/b#part), [the paper](https://arxiv.org/abs/2106.09685).{more}\n"
    read = library(root, {"refs.bib": POST, "notes/about.md": body, **dict(files)})
    return page(read, "health.md").partition("## Pages on the web")[2]


def answered(verdict: Verdict, url: str = "https://a.org/b", *, days: int = 0, moved_to: str = "") -> Outcome:
    return Outcome(url, verdict, "404 *Not* Found", NOW + dt.timedelta(days), moved_to)


def test_a_page_of_the_web_stands_under_its_verdict_with_the_day_and_who_links_it(tmp_path: Path) -> None:
    said = on_the_web(tmp_path, answered(Verdict.BROKEN), answered(Verdict.OK, "https://a.org/post"))
    broken, there = said.index("{#web-broken}"), said.index("{#web-ok}")
    assert broken < said.index("(<https://a.org/b>) · 404 &#42;Not&#42; Found, on 2026-11-21") < there
    assert "in [About](<about.md>)" in said[broken:there]
    assert "in [A Post](<bibliography.md#roe2020post>)" in said[there:]
    assert "not yet asked" not in said


def test_a_page_that_moved_is_named_with_its_new_address(tmp_path: Path) -> None:
    said = on_the_web(tmp_path, answered(Verdict.MOVED, moved_to="https://c.org/new"))
    assert "moved to [https://c.org/new](<https://c.org/new>), on 2026-11-21" in said


def test_a_new_address_that_could_run_is_no_link(tmp_path: Path) -> None:
    said = on_the_web(tmp_path, answered(Verdict.MOVED, moved_to="javascript:alert(1)"))
    assert "(<#>)" in said
    assert "(<javascript:" not in said


@pytest.mark.parametrize(("runs", "section"), [(1, "web-unsure"), (3, "web-broken")])
def test_a_page_is_broken_only_after_lasting_silence(tmp_path: Path, runs: int, section: str) -> None:
    said = on_the_web(tmp_path, *(answered(Verdict.UNSURE, days=day) for day in range(runs)))
    assert f"{{#{section}}}" in said


def test_pages_never_asked_are_counted_and_those_no_longer_linked_left_out(tmp_path: Path) -> None:
    more = " And [that](https://a.org/c)."
    said = on_the_web(tmp_path, answered(Verdict.OK, "https://gone.org/"), more=more)
    assert "3 pages on the web were not yet asked." in said
    assert "gone.org" not in said
    assert "1 page on the web was not yet asked." in on_the_web(
        tmp_path, answered(Verdict.OK), answered(Verdict.OK, "https://a.org/c"), more=more
    )


def test_pages_that_a_setting_leaves_out_are_not_among_them(tmp_path: Path) -> None:
    ignore = '[tool.commonplace.links]\nignore = [{pattern = "https://a.org/b*", reason = "it lies"}]\n'
    outcomes = answered(Verdict.BROKEN), answered(Verdict.OK, "https://a.org/post")
    said = on_the_web(tmp_path, *outcomes, files=[("pyproject.toml", ignore)])
    assert "https://a.org/post" in said
    assert "https://a.org/b" not in said


@pytest.mark.parametrize("cache", ["", "{", '{"schema": 1, "addresses": {"https://a.org/b": {}}}'])
def test_without_a_sound_cache_the_page_says_that_nothing_is_known(tmp_path: Path, cache: str) -> None:
    said = on_the_web(tmp_path, files=[(HISTORY, cache)] if cache else [])
    assert "Nothing is known of them here" in said
    assert "https://" not in said


def test_a_library_that_links_no_page_of_the_web_says_nothing_of_any(tmp_path: Path) -> None:
    add_outcomes(tmp_path, [answered(Verdict.BROKEN)])
    assert "on the web" not in page(checked(tmp_path, lora()), "health.md")
