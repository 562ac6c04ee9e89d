"""Finds the known word that a misspelt one was probably meant to be."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

_ALIKE = 70.0
"""Least likeness, of 100, at which a guess helps more than it confuses."""
MOST = 1000
"""Guesses that one rule makes: nobody reads more, and a file of nothing but faults must not take hours."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The word of `known` most like `word`, or None where none is like it."""
    choices = sorted(known)
    # Two swapped letters are one slip, which plain likeness counts as two.
    near = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=1)
    best = near or process.extractOne(word, choices, scorer=ratio, score_cutoff=_ALIKE)
    return str(best[0]) if best else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message: `; did you mean 'x'?`, or nothing where no known word is alike."""
    guess = closest(word, known)
    return f"; did you mean '{guess}'?" if guess else ""


class Guesses:
    """Guesses among the same known words, each made once."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)
        self._made: dict[str, str] = {}

    def for_word(self, word: str) -> str:
        """The end of a message, as of `did_you_mean`; empty too once there have been very many."""
        if word not in self._made and len(self._made) < MOST:
            self._made[word] = did_you_mean(word, self._known)
        return self._made.get(word, "")
