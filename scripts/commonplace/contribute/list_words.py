"""Takes the words about a work in a reading list apart: its title, who wrote it, and when."""

from __future__ import annotations

import re

from commonplace.contribute.list_authors import listed_authors
from commonplace.contribute.list_titles import clean
from commonplace.model import Author

_YEAR = r"(?P<year>(?:19|20)\d\d)"
# The bounds keep the time linear in the line, whatever it holds.
_PEOPLE = r"(?P<authors>[^()\[\]]{0,2000}?)[\s,]{0,4}"
_JOINT = r"[\s.,;:–—-]{0,9}"
_BEFORE = re.compile(rf"{_PEOPLE}\(?\b{_YEAR}[a-z]?\)?[.,:;]?\s*[\"“]?")
_IN_PARENTHESES = re.compile(rf"{_JOINT}[(\[]{_PEOPLE}{_YEAR}[a-z]?[)\]]")
_AT_THE_END = re.compile(rf"{_IN_PARENTHESES.pattern}\W*$")
_BEHIND = re.compile(rf"{_JOINT}{_PEOPLE}\(?\b{_YEAR}\b")
_SEVERAL = re.compile(r"\bet\.? al\b|&|\band\b")
_PREPRINT = re.compile(r"(?<=[.?!])\s*(?:arXiv\s+)?preprint\W*$", re.IGNORECASE)

People = tuple[tuple[Author, ...], int | None]
"""Authors and year, as far as they are told."""


def words_apart(text: str) -> tuple[str, People]:
    """The title in a text, and its people: `Hu et al. (2021). Title`, or `Title (Hu et al., 2021)`."""
    text = _PREPRINT.sub("", text)
    if match := _BEFORE.match(text):
        people, title = _people(match), clean(text[match.end() :])
        if people[0] and title:
            return title, people
    if match := _AT_THE_END.search(text):
        return clean(text[: match.start()]), _people(match)
    return clean(text), ((), None)


def people_around(before: str, behind: str) -> People:
    """The people that stand before a title or, where none do, behind it."""
    match = _BEFORE.fullmatch(before.strip())
    return _people(match) if match else people_behind(behind)


def people_behind(text: str) -> People:
    """The people that a text begins with."""
    if match := _IN_PARENTHESES.match(text):
        return _people(match)
    if not (match := _BEHIND.match(text)):
        return (), None
    authors, year = _people(match)
    # One name without parentheses is more likely where the work was published.
    return authors if _SEVERAL.search(match["authors"]) else (), year


def _people(match: re.Match[str]) -> People:
    written = match["authors"]
    # What stands in italics is where the work was published.
    authors = () if "*" in written or "_" in written else listed_authors(written)
    return authors, int(match["year"])
