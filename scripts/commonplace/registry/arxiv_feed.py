"""Reads arXiv's Atom feeds: what each entry says of its work, and which ids the server could not read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from commonplace.answers import Answer, Version
from commonplace.identifiers import BadIdentifierError, parse_arxiv_id

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BAD_ID = re.compile(r"/api/errors#incorrect_id_format_for_(?P<id>.+)$")
_ABSTRACT = re.compile(r"/abs/(?P<id>.+)$")
_BLANK = re.compile(r"\s+")
# How arXiv and its authors say it: in the comment, or as the whole beginning of what was the abstract.
_WITHDRAWN = re.compile(r"\bwithdrawn\b|\bhas been retracted\b", re.IGNORECASE)
_WITHDRAWN_SUMMARY = re.compile(
    r"(?:this|the) (?:paper|article|submission|manuscript|work|preprint|version)\b[^.]{0,60}"
    r"\b(?:has been|was|is(?: being)?) (?:temporarily )?(?:withdrawn|retracted)\b",
    re.IGNORECASE,
)


class NoFeedError(Exception):
    """A body that is no whole Atom feed, as the server sends in bad moments."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The answers by arXiv id without version, and the ids that the server called malformed."""

    answers: dict[str, Answer]
    malformed: tuple[str, ...] = ()


def read_feed(body: bytes, asked: dt.date) -> Feed:
    """The feed in `body`.

    Raises:
        NoFeedError: it is not XML to its end, not Atom, or declares entities.

    """
    # The parser knows UTF-16, which has zero bytes, and encodings in which a declaration reads as in ASCII.
    if _DECLARATION.search(body) or b"\x00" in body:
        raise NoFeedError("the feed declares entities")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - no declarations, as just seen
    except (ElementTree.ParseError, LookupError, ValueError) as fault:
        raise NoFeedError(f"the feed is not whole ({fault})") from None
    if root.tag != f"{_ATOM}feed":
        raise NoFeedError("the reply is no feed")
    entries = root.findall(f"{_ATOM}entry")
    return Feed(dict(_answers(entries, asked)), tuple(_malformed(entries)))


def _malformed(entries: list[ElementTree.Element]) -> Iterator[str]:
    for entry in entries:
        if match := _BAD_ID.search(_text(entry, f"{_ATOM}id")):
            yield match["id"]


def _answers(entries: list[ElementTree.Element], asked: dt.date) -> Iterator[tuple[str, Answer]]:
    for entry in entries:
        match = _ABSTRACT.search(_text(entry, f"{_ATOM}id"))
        try:
            identifier = parse_arxiv_id(match["id"]) if match else None
        except BadIdentifierError:
            continue
        if identifier:
            yield identifier.id, _answer(entry, identifier.id, identifier.version or 1, asked)


def _answer(entry: ElementTree.Element, identifier: str, version: int, asked: dt.date) -> Answer:
    first, last = _day(entry, "published"), _day(entry, "updated")
    return Answer(
        identifier=f"arXiv:{identifier}",
        registry="arxiv",
        asked=asked,
        exists=True,
        title=_text(entry, f"{_ATOM}title"),
        authors=tuple(_text(each, f"{_ATOM}name") for each in entry.findall(f"{_ATOM}author")),
        year=first.year if first else None,
        versions=_versions(version, first, last),
        withdrawn=_is_withdrawn(entry),
        doi=_text(entry, f"{_ARXIV}doi").lower(),
        journal=_text(entry, f"{_ARXIV}journal_ref"),
    )


def _versions(latest: int, first: dt.date | None, last: dt.date | None) -> tuple[Version, ...]:
    """Every version up to the latest; a feed dates the first and the one that it shows."""
    earlier = [Version(number, first if number == 1 else None) for number in range(1, latest)]
    return (*earlier, Version(latest, last or first))


def _is_withdrawn(entry: ElementTree.Element) -> bool:
    said, summary = _text(entry, f"{_ARXIV}comment"), _text(entry, f"{_ATOM}summary")
    return bool(_WITHDRAWN.search(said) or _WITHDRAWN_SUMMARY.match(summary))


def _day(entry: ElementTree.Element, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_text(entry, f"{_ATOM}{name}")[:10])
    except ValueError:
        return None


def _text(entry: ElementTree.Element, name: str) -> str:
    return _BLANK.sub(" ", entry.findtext(name) or "").strip()
