"""What was measured of building sites, as values, with the questions that tables ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log2
from statistics import median

from costs import Cost
from live import Found

COLD, EDITED, OF_REGISTRY = "cold", "a word edited", "a year edited"
"""Kinds of builds."""


@dataclass(frozen=True)
class Builds:
    """Builds of one kind: what each cost, and how many pages the last of them wrote."""

    costs: Sequence[Cost]
    pages: int

    @property
    def least(self) -> Cost:
        """The least of each figure: what other work on the machine added is left out best."""
        return Cost(
            min(cost.seconds for cost in self.costs),
            min(cost.cpu for cost in self.costs),
            min(cost.megabytes for cost in self.costs),
        )

    @property
    def median_seconds(self) -> float:
        """The median of the seconds."""
        return median(cost.seconds for cost in self.costs)


@dataclass(frozen=True)
class Measured:
    """What one tool took for one book: its builds by task, seconds from save to page, its search."""

    builds: Mapping[str, Builds]
    saved: Sequence[float] = ()
    found: Found | None = None


@dataclass
class Figures:
    """Everything that a run measured."""

    ours: str
    """The tool that the others are compared with."""
    of: dict[int, dict[str, Measured]] = field(default_factory=dict)
    """By the number of notes, by tool."""
    versions: dict[str, None] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def tools(self) -> list[str]:
        """The tools, in their order."""
        return list(dict.fromkeys(tool for measured in self.of.values() for tool in measured))

    def ratios(self, notes: int) -> Iterator[tuple[str, str, Cost]]:
        """For each task and peer, what ours takes for each unit that the peer takes."""
        peers = dict(self.of[notes])
        ours = peers.pop(self.ours, Measured({}))
        for task, builds in ours.builds.items():
            for peer, measured in peers.items():
                if task in measured.builds:
                    yield task, peer, _quotient(builds.least, measured.builds[task].least)

    def growth(self, tool: str) -> Iterator[tuple[int, int, Cost]]:
        """By how much a cold build grows with twice the notes, between each two sizes."""
        sizes = sorted(notes for notes, measured in self.of.items() if tool in measured)
        for less, more in pairwise(sizes):
            small, large = (self.of[size][tool].builds[COLD].least for size in (less, more))
            doublings = log2(more / less)
            yield less, more, _root(_quotient(large, small), doublings)


def _quotient(one: Cost, other: Cost) -> Cost:
    return Cost(one.seconds / other.seconds, one.cpu / other.cpu, one.megabytes / other.megabytes)


def _root(ratio: Cost, degree: float) -> Cost:
    return Cost(ratio.seconds ** (1 / degree), ratio.cpu ** (1 / degree), ratio.megabytes ** (1 / degree))
