"""The identifiers of works: arXiv ids by the rules of their date, and DOIs, in every form."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

_NEW_STYLE = re.compile(r"(?P<yy>\d\d)(?P<mm>\d\d)\.(?P<number>\d{4,5})(?:v(?P<version>\d{1,3}))?")
_OLD_STYLE = re.compile(
    r"(?P<archive>[a-z-]+)(?:\.[A-Z]{2})?/(?P<yy>\d\d)(?P<mm>\d\d)(?P<number>\d{3})(?:v(?P<version>\d{1,3}))?"
)
_ARXIV_HOSTS = ("arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org")
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|format|src|e-print|overview)/(?P<id>.+?)(?:\.pdf)?/?")
_ARXIV_DOI = "10.48550/arxiv."
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S*[^\s.,;]")


class BadIdentifierError(ValueError):
    """A text that is no identifier; its message says which rule it breaks."""


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An arXiv identifier in its canonical form; `version` is None where none was written."""

    id: str
    version: int | None
    year: int
    month: int

    @property
    def url(self) -> str:
        """The canonical address of the abstract."""
        return f"https://arxiv.org/abs/{self}"

    @property
    def pdf(self) -> str:
        """The address of the PDF."""
        return f"https://arxiv.org/pdf/{self}"

    def __str__(self) -> str:
        return f"{self.id}v{self.version}" if self.version else self.id


def parse_arxiv_id(text: str, today: dt.date | None = None) -> ArxivId:
    """The arXiv id that `text` is.

    The rules are arXiv's own: `YYMM.NNNN` from April 2007 to December 2014, `YYMM.NNNNN` since, and
    `archive/YYMMNNN` before; numbers and versions count from 1. Where `today` is given, no id is of a month
    to come.

    Raises:
        BadIdentifierError: `text` breaks one of the rules.

    """
    match = _NEW_STYLE.fullmatch(text) or _OLD_STYLE.fullmatch(text)
    if not match:
        raise BadIdentifierError("an arXiv id reads YYMM.NNNNN, as in 2106.09685")
    old = "archive" in match.groupdict()
    year, month = _full_year(int(match["yy"]), old), int(match["mm"])
    if not 1 <= month <= 12:
        raise BadIdentifierError(f"there is no month {match['mm']}")
    _check_date(year, month, old, today)
    if not old and len(match["number"]) != (4 if year < 2015 else 5):
        raise BadIdentifierError(f"an id of {year} has {4 if year < 2015 else 5} digits after the point")
    if int(match["number"]) == 0 or (match["version"] and int(match["version"]) == 0):
        raise BadIdentifierError("arXiv counts papers and versions from 1")
    head = f"{match['archive']}/" if old else ""
    joint = "" if old else "."
    canonical = f"{head}{match['yy']}{match['mm']}{joint}{match['number']}"
    return ArxivId(canonical, int(match["version"]) if match["version"] else None, year, month)


def _full_year(yy: int, old: bool) -> int:
    return 1900 + yy if old and yy >= 91 else 2000 + yy


def _check_date(year: int, month: int, old: bool, today: dt.date | None) -> None:
    if today and (year, month) > (today.year, today.month):
        raise BadIdentifierError(f"{year}-{month:02} is yet to come")
    if old and not (1991, 7) <= (year, month) <= (2007, 3):
        raise BadIdentifierError("ids of this form were given out from 1991-07 to 2007-03")
    if not old and (year, month) < (2007, 4):
        raise BadIdentifierError("ids of this form have been given out since 2007-04")


def arxiv_text(written: str) -> str | None:
    """What stands for an arXiv id in an address, an `arXiv:` form or an arXiv DOI; None for others."""
    text = written.strip()
    if match := re.match(r"(?i)arxiv:\s*(\S+)", text):
        return match[1]
    if (doi := doi_text(text)) and doi.lower().startswith(_ARXIV_DOI):
        return doi[len(_ARXIV_DOI) :]
    parts = _parts(text)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("export.")
    if host == "huggingface.co" and parts.path.startswith("/papers/"):
        return parts.path.removeprefix("/papers/").rstrip("/")
    match = _ARXIV_PATH.fullmatch(parts.path) if host in _ARXIV_HOSTS else None
    return match["id"] if match else None


def doi_text(written: str) -> str | None:
    """What stands where a DOI should in a DOI, a `doi:` form or an address of doi.org; None for others."""
    text = written.strip()
    if match := re.match(r"(?i)doi:\s*(\S+)", text):
        return match[1]
    parts = _parts(text)
    if (parts.hostname or "").removeprefix("dx.").removeprefix("www.") == "doi.org":
        return unquote(parts.path).lstrip("/")
    return text if text.startswith("10.") else None


def _parts(text: str) -> SplitResult:
    """The parts of an address; of a text that is none, such as `http://[`, all are empty."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def is_doi(text: str) -> bool:
    """Whether `text` has the form of a DOI: `10.`, a registrant's number, a slash, a suffix."""
    return bool(_DOI.fullmatch(text))
