"""How a reference is written for people: its authors, year, venue, kind and addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from commonplace.identifiers import ArxivId, BadIdentifierError, parse_arxiv_id
from commonplace.model import Author, Reference

_ACRONYM = re.compile(r"\((?P<acronym>[^()]+)\)\s*$")
_KINDS = {"online": "post", "video": "talk", "software": "software", "dataset": "dataset", "book": "book"}
_OTHERS = Author("others")


def kind(reference: Reference) -> str:
    """What sort of work it is, in a word: paper, post, talk, software."""
    return _KINDS.get(reference.type, "paper")


def arxiv_id(reference: Reference) -> ArxivId | None:
    """The work's arXiv id, where it has a sound one."""
    return _sound(reference.fields.get("eprint", ""))


@lru_cache(maxsize=1 << 15)
def _sound(eprint: str) -> ArxivId | None:
    try:
        return parse_arxiv_id(eprint)
    except BadIdentifierError:
        return None


def first_year(reference: Reference) -> int | None:
    """The year in which the work first appeared: that of its preprint, else of its publication."""
    preprint = arxiv_id(reference)
    return preprint.year if preprint else reference.year


def label(reference: Reference) -> str:
    """The work in a citation: `Hu et al., 2021`."""
    return f"{short_authors(reference)}, {first_year(reference) or 'n.d.'}"


def narrative_label(reference: Reference) -> str:
    """The work in running text: `Hu et al. (2021)`."""
    return f"{short_authors(reference)} ({first_year(reference) or 'n.d.'})"


def short_authors(reference: Reference) -> str:
    """The families of one or two authors, or the first and `et al.`; the key where nobody is named."""
    authors = reference.authors
    if len(authors) > 2 or _OTHERS in authors:
        return f"{authors[0].family} et al."
    return " and ".join(author.family for author in authors) or reference.key


def sort_key(reference: Reference) -> tuple[str, int, str]:
    """The order of a bibliography: by authors, then by year."""
    return short_authors(reference).casefold(), first_year(reference) or 0, reference.key


def named_authors(reference: Reference) -> tuple[str, ...]:
    """Every author that the registry names, in full."""
    return tuple(str(author) for author in reference.authors if author != _OTHERS)


def all_authors(reference: Reference) -> str:
    """Every author in full, with commas between; `and others` where the registry names no more."""
    return ", ".join(named_authors(reference)) + (" and others" if _OTHERS in reference.authors else "")


def venue(reference: Reference) -> str:
    """Where and when it was published, short: `ICLR 2022`; `arXiv` for a preprint, empty where unknown."""
    fields = reference.fields
    where = fields.get("booktitle") or fields.get("journal") or ""
    if where:
        acronym = _ACRONYM.search(where)
        return f"{acronym['acronym'] if acronym else where} {reference.year or ''}".strip()
    return fields.get("organization") or fields.get("institution") or ("arXiv" if arxiv_id(reference) else "")


def address(reference: Reference) -> str:
    """Where the work can be read: its own address, else its abstract on arXiv, else its DOI's; or empty."""
    preprint = arxiv_id(reference)
    doi = reference.fields.get("doi", "")
    resolved = f"https://doi.org/{doi}" if doi else ""
    return reference.fields.get("url", "") or (preprint.url if preprint else resolved)


def addresses(reference: Reference) -> list[tuple[str, str]]:
    """Where the work can be had: what a link is called, and its address."""
    preprint, fields = arxiv_id(reference), reference.fields
    found = [("abstract", preprint.url), ("PDF", preprint.pdf)] if preprint else []
    if fields.get("doi"):
        found.append(("DOI", f"https://doi.org/{fields['doi']}"))
    url = fields.get("url", "")
    return found if not url or (preprint and url == preprint.url) else [*found, (kind(reference), url)]
