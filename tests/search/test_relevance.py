"""What people type finds first what they meant: relevance.toml, asked by the page's own code."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser import served
from commonplace.search import FOLDER, index_files
from commonplace.search.parts import parts_of
from commonplace.search.records import records
from sample_books import ROOT, loaded
from search_answers import asked

QUERIES = tomllib.loads(Path(__file__).with_name("relevance.toml").read_text(encoding="utf-8"))
FLOOR = 0.975
"""Mean reciprocal rank below which search has become worse: 0.988 was measured; a query is worth 0.006."""


def meant(wanted: str | list[str]) -> list[str]:
    """The pages that a query means: one, or several that are as good."""
    return [wanted] if isinstance(wanted, str) else wanted


def reciprocal_rank(wanted: str | list[str], found: list[str]) -> float:
    return max((1 / (found.index(page) + 1) for page in meant(wanted) if page in found), default=0.0)


@pytest.fixture(scope="module")
def split(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real book with its index made in many parts."""
    folder = shutil.copytree(book, tmp_path_factory.mktemp("split") / "book")
    shutil.rmtree(folder / FOLDER)
    divided = parts_of(list(records(loaded(ROOT))), most=12)
    assert len(divided) >= 8
    for file in index_files(divided):
        (folder / file.address).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.address).write_bytes(file.content())
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("made", ["site", "split"])
def test_what_was_meant_comes_first(
    page: Page, made: str, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    page.goto(request.getfixturevalue(made))
    ranks = dict[str, float]()
    for queries in QUERIES.values():
        answers = asked(page, queries)
        ranks |= {query: reciprocal_rank(wanted, answers[query]) for query, wanted in queries.items()}
    mean = sum(ranks.values()) / len(ranks)
    record_property(f"mean reciprocal rank of {len(ranks)} queries, {made}", f"{mean:.4f}")
    assert mean >= FLOOR, sorted((rank, query) for query, rank in ranks.items() if rank < 1)


def test_every_query_names_a_page_of_the_book(book: Path) -> None:
    entries = (book / "bibliography" / "index.html").read_text(encoding="utf-8")
    several = (meant(wanted) for queries in QUERIES.values() for wanted in queries.values())
    for wanted in {page for pages in several for page in pages}:
        page, _, key = wanted.partition("#")
        assert f'id="{key}"' in entries if key else (book / page / "index.html").is_file(), wanted


def test_the_queries_are_enough_to_tell() -> None:
    assert sum(map(len, QUERIES.values())) >= 60
    assert len(QUERIES["misspelt"]) >= 15
