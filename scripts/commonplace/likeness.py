"""Compares titles and names across the ways in which people and registries write them."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

from pylatexenc.latex2text import LatexNodes2Text
from rapidfuzz.distance import Indel

from commonplace.model import Author

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_WORD = re.compile(r"[^\W_]+")
_LATEX = re.compile(r"[\\${}]")
_BEGINNING = 3
"""Words from which on the beginning of a title names the work."""
# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_GREEK = re.compile(r"[α-ω]")
# German and Scandinavian names are written with two letters where signs are lacking.
_UMLAUT = re.compile(r"(?<=[aou])e")
_PARTICLE_WORDS = "van von der den de del della di da dos du la le el al ter ten zu y"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


@lru_cache(maxsize=65536)
def title_words(title: str) -> tuple[str, ...]:
    """A title's words without case, accents, punctuation, markup and TeX."""
    text = _TAG.sub("", html.unescape(title)).replace("&", " and ")
    if _LATEX.search(text):
        text = _without_latex(text)
    return tuple(_WORD.findall(_folded(text)))


def _without_latex(text: str) -> str:
    try:
        return str(LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text(text))
    except (IndexError, ValueError, TypeError):
        # The decoder stumbles over commands without their arguments.
        return _LATEX.sub(" ", text)


def _folded(text: str) -> str:
    """Text without case and accents; Greek letters become their names, as TeX and plain text have them."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _GREEK.sub(lambda letter: unicodedata.name(letter[0]).split()[-1].lower(), plain).translate(
        _LETTERS
    )


def folded_title(title: str) -> str:
    """What two titles have in common that differ only in how they are written."""
    return "".join(title_words(title))


def is_beginning(one: str, other: str) -> bool:
    """Whether a title is the other without its end, and is long enough to name the work."""
    shorter = min(title_words(one), title_words(other), key=len)
    return len(shorter) >= _BEGINNING and begins(one, other)


def begins(one: str, other: str) -> bool:
    """Whether a title is the other without its end, however short."""
    shorter, longer = sorted((title_words(one), title_words(other)), key=len)
    return bool(shorter) and "".join(shorter) in set(accumulate(longer))


def likeness(one: str, other: str) -> float:
    """How much two titles share, from 0 to 1: words that stand in both in the same order, over all words.

    Letters would say little: two titles of different works share about half of theirs.
    """
    return Indel.normalized_similarity(title_words(one), title_words(other))


def same_person(author: Author, name: str) -> bool:
    """Whether a registry's `Given Family` may be this author: the family is the same, and an initial."""
    whole, family, given = (_name_words(text) for text in (name, author.family, author.given))
    if not given:
        return bool(whole and family) and _begin_or_end_alike(whole, family)
    # A particle may be written or left out; but there are names that look like one.
    return _is_named(whole, family, given) or _is_named(*map(_without_particles, (whole, family, given)))


@lru_cache(maxsize=65536)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(_UMLAUT.sub("", word) for word in title_words(name) if word not in _SUFFIXES)


def _without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES)


def _begin_or_end_alike(whole: tuple[str, ...], body: tuple[str, ...]) -> bool:
    """Whether a name of one part is the other's beginning, as of `Gemini Team, Google`, or its end."""
    shorter, longer = sorted((whole, body), key=len)
    return shorter in (longer[: len(shorter)], longer[-len(shorter) :])


def _is_named(whole: tuple[str, ...], family: tuple[str, ...], given: tuple[str, ...]) -> bool:
    rest = _without(whole, family)
    return rest is not None and _initials_agree(given, rest)


def _without(whole: tuple[str, ...], part: tuple[str, ...]) -> tuple[str, ...] | None:
    """What is left of a name without its family, or None where that is not in it."""
    for at in range(len(whole) - len(part) + 1 if part else 0):
        if whole[at : at + len(part)] == part:
            return whole[:at] + whole[at + len(part) :]
    return None


def _initials_agree(given: tuple[str, ...], other: tuple[str, ...]) -> bool:
    initials, others = ({word[0] for word in words} for words in (given, other))
    return not initials or not others or bool(initials & others)
