"""What is known of a work that is to be added, and what an identifier or address alone says of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from commonplace.identifiers import ArxivId, parse_arxiv_id
from commonplace.model import Author
from commonplace.reference_identifiers import identifier_of

# A number that only an arXiv id looks like, sound or not: `2106.09685`, `2106.968`, `hep-th/9901001v2`.
_BARE_ID = re.compile(r"\d{4}\.\d{3,6}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?")


@dataclass(frozen=True)
class Work:
    """A work as far as anybody has said. What is not known has its empty value, and is left out."""

    title: str = ""
    authors: tuple[Author, ...] = ()
    year: int | None = None
    arxiv: ArxivId | None = None
    doi: str = ""
    url: str = ""
    venue: str = ""
    """Where it was published, in the words of who said so."""
    key: str = ""
    """The key that a .bib file gives it."""
    bibtex: str = ""
    """Its entry in a .bib file, which is kept as it is."""

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What registries know it by, best first: `arXiv:2106.09685`, `doi:10.1038/nature14539`."""
        arxiv = (f"arXiv:{self.arxiv.id}",) if self.arxiv else ()
        return (*arxiv, f"doi:{self.doi.lower()}") if self.doi else arxiv

    @property
    def first_year(self) -> int | None:
        """The year in which it first appeared, by its arXiv id, else by what somebody said."""
        return self.arxiv.year if self.arxiv else self.year

    @property
    def missing(self) -> tuple[str, ...]:
        """What an entry should have and nobody has said."""
        said = {"title": self.title, "authors": self.authors, "year": self.first_year}
        return tuple(name for name, value in said.items() if not value)


def addressed(written: str, today: dt.date | None = None) -> Work | None:
    """The work at an identifier or web address, of which nothing else is known; None for other texts.

    Raises:
        BadIdentifierError: it has the form of an identifier that cannot exist.

    """
    text = written.strip()
    found = identifier_of(f"arXiv:{text}" if _BARE_ID.fullmatch(text) else text, today)
    if not found:
        return Work(url=text) if _is_web(text) else None
    kind, _, name = found.name.partition(":")
    if kind == "doi":
        return Work(doi=name)
    return Work(arxiv=parse_arxiv_id(f"{name}v{found.version}" if found.version else name))


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
