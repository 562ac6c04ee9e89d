"""Rules for the identifiers and addresses of works: arXiv ids and DOIs, in the registry and in links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from commonplace.checks.passages import passages
from commonplace.identifiers import (
    ArxivId,
    BadIdentifierError,
    arxiv_text,
    doi_text,
    is_doi,
    parse_arxiv_id,
)
from commonplace.library import Library
from commonplace.model import Diagnostic, Link, Location, Note, Reference
from commonplace.rules import diagnose

_ARXIV = "arxiv"
_ARCHIVE = ("archiveprefix", "eprinttype")


@dataclass(frozen=True, slots=True)
class _Address:
    """An address as written in the registry or in a note."""

    text: str
    location: Location


def malformed_arxiv_id(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """malformed-arxiv-id: in links, by the rules of the id's date, with the library's day for today."""
    yield from _malformed_ids(_ids_in(_links(notes)), library)


def malformed_arxiv_id_of_work(library: Library) -> Iterator[Diagnostic]:
    """malformed-arxiv-id: of the works in the registry."""
    yield from _malformed_ids(_ids(library), library)


def _malformed_ids(ids: Iterable[_Address], library: Library) -> Iterator[Diagnostic]:
    for written in ids:
        try:
            parse_arxiv_id(written.text, library.today)
        except BadIdentifierError as fault:
            yield diagnose("malformed-arxiv-id", written.location, f"'{written.text}': {fault}")


def non_canonical_arxiv_link(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """non-canonical-arxiv-link: of every link that an arXiv id can be read off."""
    yield from _non_canonical(_links(notes), library)


def non_canonical_arxiv_link_of_work(library: Library) -> Iterator[Diagnostic]:
    """non-canonical-arxiv-link: of the works in the registry."""
    yield from _non_canonical(_registry_addresses(library), library)


def _non_canonical(addresses: Iterable[_Address], library: Library) -> Iterator[Diagnostic]:
    for address in addresses:
        found = _arxiv_id(arxiv_text(address.text), library)
        if found and address.text != found.url:
            yield diagnose("non-canonical-arxiv-link", address.location, f"write {found.url}")


def eprint_without_archive(library: Library) -> Iterator[Diagnostic]:
    """eprint-without-archive: at the eprint."""
    for reference in library.references.values():
        if reference.fields.get("eprint") and not _archive(reference):
            message = "say which archive the eprint is in: archiveprefix = {arXiv}"
            yield diagnose("eprint-without-archive", reference.place("eprint"), message)


def malformed_doi(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """malformed-doi: in links, behind https://doi.org/."""
    yield from _malformed_dois(_links(notes))


def malformed_doi_of_work(library: Library) -> Iterator[Diagnostic]:
    """malformed-doi: in the registry, as the DOI alone or as an address."""
    for reference in library.references.values():
        written = reference.fields.get("doi", "")
        if written and not is_doi(written):
            yield diagnose("malformed-doi", reference.place("doi"), _doi_fault(written))
    yield from _malformed_dois(_registry_addresses(library))


def _malformed_dois(addresses: Iterable[_Address]) -> Iterator[Diagnostic]:
    for address in addresses:
        written = doi_text(address.text) or ""
        if written and not is_doi(written):
            yield diagnose("malformed-doi", address.location, _doi_fault(written))


def _doi_fault(written: str) -> str:
    inner = doi_text(written) or ""
    if is_doi(inner):
        return f"write the DOI alone: {inner}"
    return f"'{written}' is no DOI, which reads as in 10.18653/v1/2021.acl-long.568"


def identifiers_disagree(library: Library) -> Iterator[Diagnostic]:
    """identifiers-disagree: about the arXiv id, or about the DOI."""
    for reference in library.references.values():
        preprints = {name: found.id for name, found in _arxiv_ids(reference, library).items()}
        yield from _disagreements(reference, preprints, "arXiv:")
        dois = {name: doi_text(reference.fields.get(name, "")) for name in ("doi", "url")}
        yield from _disagreements(reference, {n: d.lower() for n, d in dois.items() if d}, "DOI ")


def _disagreements(reference: Reference, names: dict[str, str], sort: str) -> Iterator[Diagnostic]:
    """A diagnostic at each field that names another work than the first."""
    if not names:
        return
    first, *others = names
    for field in others:
        if names[field] != names[first]:
            message = f"{field} is {sort}{names[field]}, {first} is {sort}{names[first]}; one is another work"
            yield diagnose("identifiers-disagree", reference.place(field), message)


def year_before_arxiv(library: Library) -> Iterator[Diagnostic]:
    """year-before-arxiv: at the year, by whichever field names the preprint."""
    for reference in library.references.values():
        for preprint in list(_arxiv_ids(reference, library).values())[:1]:
            if reference.year and reference.year < preprint.year:
                message = f"{reference.year} is before arXiv:{preprint.id} of {preprint.year}; correct one"
                yield diagnose("year-before-arxiv", reference.place("year"), message)


def _ids(library: Library) -> Iterator[_Address]:
    """Whatever the registry writes as an arXiv id, in whatever form."""
    for reference in library.references.values():
        if reference.fields.get("eprint") and (_archive(reference) or _ARXIV) == _ARXIV:
            yield _Address(reference.fields["eprint"], reference.place("eprint"))
        if doi := arxiv_text(reference.fields.get("doi", "")):
            yield _Address(doi, reference.place("doi"))
    yield from _ids_in(_registry_addresses(library))


def _ids_in(addresses: Iterable[_Address]) -> Iterator[_Address]:
    for address in addresses:
        if found := arxiv_text(address.text):
            yield _Address(found, address.location)


def _archive(reference: Reference) -> str:
    return next((reference.fields[name].lower() for name in _ARCHIVE if reference.fields.get(name)), "")


def _arxiv_ids(reference: Reference, library: Library) -> dict[str, ArxivId]:
    """The sound arXiv ids of an entry, by the field that names each."""
    texts = {name: arxiv_text(reference.fields.get(name, "")) for name in ("url", "doi")}
    if (_archive(reference) or _ARXIV) == _ARXIV:
        texts = {"eprint": reference.fields.get("eprint"), **texts}
    return {name: found for name, text in texts.items() if (found := _arxiv_id(text, library))}


def _arxiv_id(text: str | None, library: Library) -> ArxivId | None:
    try:
        return parse_arxiv_id(text, library.today) if text else None
    except BadIdentifierError:
        return None


def _registry_addresses(library: Library) -> Iterator[_Address]:
    for reference in library.references.values():
        if url := reference.fields.get("url"):
            yield _Address(url, reference.place("url"))


def _links(notes: Sequence[Note]) -> Iterator[_Address]:
    for passage in passages(notes):
        for link in passage.markup.of(Link):
            yield _Address(link.url, passage.at(link.url_start))
