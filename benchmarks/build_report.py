"""What was measured of building sites, as tables: for the terminal, for the documentation."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from build_figures import COLD, EDITED, Builds, Figures, Measured
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

_BETWEEN = re.compile(r"(?<=<!-- benchmarks -->\n).*?(?=<!-- /benchmarks -->)", re.DOTALL)
_NOTHING = "–"
_HOW = """\
Written by `benchmarks/bench_build.py --write`; do not edit it by hand.

The notes are made up: some nine hundred words each, with front matter, links, citations, formulas, code and
claims, fifty to a topic, all of their works in one registry. Each tool works on its own copy of them, and
each build is a process of its own:

- **commonplace** is `commonplace build --offline` with everything on: checks, formulas to MathML,
  citations, references, backlinks with the sentences that cite, topics, the search index.
- **mkdocs + material** is `mkdocs build` on the same files, with its search, and the notes out of the
  navigation. Formulas, citations and wikilinks stay as they are written, and nothing is checked.
- **hugo** has the least theme that shows every note: its contents, lists, one index of all texts. It leaves
  the same out.
- **hugo, more work** renders formulas to MathML, makes links of citations and wikilinks, and adds
  references, backlinks and the works of a topic. It checks nothing, and has no sentences, relations,
  previews, nor an index in parts. With 5,000 notes a build takes more than five minutes, and is left out.

*Cold* is a build with no site and nothing kept from before. Each edit changes one note, or one entry of the
registry, and the next build is measured; plain MkDocs and the least Hugo do not read the registry. Seconds
are on the clock; *CPU* adds up those of all cores, children included; *memory* is the peak of all processes
together; *pages* are the HTML files that were written. Of several runs the least counts; the median of the
clock stands beside it.

*Save to page* is the time from saving a word in a note to the page over HTTP that has it, from the server
that each tool has for writers. The *first result* is that of two words of a note's text, in a browser with
nothing kept, on this machine: there is no network between. Its seconds begin with opening the home page; its
bytes, not compressed, are those of the files that serve the search alone. Plain MkDocs loads them with every
page, the others when a query is typed."""


@dataclass(frozen=True)
class _Part:
    """A table with its heading."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def for_terminal(self) -> Table:
        table = Table(title=self.title, title_justify="left", box=SIMPLE)
        for number, column in enumerate(self.columns):
            table.add_column(column, justify="left" if number < _names(self) else "right", no_wrap=True)
        for row in self.rows:
            table.add_row(*row)
        return table

    def as_markdown(self) -> str:
        marks = ["---" if number < _names(self) else "--:" for number in range(len(self.columns))]
        lines = (f"| {' | '.join(cells)} |" for cells in (self.columns, marks, *self.rows))
        return "\n".join(lines)


def _names(part: _Part) -> int:
    """How many columns name what is measured."""
    return 1 + (part.columns[1] == "tool")


def report_size(notes: int, figures: Figures, console: Console) -> None:
    """Prints the tables of one size."""
    for part in _of_size(notes, figures):
        console.print(part.for_terminal())


def report(figures: Figures, console: Console) -> None:
    """Prints the tables of all sizes together, and what failed."""
    for part in (_key_figures(figures, list(figures.of)), *_of_all(figures)):
        console.print(part.for_terminal())
    for failure in figures.failures:
        console.print(failure, style="red", markup=False)


def write(figures: Figures, root: Path) -> None:
    """Writes the tables to docs/benchmarks.md, and the key figures of the largest book into README.md."""
    where = _where(figures)
    tables = [
        _key_figures(figures, list(figures.of)),
        *(part for notes in figures.of for part in _of_size(notes, figures)),
        *_of_all(figures),
    ]
    parts = [f"## {table.title}\n\n{table.as_markdown()}" for table in tables]
    text = "\n\n".join(["# Benchmarks", _HOW, where, *parts, *figures.failures])
    (root / "docs" / "benchmarks.md").write_text(f"{text}\n", encoding="utf-8")
    readme = root / "README.md"
    key = f"{_key_figures(figures, [max(figures.of)]).as_markdown()}\n\n{where}\n"
    readme.write_text(_BETWEEN.sub(lambda _: key, readme.read_text(encoding="utf-8")), encoding="utf-8")


