"""Speaks as the DOI registry, Crossref, DataCite and the Wayback Machine do, on one loopback server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from servers.loopback import Exchange, Loopback, Seen


@dataclass(frozen=True)
class Work:
    """A work with a DOI; `agency` is `crossref`, `datacite`, or any other that neither of them knows."""

    doi: str
    title: str
    authors: tuple[tuple[str, str], ...] = (("Ada", "Lovelace"),)
    year: int = 2015
    agency: str = "crossref"
    subtitle: str = ""
    versions: tuple[str, ...] = ()
    """Days of a preprint's versions."""
    published_as: str = ""


class DoiServer(Loopback):
    """`/api/handles/`, `/works`, `/dois/` and `/web/`; what is in `down` answers 503."""

    def __init__(self, works: Iterable[Work] = (), *, copies: Iterable[str] = ()) -> None:
        super().__init__()
        self.works = {work.doi.lower(): work for work in works}
        self.copies = set(copies)
        """Addresses of which the archive has a copy."""
        self.down: set[str] = set()
        self.limits: dict[str, str] = {}
        """Headers of every reply of Crossref's."""

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        """One question to one of the four."""
        path = unquote(seen.path)
        if path.startswith("/api/handles/"):
            self._unless_down("doi.org", exchange, lambda: self._handle(exchange, path[13:]))
        elif path == "/works":
            self._unless_down("crossref", exchange, lambda: self._many(exchange, seen.query))
        elif path.startswith("/works/"):
            self._unless_down("crossref", exchange, lambda: self._one(exchange, path[7:]))
        elif path.startswith("/dois/"):
            self._unless_down("datacite", exchange, lambda: self._datacite(exchange, path[6:]))
        else:
            self._copy(exchange, path.removeprefix("/web/"))

    def _unless_down(self, name: str, exchange: Exchange, answer: Callable[[], None]) -> None:
        if name in self.down:
            exchange.reply(503, "down", "text/plain")
        else:
            answer()

    def _handle(self, exchange: Exchange, doi: str) -> None:
        known = doi.lower() in self.works
        _json(exchange, 200 if known else 404, {"responseCode": 1 if known else 100, "handle": doi})

    def _many(self, exchange: Exchange, query: dict[str, str]) -> None:
        asked = [each.removeprefix("doi:").lower() for each in query["filter"].split(",")]
        found = [self.works[doi] for doi in asked if self._agency(doi) == "crossref"]
        rows = int(query.get("rows", 20))
        items = [_crossref(work) for work in reversed(found)][:rows]
        _json(exchange, 200, {"status": "ok", "message": {"items": items}}, **self.limits)

    def _one(self, exchange: Exchange, doi: str) -> None:
        if self._agency(doi) == "crossref":
            _json(exchange, 200, {"status": "ok", "message": _crossref(self.works[doi.lower()])})
        else:
            exchange.reply(404, "Resource not found.", "text/plain")

    def _datacite(self, exchange: Exchange, doi: str) -> None:
        if self._agency(doi) == "datacite":
            _json(exchange, 200, {"data": _datacite(self.works[doi.lower()])})
        else:
            _json(exchange, 404, {"errors": [{"status": "404", "title": "The resource doesn't exist."}]})

    def _agency(self, doi: str) -> str:
        work = self.works.get(doi.lower())
        return work.agency if work else ""

    def _copy(self, exchange: Exchange, address: str) -> None:
        if address in self.copies:
            exchange.redirect(302, f"{self.url}/web/20240102030405/{address}")
        else:
            exchange.reply(404, "Not in archive.")


def _json(exchange: Exchange, status: int, document: object, **headers: str) -> None:
    exchange.reply(status, json.dumps(document), "application/json", **headers)


def _crossref(work: Work) -> dict[str, object]:
    return {
        "DOI": work.doi,
        "title": [work.title],
        **({"subtitle": [work.subtitle]} if work.subtitle else {}),
        "author": [
            {"given": given, "family": family, "sequence": "additional"} for given, family in work.authors
        ],
        "issued": {"date-parts": [[work.year, 5, 27]]},
    }


def _datacite(work: Work) -> dict[str, object]:
    return {
        "id": work.doi.lower(),
        "type": "dois",
        "attributes": {
            "doi": work.doi.lower(),
            "titles": [{"title": work.title}],
            "creators": [
                {"name": f"{family}, {given}", "givenName": given, "familyName": family}
                for given, family in work.authors
            ],
            "publicationYear": work.year,
            "dates": [_date(number, day) for number, day in enumerate(work.versions, 1)],
            "relatedIdentifiers": _related(work),
        },
    }


def _date(number: int, day: str) -> dict[str, str]:
    kind = "Submitted" if number == 1 else "Updated"
    return {"date": day, "dateType": kind, "dateInformation": f"v{number}"}


def _related(work: Work) -> list[dict[str, str]]:
    if not work.published_as:
        return []
    kind = {"relationType": "IsVersionOf", "relatedIdentifierType": "DOI"}
    return [{**kind, "relatedIdentifier": work.published_as}]
