"""Measures what the search index costs, whole and after an edit, and what a first result costs a browser.

Run it as `.venv/bin/python benchmarks/bench_search.py [NOTES …]`; 1,000 and 10,000 notes take a minute.
Bytes are counted in the browser, from the moment that a query stands in the box to that of its first result,
beside those that MkDocs' own search loads for the same notes.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from language import Language
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from browser import CHROMIUM, FLAGS, build_book, bytes_to_first_result, served  # noqa: E402
from commonplace.search import FOLDER, KeptPieces, index_files  # noqa: E402
from commonplace.search.parts import parts_of  # noqa: E402
from commonplace.search.records import Passage, Record  # noqa: E402

NOTES = ("1000", "10000")
BUDGET = 350_000
_SEED = 20261121
_HEADINGS = ("Idea", "Method", "What it shows", "What it does not show", "What came of it", "Claims")


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
        "common words": " ".join(Language.of(60_000, random.Random(_SEED)).words[40:43]),  # noqa: S311
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


@dataclass(frozen=True)
class Cost:
    """What some work took of the processors, in seconds, and the most memory that a process of it held."""

    ours: float
    pagefind: float
    seconds: float
    megabytes: float

    def __str__(self) -> str:
        parts = f"{self.ours:.1f} s here, {self.pagefind:.1f} s in Pagefind"
        return f"{self.seconds:.1f} s, of CPU {parts}, {self.megabytes:.0f} MB"


def indexed(records: list[Record], kept: KeptPieces, site: Path) -> tuple[Cost, int]:
    """Makes the index of some records in a site, as far as it is not kept; gives how many files it wrote."""
    start, clock, written = os.times(), time.perf_counter(), 0
    for file in index_files(parts_of(records), kept, len(os.sched_getaffinity(0))):
        path = site / file.address
        if not path.exists() or file.source not in file.address:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content())
            written += 1
    end = os.times()
    most = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Cost(
        end.user + end.system - start.user - start.system,
        end.children_user + end.children_system - start.children_user - start.children_system,
        time.perf_counter() - clock,
        most / 1024,
    ), written


def edited(records: list[Record]) -> list[Record]:
    """The records after an edit in the middle of one."""
    at = len(records) // 2
    record = records[at]
    longer = replace(record.passages[2], text=f"{record.passages[2].text} {records[0].passages[0].text[:80]}")
    fresh = replace(record, passages=(*record.passages[:2], longer, *record.passages[3:]))
    return [*records[:at], fresh, *records[at + 1 :]]


def main(notes: int) -> None:
    """Prints what the index costs, whole and after an edit, then what each query costs beside the peer."""
    records = list(made_up(notes))
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_book(Path(folder, "site"))
        shutil.rmtree(site / FOLDER)
        kept = KeptPieces(Path(folder, "kept"))
        click.echo(f"{notes:,} notes of 600 words in {len(parts_of(records))} parts")
        click.echo(f"whole: {indexed(records, kept, site)[0]}")
        files = [path.stat().st_size for path in (site / FOLDER).rglob("*") if path.is_file()]
        click.echo(f"on the host: {sum(files) / 1e6:.1f} MB in {len(files):,} files")
        cost, written = indexed(edited(records), kept, site)
        click.echo(f"after an edit: {cost}; {written:,} files written")
        peer = peer_bytes(records, site)
        click.echo(f"peer, MkDocs' search_index.json and its reader: {peer:,} bytes before any result")
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        with served(site) as address:
            for sort, query in queries(records).items():
                page = browser.new_context().new_page()
                page.goto(address, wait_until="networkidle")
                size = bytes_to_first_result(page, query)
                said = f"{size / BUDGET:.0%} of the budget; the peer loads {peer / size:.0f} times as much"
                click.echo(f"{sort:<17} {json.dumps(query):<32} {size:>9,} bytes, {said}")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    for number in map(int, sys.argv[1:] or NOTES):
        main(number)
