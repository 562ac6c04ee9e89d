"""Reads the authors of a work as reading lists write them."""

from __future__ import annotations

import re

from commonplace.bibtex_text import authors
from commonplace.model import Author

_OTHERS = re.compile(r"[\s,]*\b(?:et\.?\s*al\b\.?|and\s+others)[\s,.]*$", re.IGNORECASE)
_INITIALS = r"[A-Z]\.?(?:[\s-]*[A-Z]\.?)*"
_FAMILY_FIRST = re.compile(rf"(?P<family>[^\W\d_][^,&;]*),\s*(?P<given>{_INITIALS})(?=\s*(?:,|;|&|and\b|$))")
_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,4}")
_FULL_STOP = re.compile(r"(?<=\w\w)\.$")
_MOST = 40
"""Names from which on a text is taken for something else."""


def listed_authors(text: str) -> tuple[Author, ...]:
    """The authors that a text names, as it writes them; none where it names something else.

    Read are `Dettmers, T., & Zettlemoyer, L.`, `Tim Dettmers and Luke Zettlemoyer`, `Dettmers et al.`;
    people who are not named are kept as `others`.
    """
    named = _OTHERS.sub("", text.strip()).strip(" ,;")
    others = (Author("others"),) if _OTHERS.search(text.strip()) else ()
    found = _family_first(named) or _given_first(named)
    return (*found, *others) if found else ()


def _family_first(text: str) -> tuple[Author, ...]:
    rest = _BETWEEN.sub("", _FAMILY_FIRST.sub("", text))
    if rest.strip(" ."):
        return ()
    return tuple(
        Author(_without_and(match["family"]), match["given"]) for match in _FAMILY_FIRST.finditer(text)
    )


def _without_and(family: str) -> str:
    return re.sub(r"^(?:and|&)\s+", "", family.strip())


def _given_first(text: str) -> tuple[Author, ...]:
    names = [_FULL_STOP.sub("", name) for name in _BETWEEN.split(text) if name]
    if not 0 < len(names) <= _MOST or not all(_is_name(name) for name in names):
        return ()
    return tuple(author for name in names for author in authors(name))


def _is_name(text: str) -> bool:
    words = text.split()
    return bool(_NAME.fullmatch(text)) and words[-1][0].isupper() and words[0][0].isalpha()
