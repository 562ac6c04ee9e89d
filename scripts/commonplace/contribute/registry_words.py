"""Takes over what a registry said of a work: its words, freed of markup and TeX."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from commonplace.answers import Answer
from commonplace.bibtex_text import authors, decode
from commonplace.contribute.one_line import one_line
from commonplace.contribute.work import Work
from commonplace.model import Author

Ask = Callable[[Sequence[str]], Mapping[str, Answer]]
"""Asks the registries for identifiers. What comes back lacks those for which nobody could be asked."""

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BODY = re.compile(r"\b(?:team|collaboration|consortium|group|institute|university)$", re.IGNORECASE)
# BibTeX takes only small particles for a part of the family name.
_PARTICLES = frozenset({"El", "Al", "Le", "La", "De", "Di", "Du", "Dos"})
_SIGN = re.compile(r"(?<!\\)[&%#]")
_TEX = re.compile(r"[\\{}]")


def described(work: Work, answer: Answer) -> Work:
    """The work with what the registry said in place of what was known before."""
    return replace(
        work,
        title=_text(answer.title) or work.title,
        authors=tuple(map(_author, answer.authors)) or work.authors,
        year=answer.year or work.year,
        doi=answer.doi or work.doi,
        venue=_text(answer.journal) or work.venue,
    )


def remarks_on(work: Work, answer: Answer) -> tuple[str, ...]:
    """What the registry said that no field of the entry holds, and that its reader should know."""
    withdrawn = ("it was withdrawn",) if answer.withdrawn else ()
    published = (
        (f"arXiv names where it was published: {answer.journal}",) if answer.journal and work.arxiv else ()
    )
    return (*withdrawn, *published)


def _text(words: str) -> str:
    """A registry's words as people read them; formulas keep their dollar signs."""
    plain = _TAG.sub("", html.unescape(words))
    # To TeX these signs mean something else, unless a backslash stands before them.
    return one_line(decode(_SIGN.sub(r"\\\g<0>", plain)) if _TEX.search(plain) else plain)


def _author(written: str) -> Author:
    """A name given as `Given Family`; one word alone is a body, and so is what calls itself one."""
    name = _text(written)
    people = authors(name.replace(",", " "))
    if len(people) != 1 or _BODY.search(name):
        return Author(name)
    given, _, particle = people[0].given.rpartition(" ")
    return Author(f"{particle} {people[0].family}", given) if given and particle in _PARTICLES else people[0]
