"""Tells titles from other words in a reading list, and writes them as titles."""

from __future__ import annotations

import re

from commonplace.contribute.one_line import one_line
from commonplace.likeness import title_words

SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an the of in on at to for from by with without and or nor but as via per vs than into over",
    )
)
"""Words that say nothing of what a title is about, and keep a small letter in it."""
_WORD = re.compile(r"[^\W_](?:[\w'’./+-]*\w)?")
_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_IS_PROSE = re.compile(r"[,;:!]$|->|→|^[^\w\"“*_`]")
_AROUND = " \t\\|:;,–—-_*`\"“”„'‘’«»()"
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`+|</?[A-Za-z][^<>]*>")
_MOSTLY = 0.75
"""Share of the words that say something which begin with a capital in a title."""
_LONGEST = 30
_NUMBER = re.compile(r"[0-9a-f]{8,}|\d+")
_VOWEL = re.compile(r"[AEIOUY]")


def clean(text: str) -> str:
    """A title without the signs that set it off; one in capitals is written in small letters."""
    words = one_line(_MARKS.sub("", text)).strip(_AROUND)
    # A parenthesis that belongs to the title was stripped with those around it.
    words += ")" * (words.count("(") - words.count(")"))
    words = words.removesuffix(".") if not words.endswith("..") else words
    return _recast(words) if _in_capitals(words) else words


def reads_like_title(text: str) -> bool:
    """Whether words on a line of their own are most likely a title: three or more, most with a capital."""
    words = _WORD.findall(_IN_PARENTHESES.sub("", text))
    telling = [word for word in words if word.casefold() not in SMALL_WORDS]
    if len(words) < 3 or len(telling) < 2 or words[-1].casefold() in SMALL_WORDS:
        return False
    capitals = sum(not word[0].islower() for word in telling)
    return capitals >= _MOSTLY * len(telling) and not is_prose(text)


def is_prose(text: str) -> bool:
    """Whether a line ends or goes on as no title does."""
    return bool(_IS_PROSE.search(text)) or len(text.split()) > _LONGEST


def says_something(title: str) -> bool:
    """Whether words are long enough to name a work and no other."""
    return len(title_words(title)) >= 3


def from_address(path: str) -> str:
    """The title that the last part of an address's path spells out with hyphens; or empty."""
    last = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    words = [word for word in re.split(r"[-_]+", last) if word]
    while words and _NUMBER.fullmatch(words[-1]):
        words.pop()
    while words and words[0].isdecimal():
        del words[0]
    return " ".join(words).capitalize() if len(words) >= 3 else ""


def _in_capitals(words: str) -> bool:
    letters = [sign for sign in words if sign.isalpha()]
    return len(words.split()) >= 3 and all(sign.isupper() for sign in letters) and len(letters) > 10


def _recast(words: str) -> str:
    """Words in capitals as a title: `AN IMAGE IS WORTH …` as `An Image Is Worth …`."""
    first, *rest = _WORD.finditer(words)
    for match in (first, *rest):
        begins = match is first or words[: match.start()].rstrip().endswith(":")
        words = words[: match.start()] + _small(match[0], begins) + words[match.end() :]
    return words


def _small(word: str, begins: bool) -> str:
    if word.casefold() in SMALL_WORDS and not begins:
        return word.lower()
    parts = re.split(r"(-)", word)
    return "".join(p if not _VOWEL.search(p) and p.isalpha() else p.capitalize() for p in parts)
