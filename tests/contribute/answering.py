"""Registries for tests: they say what they were given to say, and remember what they were asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from commonplace.answers import Answer, Version

TODAY = dt.date(2026, 11, 21)


class Registries:
    """Answers for some identifiers; for the others nobody could be asked."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = {answer.identifier: answer for answer in answers}
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, identifiers: Sequence[str]) -> Mapping[str, Answer]:
        self.asked.append(tuple(identifiers))
        return {name: self._answers[name] for name in identifiers if name in self._answers}


def no_such(identifier: str, registry: str = "arxiv") -> Answer:
    return Answer(identifier, registry, TODAY, exists=False)


ADAM = Answer(
    "arXiv:1412.6980",
    "arxiv",
    TODAY,
    exists=True,
    title="Adam: A Method for Stochastic Optimization",
    authors=("Diederik P. Kingma", "Jimmy Ba"),
    year=2014,
    versions=(Version(1, dt.date(2014, 12, 22)), Version(9, dt.date(2017, 1, 30))),
    journal="ICLR 2015",
)
OORD = Answer(
    "arXiv:1609.03499",
    "arxiv",
    TODAY,
    exists=True,
    title=r"WaveNet: A Generative Model for {R}aw Audio & 100\% of $\ell_1$",
    authors=("Aaron van den Oord", "Sander Dieleman", "Laurent El Shafey", "DeepMind", "The Audio Team"),
    year=2016,
)
LEARNING = Answer(
    "doi:10.1038/nature14539",
    "crossref",
    TODAY,
    exists=True,
    title="Deep <i>learning</i> &amp; more",
    authors=("Yann LeCun", "Yoshua Bengio", "Geoffrey Hinton"),
    year=2015,
    journal="Nature",
)