def _where(figures: Figures) -> str:
    """The day and the machine, in a sentence or two."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"Measured on {dt.date.today()} on {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}: "
        f"{', '.join(figures.versions)}."
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", told.read_text()) if told.exists() else None
    return named[1] if named else platform.processor() or platform.machine()


def _of_size(notes: int, figures: Figures) -> Iterator[_Part]:
    yield from _filled(_builds(notes, figures.of[notes]), _ratios(notes, figures))


def _of_all(figures: Figures) -> Iterator[_Part]:
    yield from _filled(_growth(figures), _live(figures))


def _filled(*parts: _Part) -> Iterator[_Part]:
    return (part for part in parts if part.rows)


def _key_figures(figures: Figures, sizes: Sequence[int]) -> _Part:
    columns = ("notes", "tool", "cold", "after an edit", "memory", "save to page", "search loads")
    rows = [[f"{notes:,}", tool, *_key(each)] for notes in sizes for tool, each in figures.of[notes].items()]
    return _Part("Key figures", columns, rows)


def _key(measured: Measured) -> Iterator[str]:
    cold, edited = (measured.builds[task].least for task in (COLD, EDITED))
    yield f"{cold.seconds:.1f} s"
    yield f"{edited.seconds:.1f} s"
    yield f"{cold.megabytes:,.0f} MB"
    yield _seconds(median(measured.saved)) if measured.saved else _NOTHING
    yield f"{measured.found.size / 1e6:.2f} MB" if measured.found else _NOTHING


def _builds(notes: int, measured: dict[str, Measured]) -> _Part:
    columns = ("build", "tool", "runs", "seconds", "median", "CPU", "memory", "pages")
    tasks = dict.fromkeys(task for each in measured.values() for task in each.builds)
    rows = [
        [task, tool, *_figures(each.builds[task])]
        for task in tasks
        for tool, each in measured.items()
        if task in each.builds
    ]
    return _Part(f"{notes:,} notes", columns, rows)


def _figures(builds: Builds) -> Iterator[str]:
    least = builds.least
    yield f"{len(builds.costs)}"
    yield f"{least.seconds:.2f} s"
    yield f"{builds.median_seconds:.2f} s"
    yield f"{least.cpu:.2f} s"
    yield f"{least.megabytes:,.0f} MB"
    yield f"{builds.pages:,}"


def _ratios(notes: int, figures: Figures) -> _Part:
    columns = ("build", "tool", "seconds", "CPU", "memory")
    rows = [
        [task, peer, *(f"{ratio:.2f}" for ratio in (cost.seconds, cost.cpu, cost.megabytes))]
        for task, peer, cost in figures.ratios(notes)
    ]
    return _Part(f"{notes:,} notes: ours for each 1 of the other tool's", columns, rows)


def _growth(figures: Figures) -> _Part:
    columns = ("from", "tool", "seconds", "CPU", "memory")
    rows = [
        [f"{less:,} to {more:,} notes", tool, *(f"{x:.2f}" for x in (cost.seconds, cost.cpu, cost.megabytes))]
        for tool in figures.tools
        for less, more, cost in figures.growth(tool)
    ]
    return _Part("Growth: a cold build with twice the notes, for each 1 before", columns, rows)


def _live(figures: Figures) -> _Part:
    columns = ("notes", "tool", "save to page, median", "longest", "edits", "first result", "bytes")
    rows = [
        [f"{notes:,}", tool, *_waiting(each)]
        for notes, measured in figures.of.items()
        for tool, each in measured.items()
        if each.saved or each.found
    ]
    return _Part("What a person waits for", columns, rows)


def _waiting(measured: Measured) -> Iterator[str]:
    saved, found = measured.saved, measured.found
    yield from (_seconds(median(saved)), _seconds(max(saved)), f"{len(saved)}") if saved else [_NOTHING] * 3
    yield from (_seconds(found.seconds), f"{found.size:,}") if found else [_NOTHING] * 2


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
