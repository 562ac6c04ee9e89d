"""Gives a new work its key in the registry, and its note a name and a slug."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain, count

from commonplace.contribute.list_titles import SMALL_WORDS
from commonplace.contribute.work import Work
from commonplace.likeness import title_words

_SUBTITLE = re.compile(r":\s+|\s+[–—-]\s+|\?\s+")
# A letter says nothing without the word that it is joined to: `P-Tuning`, `S-LoRA`.
_LETTER = re.compile(r"\b([^\W\d_])-(?=\w)")
_SAY_NOTHING = SMALL_WORDS | {"is", "are", "be", "can", "do", "does"}
_NAME_WORDS = 3
"""Words that a name has at most: `LoRA`, `Deep Double Descent`; more are a title."""
_SLUG_WORDS = 6


def work_name(title: str) -> str:
    """What the work is called where its title begins with a name: `LoRA` of `LoRA: Low-Rank …`; or empty."""
    head, *rest = _SUBTITLE.split(title, maxsplit=1)
    return head if rest and len(head.split()) <= _NAME_WORDS else ""


def new_slug(work: Work, taken: Collection[str]) -> str:
    """The slug of a note on the work: its name or main title in ASCII, unlike every slug of `taken`.

    Where no title is known, it is the identifier.
    """
    words = _ascii_words(_SUBTITLE.split(work.title, maxsplit=1)[0])
    while len(words) > 1 and words[0] in SMALL_WORDS:
        del words[0]
    words = words[:_SLUG_WORDS]
    while len(words) > 1 and words[-1] in SMALL_WORDS:
        del words[-1]
    return _first_free("-".join(words or _identifier_words(work)) or "work", "-", taken)


def new_key(work: Work, taken: Collection[str]) -> str:
    """The work's key: first author's family, year, first word of the title that says something.

    Where no author is known, the title's first two such words stand around the year; where no title is
    known either, the identifier.
    """
    family = "".join(_ascii_words(work.authors[0].family)) if work.authors else ""
    title = _LETTER.sub(r"\1", work.title)
    words = [word for word in _ascii_words(title) if word[0].isalpha() and word not in _SAY_NOTHING]
    if not (family or words):
        return _first_free("_".join(["work", *_identifier_words(work)]), "_", taken)
    telling = iter(words)
    head = family or next(telling)
    return _first_free(f"{head}{work.first_year or ''}{next(telling, '')}", "", taken)


def _identifier_words(work: Work) -> list[str]:
    return re.findall(r"[a-z0-9]+", work.identifiers[0].lower()) if work.identifiers else []


def _ascii_words(text: str) -> list[str]:
    return [plain for word in title_words(text) if (plain := re.sub(r"[^a-z0-9]", "", word))]


def _first_free(name: str, joint: str, taken: Collection[str]) -> str:
    folded = {each.casefold() for each in taken}
    names: Iterator[str] = chain([name], (f"{name}{joint}{number}" for number in count(2)))
    return next(each for each in names if each not in folded)
