"""Folds words as the browser does, so that what is typed meets what was indexed."""

from __future__ import annotations

import re
import unicodedata

_PART = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """A text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def parts(word: str) -> list[str]:
    """The runs of letters and digits in a text, folded."""
    return _PART.findall(fold(word))


def joined(text: str) -> str:
    """A text as one folded word: `Low-rank adaptation` is `lowrankadaptation`."""
    return "".join(parts(text))


def words(text: str) -> list[str]:
    """The words of a text as a query has them: `low-rank` is two, but `4-bit` is one."""
    found = list[str]()
    for written in text.split():
        several = parts(written)
        short = len(several) == 2 and min(map(len, several)) == 1
        found += [joined(written)] if short else several
    return found
