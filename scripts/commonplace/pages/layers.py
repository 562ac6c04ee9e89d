"""Places works in rows, the earliest first, and leads the lines between them past the works in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import accumulate, pairwise
from math import fsum
from statistics import fmean

_WIDEST = 5
"""Works side by side; more of one year go on below."""
_SWEEPS = 12
_PULL = (1, 2, 8)
"""How strongly a line straightens, by how many of its ends are places where it only passes."""
_PASSING = 7.0
"""Half of the room that a line takes between two works."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from an earlier work to a later one; `rests` where the later rests on the earlier."""

    earlier: str
    later: str
    rests: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in a row: a work, or where the lines of one sort that begin at it pass the row."""

    work: str
    row: int
    passing: bool = False
    rests: bool = False


@dataclass(frozen=True)
class Placed:
    """Where everything is: `x` counts from the middle, rows from the top."""

    rows: tuple[tuple[str, ...], ...]
    years: tuple[int, ...]
    """The year of each row."""
    at: Mapping[Stop, float]
    ways: Mapping[Tie, tuple[Stop, ...]]
    """The stops of each line, from the earlier work to the later."""


def place(years: Mapping[str, int], ties: Sequence[Tie], width: Mapping[str, float]) -> Placed:
    """Places works with these years and widths so that few lines cross and most run straight."""
    rows, row_years = _rows(years, ties)
    row_of = {work: number for number, row in enumerate(rows) for work in row}
    ways = {tie: _way(tie, row_of) for tie in ties}
    order = _order(rows, ways)
    halves = {stop: _PASSING if stop.passing else width[stop.work] / 2 for row in order for stop in row}
    named = tuple(tuple(stop.work for stop in row if not stop.passing) for row in order)
    at = _straightened(order, ways, halves)
    for run in _runs(ways):
        _align(run, at, order, halves)
    return Placed(named, row_years, at, ways)


def _rows(years: Mapping[str, int], ties: Sequence[Tie]) -> tuple[list[list[str]], tuple[int, ...]]:
    """The works of each row, and its year: of one year, a work stands below those that it is tied to."""
    rows: list[list[str]] = []
    row_years: list[int] = []
    for year in sorted(set(years.values())):
        works = [work for work in years if years[work] == year]
        levels = defaultdict[int, list[str]](list)
        for work, level in _levels(works, ties).items():
            levels[level].append(work)
        for _, level_works in sorted(levels.items()):
            for start in range(0, len(level_works), _WIDEST):
                rows.append(level_works[start : start + _WIDEST])
                row_years.append(year)
    return rows, tuple(row_years)


def _levels(works: Sequence[str], ties: Sequence[Tie]) -> dict[str, int]:
    """How many others each work comes after; where they go round in circles, fewer ties count, or none."""
    for counted in (ties, [tie for tie in ties if tie.rests], []):
        within = [tie for tie in counted if {tie.earlier, tie.later} <= set(works)]
        before = {work: [tie.earlier for tie in within if tie.later == work] for work in works}
        try:
            order = tuple(TopologicalSorter(before).static_order())
        except CycleError:
            continue
        level: dict[str, int] = {}
        for work in order:
            level[work] = max((level[other] + 1 for other in before[work]), default=0)
        return {work: level[work] for work in works}
    raise AssertionError("without ties nothing goes round in circles")


def _way(tie: Tie, row_of: Mapping[str, int]) -> tuple[Stop, ...]:
    """The stops of a line from the upper work to the lower, whichever of them is the earlier."""
    first, last = sorted((tie.earlier, tie.later), key=lambda work: row_of[work])
    passed = (Stop(first, row, True, tie.rests) for row in range(row_of[first] + 1, row_of[last]))
    return (Stop(first, row_of[first]), *passed, Stop(last, row_of[last]))


def _order(rows: Sequence[Sequence[str]], ways: Mapping[Tie, tuple[Stop, ...]]) -> list[list[Stop]]:
    """The stops of each row from left to right: the order with the fewest crossings that sweeping finds."""
    order = [[Stop(work, number) for work in row] for number, row in enumerate(rows)]
    for way in ways.values():
        for stop in way[1:-1]:
            if stop not in order[stop.row]:
                order[stop.row].append(stop)
    segments = _segments(ways)
    best, fewest = order, _crossings(order, segments)
    for sweep in range(_SWEEPS):
        order = _swept(order, segments, downward=sweep % 2 == 0)
        crossings = _crossings(order, segments)
        if crossings < fewest:
            best, fewest = order, crossings
    return best


def _segments(ways: Mapping[Tie, tuple[Stop, ...]]) -> list[tuple[Stop, Stop]]:
    """The pieces of lines from row to row, each once however many lines share it."""
    pieces = (piece for way in ways.values() for piece in pairwise(way))
    return [piece for piece in dict.fromkeys(pieces) if piece[0].row != piece[1].row]


def _swept(
    order: Sequence[Sequence[Stop]], segments: Iterable[tuple[Stop, Stop]], *, downward: bool
) -> list[list[Stop]]:
    """Each row sorted by where its lines come from, one row after another."""
    tied = defaultdict[Stop, list[Stop]](list)
    for upper, lower in segments:
        tied[lower if downward else upper].append(upper if downward else lower)
    at: dict[Stop, float] = {}
    swept: list[list[Stop]] = []
    for row in order if downward else reversed(order):
        here = {stop: (index + 0.5) / len(row) for index, stop in enumerate(row)}
        wanted = {stop: fmean(at[o] for o in tied[stop]) if tied[stop] else here[stop] for stop in row}
        swept.append(sorted(row, key=lambda stop: wanted[stop]))
        at.update({stop: (index + 0.5) / len(row) for index, stop in enumerate(swept[-1])})
    return swept if downward else swept[::-1]


def _crossings(order: Sequence[Sequence[Stop]], segments: Sequence[tuple[Stop, Stop]]) -> int:
    index = {stop: number for row in order for number, stop in enumerate(row)}
    by_row = defaultdict[int, list[tuple[int, int]]](list)
    for upper, lower in segments:
        by_row[upper.row].append((index[upper], index[lower]))
    return sum(
        (a - c) * (b - d) < 0
        for pieces in by_row.values()
        for number, (a, b) in enumerate(pieces)
        for c, d in pieces[:number]
    )


def _straightened(
    order: Sequence[Sequence[Stop]], ways: Mapping[Tie, tuple[Stop, ...]], halves: Mapping[Stop, float]
) -> dict[Stop, float]:
    """Where each stop lies: near those that it is tied to, as far as its neighbours leave it room."""
    pulls = defaultdict[Stop, list[tuple[Stop, int]]](list)
    for upper, lower in _segments(ways):
        pull = _PULL[upper.passing + lower.passing]
        pulls[upper].append((lower, pull))
        pulls[lower].append((upper, pull))
    rooms = [[halves[one] + halves[other] for one, other in pairwise(row)] for row in order]
    at: dict[Stop, float] = {}
    for row, room in zip(order, rooms, strict=True):
        at.update(zip(row, _spread([(0.0, 1)] * len(row), room), strict=True))
    for sweep in range(8 * _SWEEPS):
        for row, room in list(zip(order, rooms, strict=True))[:: 1 if sweep % 2 == 0 else -1]:
            wanted = [_wanted(stop, pulls[stop], at) for stop in row]
            at.update(zip(row, _spread(wanted, room), strict=True))
    return at


def _runs(ways: Mapping[Tie, tuple[Stop, ...]]) -> list[list[Stop]]:
    """The places that lines of one sort from one work pass, from row to row."""
    runs = defaultdict[tuple[str, bool], set[Stop]](set)
    for way in ways.values():
        for stop in way[1:-1]:
            runs[stop.work, stop.rests].add(stop)
    return [sorted(run, key=lambda stop: stop.row) for run in runs.values()]


def _align(
    run: Sequence[Stop], at: dict[Stop, float], order: Sequence[Sequence[Stop]], halves: Mapping[Stop, float]
) -> None:
    """Puts places one straight below the other where they have room for that, else each half of them."""
    middle = fmean(at[stop] for stop in run)
    if all(_has_room(stop, middle, at, order[stop.row], halves) for stop in run):
        at.update(dict.fromkeys(run, middle))
    elif len(run) > 1:
        _align(run[: len(run) // 2], at, order, halves)
        _align(run[len(run) // 2 :], at, order, halves)


def _has_room(
    stop: Stop, x: float, at: Mapping[Stop, float], row: Sequence[Stop], halves: Mapping[Stop, float]
) -> bool:
    """Whether a place can be at `x` and keep its order and its distance to the others of its row."""
    index = row.index(stop)
    left = all(x - at[other] >= halves[other] + halves[stop] for other in row[:index])
    return left and all(at[other] - x >= halves[other] + halves[stop] for other in row[index + 1 :])


def _wanted(stop: Stop, pulls: Sequence[tuple[Stop, int]], at: Mapping[Stop, float]) -> tuple[float, int]:
    """Where a stop would be if it were alone, and how strongly it is pulled there."""
    if not pulls:
        return at[stop], 1
    strength = sum(pull for _, pull in pulls)
    return fsum(at[other] * pull for other, pull in pulls) / strength, strength


def _spread(wanted: Sequence[tuple[float, int]], room: Sequence[float]) -> Iterator[float]:
    """The places nearest to the wanted ones, by least squares, that are as far apart as `room` says."""
    offsets = list(accumulate(room, initial=0.0))[: len(wanted)]
    pools: list[tuple[float, int, int]] = []
    for (want, strength), offset in zip(wanted, offsets, strict=True):
        pool = ((want - offset) * strength, strength, 1)
        # Where two would collide, they and all that they push are moved as one.
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            pushed = pools.pop()
            pool = (pushed[0] + pool[0], pushed[1] + pool[1], pushed[2] + pool[2])
        pools.append(pool)
    settled = (total / strength for total, strength, number in pools for _ in range(number))
    return (place + offset for place, offset in zip(settled, offsets, strict=True))
