"""Reads DataCite's replies: what it says of the work with a DOI, arXiv's own DOIs among them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from commonplace.answers import Answer, Version
from commonplace.registry.loose_json import items, number, read_json, table, text

_VERSION = re.compile(r"v([1-9]\d{0,3})")


def doi_url(base: str, doi: str) -> str:
    """The address that asks about a DOI."""
    return f"{base}/dois/{quote(doi, safe='/')}"


def arxiv_doi(arxiv_id: str) -> str:
    """The DOI that arXiv registers for a preprint."""
    return f"10.48550/arXiv.{arxiv_id}"


def read_doi(body: bytes, identifier: str, asked: dt.date) -> Answer | None:
    """What a reply says of a work, under the `identifier` that was meant; None where it is no such reply."""
    work = table(read_json(body), "data", "attributes")
    titles = [text(table(each).get("title")) for each in items(work.get("titles"))]
    if not any(titles):
        return None
    return Answer(
        identifier=identifier,
        registry="datacite",
        asked=asked,
        exists=True,
        title=next(filter(None, titles)),
        authors=tuple(filter(None, (_name(table(each)) for each in items(work.get("creators"))))),
        year=number(work.get("publicationYear")),
        versions=tuple(sorted(_versions(work), key=lambda version: version.number)),
        doi=_published_as(work) if identifier.startswith("arXiv:") else "",
    )


def _name(creator: Mapping[str, Any]) -> str:
    person = f"{text(creator.get('givenName'))} {text(creator.get('familyName'))}".strip()
    family, comma, given = text(creator.get("name")).partition(", ")
    return person or (f"{given} {family}" if comma else family)


def _versions(work: Mapping[str, Any]) -> Iterator[Version]:
    """The versions of a preprint: arXiv gives each its date, and its number beside it."""
    for date in map(table, items(work.get("dates"))):
        match = _VERSION.fullmatch(text(date.get("dateInformation")))
        if match and date.get("dateType") in ("Submitted", "Updated"):
            yield Version(int(match[1]), _day(text(date.get("date"))))


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        return None


def _published_as(work: Mapping[str, Any]) -> str:
    related = map(table, items(work.get("relatedIdentifiers")))
    dois = (
        text(each.get("relatedIdentifier")).lower()
        for each in related
        if each.get("relationType") == "IsVersionOf" and each.get("relatedIdentifierType") == "DOI"
    )
    return next(dois, "")
