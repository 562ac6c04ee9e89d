"""Draws works and the lines between them, the earliest on top, as a picture for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap

from commonplace.pages.layers import Placed, Stop, Tie, place

_NARROW = frozenset("fijlrt.,:;'’|!()[]- I")
_WIDE = frozenset("mwMWQOGDNH@%")
_LINE = 16
_LETTERS = 17
"""Letters of a name in a line of its box, unless a word is longer."""
_LINES = 3
_ABOVE, _BESIDE = 6, 8
"""Room between the words of a box and its edge."""
_BETWEEN = 14
"""Room between boxes."""
_DROP = 34
"""Room between rows, in which lines turn."""
_YEARS = 44
"""Room for the years on the left."""


@dataclass(frozen=True)
class Work:
    """What a box shows, and the address that it leads to."""

    name: str
    year: int
    address: str


def draw(works: Mapping[str, Work], ties: Sequence[Tie], caption: str) -> str:
    """The picture of works, by any names, with its caption; colours and strokes come from the stylesheet.

    It is hidden from screen readers and left out by the keyboard: the page says the same in words.
    """
    labels = {name: _label(work.name) for name, work in works.items()}
    widths = {name: max(map(_length, lines)) + 2 * _BESIDE for name, lines in labels.items()}
    room = {name: width + _BETWEEN for name, width in widths.items()}
    placed = place({name: work.year for name, work in works.items()}, ties, room)
    return _Picture(works, labels, widths, placed).figure(ties, caption)


def _label(name: str) -> list[str]:
    """A name in as few lines as it needs, all of about one length."""
    widest = wrap(name, _LETTERS, max_lines=_LINES, placeholder=" …", break_long_words=False)
    for letters in range(6, _LETTERS):
        lines = wrap(name, letters, break_long_words=False)
        if len(lines) == len(widest) and max(map(len, lines)) <= max(map(len, widest)):
            return lines
    return widest


def _length(text: str) -> float:
    """About how long a line of text is, in the units of the picture: fonts differ."""
    return sum(4.2 if sign in _NARROW else 10.4 if sign in _WIDE else 7.4 for sign in text)


class _Picture:
    """Rows of boxes with their places worked out."""

    def __init__(
        self,
        works: Mapping[str, Work],
        labels: Mapping[str, Sequence[str]],
        widths: Mapping[str, float],
        placed: Placed,
    ) -> None:
        self._works, self._labels, self._widths, self._placed = works, labels, widths, placed
        left = min(at - self._half(stop) for stop, at in placed.at.items())
        self._x = {stop: round(at - left) + _YEARS for stop, at in placed.at.items()}
        self._width = max(x + self._half(stop) for stop, x in self._x.items())
        self._tops: list[int] = []
        top = 0
        for row in placed.rows:
            self._tops.append(top)
            top += max(map(self._height, row)) + _DROP
        self._tall = top - _DROP

    def _half(self, stop: Stop) -> float:
        return 2 if stop.passing else self._widths[stop.work] / 2

    def _height(self, name: str) -> int:
        return len(self._labels[name]) * _LINE + 2 * _ABOVE

    def _depth(self, row: int) -> int:
        return max(map(self._height, self._placed.rows[row]))

    def figure(self, ties: Sequence[Tie], caption: str) -> str:
        """The picture with its caption."""
        # A stroke along an edge needs a little room outside it.
        width, height = round(self._width) + 1, self._tall + 2
        pieces = [*self._years(width), *map(self._line, sorted(ties, key=lambda tie: tie.rests))]
        pieces += [self._box(name, number) for number, row in enumerate(self._placed.rows) for name in row]
        # It may shrink a little to fit a phone, and scrolls where that is not enough.
        size = f'width="{width}" height="{height}" viewBox="0 -1 {width} {height}"'
        size += f' style="min-width:{round(0.85 * width)}px"'
        return (
            f'<figure class="drawing"><div class="canvas"><svg {size} aria-hidden="true" focusable="false">'
            f"{''.join(pieces)}</svg></div><figcaption>{escape(caption)}</figcaption></figure>\n"
        )

    def _years(self, width: int) -> list[str]:
        shown: list[str] = []
        for number, year in enumerate(self._placed.years):
            if number and self._placed.years[number - 1] == year:
                continue
            top = self._tops[number]
            if number:
                shown.append(f'<path class="turn" d="M0 {top - _DROP // 2}H{width}"/>')
            shown.append(f'<text class="when" x="0" y="{top + _ABOVE + 12}">{year}</text>')
        return shown

    def _line(self, tie: Tie) -> str:
        way = self._placed.ways[tie]
        kind = "rests" if tie.rests else "beside"
        return f'<path class="{kind}" d="{self._start(way[0])}{"".join(map(self._piece, pairwise(way)))}"/>'

    def _start(self, stop: Stop) -> str:
        return f"M{self._x[stop]} {self._tops[stop.row] + self._height(stop.work)}"

    def _piece(self, piece: tuple[Stop, Stop]) -> str:
        """A line from a stop to the next, which turns in the room between their rows."""
        upper, lower = piece
        x, to = self._x[upper], self._x[lower]
        if upper.row == lower.row:
            low = self._tops[upper.row] + self._depth(upper.row) + _DROP // 2
            return f"C{x} {low} {to} {low} {to} {self._tops[lower.row] + self._height(lower.work)}"
        bottom = self._tops[upper.row] + self._depth(upper.row)
        top = self._tops[lower.row]
        bend = (top - bottom) // 2
        turn = f"V{bottom}C{x} {bottom + bend} {to} {top - bend} {to} {top}" if x != to else f"V{top}"
        return turn + (f"V{top + self._depth(lower.row)}" if lower.passing else "")

    def _box(self, name: str, row: int) -> str:
        work, lines = self._works[name], self._labels[name]
        x, top, width = self._x[Stop(name, row)], self._tops[row], round(self._widths[name])
        words = "".join(
            f'<tspan x="{x}" y="{top + _ABOVE + 12 + number * _LINE}">{escape(line)}</tspan>'
            for number, line in enumerate(lines)
        )
        box = f'<rect x="{x - width // 2}" y="{top}" width="{width}" height="{self._height(name)}" rx="4"/>'
        return f'<a href="{escape(work.address)}" tabindex="-1">{box}<text>{words}</text></a>'
