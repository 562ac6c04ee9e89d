"""Finds the identifiers that a reference names, and in which field of its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from commonplace.identifiers import (
    BadIdentifierError,
    arxiv_text,
    doi_text,
    is_doi,
    parse_arxiv_id,
)
from commonplace.model import Reference


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier under the name that a registry's answer has: without a version, a DOI in lower case."""

    name: str
    """`arXiv:2106.09685` or `doi:10.1038/nature14539`."""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class NamedIdentifier:
    """An identifier with the field of the entry that names it."""

    identifier: Identifier
    field: str


def identifier_of(written: str, today: dt.date | None = None) -> Identifier | None:
    """The identifier that an address or a text stands for, in any of its forms; None for all else.

    Where `today` is given, an arXiv id of a month to come cannot exist.

    Raises:
        BadIdentifierError: it has the form of an identifier that cannot exist.

    """
    try:
        arxiv, doi = arxiv_text(written), doi_text(written)
        elsewhere = urlsplit(written).hostname or ""
    except ValueError:
        # No address at all, such as `http://[`.
        return None
    if arxiv is not None:
        return _arxiv_identifier(arxiv, elsewhere, today)
    # The registry's own pages are no DOIs.
    if doi is None or (elsewhere and not doi.startswith("10.")):
        return None
    if not is_doi(doi):
        raise BadIdentifierError("a DOI reads 10.NUMBER/SUFFIX, as in 10.1038/nature14539")
    return Identifier(f"doi:{doi.lower()}")


def _arxiv_identifier(text: str, host: str, today: dt.date | None) -> Identifier | None:
    try:
        found = parse_arxiv_id(text, today)
    except BadIdentifierError:
        # Sites that show arXiv's papers have other pages beside them.
        if host and not host.endswith("arxiv.org"):
            return None
        raise
    return Identifier(f"arXiv:{found.id}", found.version)


def named_identifiers(reference: Reference) -> Iterator[NamedIdentifier]:
    """The identifiers of a reference, each once, its arXiv id first; what cannot exist is left out."""
    seen = set[str]()
    for each in every_identifier(reference):
        if each.identifier.name not in seen:
            seen.add(each.identifier.name)
            yield each


def every_identifier(reference: Reference) -> Iterator[NamedIdentifier]:
    """The identifier of each field that has one, though another field names it too."""
    for field, written in written_identifiers(reference):
        with suppress(BadIdentifierError):
            if found := identifier_of(written):
                yield NamedIdentifier(found, field)


def written_identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    """The fields that say where the work is, each with its value in a form that shows of which kind it is."""
    fields = reference.fields
    if fields.get("eprint") and _is_arxiv(reference):
        yield "eprint", _prefixed("arXiv:", fields["eprint"], arxiv_text(fields["eprint"]))
    if fields.get("doi"):
        yield "doi", _prefixed("doi:", fields["doi"], doi_text(fields["doi"]))
    if fields.get("url"):
        yield "url", fields["url"]


def _is_arxiv(reference: Reference) -> bool:
    """Whether `eprint` is of arXiv, as it is where nothing else is said; other archives have other ids."""
    archive = reference.fields.get("archiveprefix") or reference.fields.get("eprinttype") or "arxiv"
    return archive.casefold() == "arxiv"


def _prefixed(prefix: str, value: str, known: str | None) -> str:
    return value if known is not None else f"{prefix}{value}"
