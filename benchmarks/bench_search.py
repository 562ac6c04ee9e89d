"""Measures what the first result of a search costs at 10,000 notes, beside MkDocs' own search on the same.

Run it as `.venv/bin/python benchmarks/bench_search.py [NOTES]`; 10,000 take a minute and some 4 GB of memory.
Bytes are counted in the browser, from the moment that a query stands in the box to that of its first result.
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from browser import CHROMIUM, FLAGS, build_book, bytes_to_first_result, served  # noqa: E402
from commonplace.search.index import FOLDER, write_index  # noqa: E402
from commonplace.search.records import Passage, Record  # noqa: E402

NOTES = 10_000
BUDGET = 350_000
_SEED = 20261121
_CONSONANTS, _VOWELS, _ENDS = "bcdfghjklmnprstvwz", "aeiou", ("", "n", "r", "s", "l", "x", "st")
_HEADINGS = ("Idea", "Method", "What it shows", "What it does not show", "What came of it", "Claims")


@dataclass(frozen=True)
class Language:
    """Made-up words, of which the n-th is used once for every n times that the first is, as in real text."""

    words: list[str]
    weights: list[float]

    @classmethod
    def of(cls, size: int, chance: random.Random) -> Language:
        """A language of `size` words of one to four syllables."""
        syllables = ["".join(s) for s in itertools.product(_CONSONANTS, _VOWELS, _ENDS)]
        made = dict[str, None]()
        while len(made) < size:
            made["".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3, 4))))] = None
        return cls(list(made), list(itertools.accumulate(1 / rank for rank in range(1, size + 1))))

    def some(self, count: int, chance: random.Random) -> list[str]:
        """Words as they would follow one another."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def made_up(notes: int) -> Iterator[Record]:
    """As many records, each of 600 words, as notes of that length have."""
    chance = random.Random(_SEED)  # noqa: S311 - notes, no secret
    language, families = Language.of(60_000, chance), Language.of(20_000, chance)
    telling = Language(language.words[150:], language.weights[: len(language.words) - 150])
    for number in range(notes):
        name = f"{chance.choice(language.words[3000:])}{number % 10}"
        authors = dict.fromkeys(families.some(chance.randint(1, 8), chance))
        yield Record(
            url=f"papers/{name}-{number}/",
            title=f"{name}: {' '.join(telling.some(8, chance))}".title(),
            kind="paper",
            year=2010 + number % 16,
            names=(name, " ".join(telling.some(2, chance))),
            identifiers=(f"{10 + number % 16}{1 + number % 12:02}.{10_000 + number}",),
            authors=tuple(f"{chance.choice('ABCDEFGHJKLMNPRST')}. {family.title()}" for family in authors),
            topics=(f"Topic {number // 50}",),
            passages=tuple(
                Passage(" ".join(language.some(100, chance)), heading, heading.lower(), heading == "Claims")
                for heading in _HEADINGS
            ),
        )


def _little() -> list[str]:
    """The commonest words, which in a real query are left out: `the`, `of`, `what`."""
    return Language.of(60_000, random.Random(_SEED)).words[:40]  # noqa: S311 - words, no secret


def queries(records: list[Record]) -> dict[str, str]:
    """A query of each sort that people ask, about one of the records."""
    wanted = records[len(records) // 3]
    name, *title = wanted.title.casefold().replace(":", "").split()
    rare = sorted(title, key=len)[-2:]
    text = [word for word in wanted.passages[0].text.split() if word not in _little()]
    return {
        "a name": name,
        "words of a title": " ".join(rare),
        "an author": wanted.authors[0].split()[-1],
        "an arXiv id": wanted.identifiers[0],
        "words of the text": " ".join(text[:3]),
        "a misspelt word": rare[-1][:2] + rare[-1][3] + rare[-1][2] + rare[-1][4:],
    }


def peer_bytes(records: list[Record], site: Path) -> int:
    """What MkDocs' own search loads before any result: the index of every page, and what reads it."""
    docs = list[dict[str, str]]()
    for record in records:
        texts = " ".join(passage.text for passage in record.passages)
        docs.append({"location": record.url, "title": record.title, "text": texts})
        for passage in record.passages:
            location = f"{record.url}#{passage.anchor}"
            docs.append({"location": location, "title": passage.heading, "text": passage.text})
    index = json.dumps({"config": {"lang": ["en"]}, "docs": docs}, separators=(",", ":"))
    (worker,) = (site / "assets/javascripts/workers").glob("search.*.js")
    return len(index.encode()) + worker.stat().st_size


def main(notes: int) -> None:
    """Prints what each query costs, and the ratio to the peer."""
    records = list(made_up(notes))
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_book(Path(folder, "site"))
        start = time.perf_counter()
        write_index(records, site)
        click.echo(f"index of {notes:,} notes of 600 words: {time.perf_counter() - start:.1f} s")
        files = [path.stat().st_size for path in (site / FOLDER).rglob("*") if path.is_file()]
        click.echo(f"on the host: {sum(files) / 1e6:.1f} MB in {len(files):,} files")
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        peer = peer_bytes(records, site)
        click.echo(f"peer, MkDocs' search_index.json and its reader: {peer:,} bytes before any result")
        with served(site) as address:
            for sort, query in queries(records).items():
                page = browser.new_context().new_page()
                page.goto(address)
                cost = bytes_to_first_result(page, query)
                said = f"{cost / BUDGET:.0%} of the budget; the peer loads {peer / cost:.0f} times as much"
                click.echo(f"{sort:<17} {json.dumps(query):<32} {cost:>9,} bytes, {said}")
                page.context.close()
        browser.close()
        shutil.rmtree(site)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES)
