"""Reads Crossref's replies: what it says of the works with certain DOIs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from commonplace.answers import Answer
from commonplace.registry.loose_json import items, number, read_json, table, text

_FIELDS = "DOI,title,subtitle,author,issued"


def works_url(base: str, dois: Sequence[str], contact: str) -> str:
    """The address that asks about several works at once."""
    query = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": len(dois), "select": _FIELDS}
    return f"{base}/works?{urlencode({**query, **_polite(contact)}, safe=':,/')}"


def work_url(base: str, doi: str, contact: str) -> str:
    """The address that asks about one work."""
    query = urlencode(_polite(contact))
    return f"{base}/works/{quote(doi, safe='')}{'?' if query else ''}{query}"


def _polite(contact: str) -> dict[str, str]:
    return {"mailto": contact} if "@" in contact else {}


def read_works(body: bytes, asked: dt.date) -> dict[str, Answer] | None:
    """The answers by DOI in lower case, of a reply about several works; None where it is no such reply."""
    message = table(read_json(body), "message")
    return dict(_by_doi(message["items"], asked)) if isinstance(message.get("items"), list) else None


def read_work(body: bytes, asked: dt.date) -> Answer | None:
    """The answer in a reply about one work; None where it is no such reply."""
    return next((answer for _, answer in _by_doi([table(read_json(body), "message")], asked)), None)


def _by_doi(works: list[Any], asked: dt.date) -> Iterator[tuple[str, Answer]]:
    for work in map(table, works):
        if doi := text(work.get("DOI")).lower():
            yield doi, _answer(doi, work, asked)


def _answer(doi: str, work: Mapping[str, Any], asked: dt.date) -> Answer:
    titles = [text(each) for name in ("title", "subtitle") for each in items(work.get(name))[:1]]
    return Answer(
        identifier=f"doi:{doi}",
        registry="crossref",
        asked=asked,
        exists=True,
        title=": ".join(filter(None, titles)),
        authors=tuple(filter(None, (_name(table(each)) for each in items(work.get("author"))))),
        year=_year(work),
    )


def _name(author: Mapping[str, Any]) -> str:
    person = f"{text(author.get('given'))} {text(author.get('family'))}".strip()
    return person or text(author.get("name"))


def _year(work: Mapping[str, Any]) -> int | None:
    dates = items(table(work, "issued").get("date-parts"))
    return number(next(iter(items(dates[0] if dates else None)), None))
