"""What people type finds first what they meant: relevance.toml, asked by the page's own code."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

QUERIES = tomllib.loads(Path(__file__).with_name("relevance.toml").read_text(encoding="utf-8"))
FLOOR = 0.975
"""Mean reciprocal rank below which search has become worse: 0.987 was measured; a query is worth 0.007."""
DEPTH = 10
"""Results looked through for the page that is wanted."""

_ASK = """async ([queries, depth]) => {
  const { openIndex, shown } = await import(new URL("assets/search-answers.js", document.baseURI));
  const index = await openIndex(new URL(document.baseURI));
  const found = [];
  for (const query of queries) {
    const answer = await index.ask(query);
    const records = [...answer.found, ...answer.partly].slice(0, depth);
    const read = await Promise.all(records.map((record) => shown(record, answer.words)));
    found.push(read.map(({ page }) => new URL(page, document.baseURI).href.slice(document.baseURI.length)));
  }
  return found;
}"""


def reciprocal_rank(wanted: str, found: list[str]) -> float:
    return 1 / (found.index(wanted) + 1) if wanted in found else 0.0


def test_what_was_meant_comes_first(
    page: Page, site: str, record_property: Callable[[str, object], None]
) -> None:
    page.goto(site)
    ranks = dict[str, float]()
    for queries in QUERIES.values():
        answers = page.evaluate(_ASK, [list(queries), DEPTH])
        for (query, wanted), found in zip(queries.items(), answers, strict=True):
            ranks[query] = reciprocal_rank(wanted, found)
    mean = sum(ranks.values()) / len(ranks)
    record_property(f"mean reciprocal rank of {len(ranks)} queries", f"{mean:.4f}")
    assert mean >= FLOOR, sorted((rank, query) for query, rank in ranks.items() if rank < 1)


def test_every_query_names_a_page_of_the_book(book: Path) -> None:
    entries = (book / "bibliography" / "index.html").read_text(encoding="utf-8")
    for wanted in {wanted for queries in QUERIES.values() for wanted in queries.values()}:
        page, _, key = wanted.partition("#")
        assert f'id="{key}"' in entries if key else (book / page / "index.html").is_file(), wanted


def test_the_queries_are_enough_to_tell() -> None:
    assert sum(map(len, QUERIES.values())) >= 60
    assert len(QUERIES["misspelt"]) >= 15
