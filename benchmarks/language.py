"""Makes up words, and texts in which they are as common and as rare as words of real texts."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

_CONSONANTS, _VOWELS, _ENDS = "bcdfghjklmnprstvwz", "aeiou", ("", "n", "r", "s", "l", "x", "st")


@dataclass(frozen=True)
class Language:
    """Made-up words, of which the n-th is used once for every n times that the first is, as in real text."""

    words: list[str]
    weights: list[float]

    @classmethod
    def of(cls, size: int, chance: random.Random) -> Language:
        """A language of `size` words of one to four syllables."""
        syllables = ["".join(s) for s in itertools.product(_CONSONANTS, _VOWELS, _ENDS)]
        made = dict[str, None]()
        while len(made) < size:
            made["".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3, 4))))] = None
        return cls(list(made), list(itertools.accumulate(1 / rank for rank in range(1, size + 1))))

    def some(self, count: int, chance: random.Random) -> list[str]:
        """Words as they would follow one another."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)
