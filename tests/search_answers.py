"""Asks the search of a built book in a browser, by the page's own code."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Page

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


def asked(page: Page, queries: Iterable[str]) -> dict[str, list[str]]:
    """The pages that each query finds, the best first. `page` shows the root of the book."""
    several = list(dict.fromkeys(queries))
    return dict(zip(several, page.evaluate(_ASK, [several, DEPTH]), strict=True))
