"""The command that runs demos, and the running of those whose outcome another command needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import click

from commonplace.checks.run import check_demos
from commonplace.command_line import FINDINGS, CouldNotRunError, in_form, in_library
from commonplace.demo import Demo
from commonplace.demos.standing import demonstrated, stale
from commonplace.library import Library, load_library
from commonplace.report import FORMATS, Outcome, render
from commonplace.report.demo_text import demos_text
from commonplace.report.progress import progressing
from commonplace.report.terminal import show
from commonplace.suggestion import did_you_mean


def up_to_date(library: Library) -> Library:
    """The library with what all its demos come to; runs those of which it is not known."""
    return _run(library, stale(library))


def beside(library: Library, paths: frozenset[str]) -> frozenset[str]:
    """The notes and demos that belong to files among `paths`: what one breaks shows in the other."""
    pairs = [(demo.path, demo.note) for demo in library.demos.values()]
    return frozenset(path for pair in pairs if paths & set(pair) for path in pair)


def _run(library: Library, demos: Sequence[Demo]) -> Library:
    if not demos:
        return library
    with progressing("Running demos", len(demos)) as watch:
        return demonstrated(library, demos, watch)


@click.command()
@in_library
@click.option("--fresh", is_flag=True, help="Run them again, whatever is known of them.")
@in_form
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.pass_context
def demos(context: click.Context, root: Path, fresh: bool, form: str, names: tuple[str, ...]) -> None:
    """Runs the demos, and shows what each check found.

    NAMEs are those of notes, as in `commonplace demos lora qlora`; without them, all demos. One that has not
    changed since it last ran is not run again. Exits with 0 where all is green, with 1 where a check failed
    or a demo could not run, with 2 where the command could not.
    """
    library = load_library(root, dt.date.today())
    chosen = _chosen(library, names)
    again = chosen if fresh else [demo for demo in chosen if demo.note not in library.runs]
    library = _run(library, again)
    if form == FORMATS[0]:
        show(demos_text([(demo, library.runs[demo.note]) for demo in chosen]))
    else:
        paths = frozenset(path for demo in chosen for path in (demo.path, demo.note))
        found = Outcome(check_demos(library), {}).within(paths)
        show(render(Outcome(found.diagnostics, {"demo": len(chosen)}), form, hints=False))
    green = all(library.runs[demo.note].is_green for demo in chosen)
    context.exit(0 if green else FINDINGS)


def _chosen(library: Library, names: tuple[str, ...]) -> list[Demo]:
    by_name = {PurePosixPath(demo.path).stem: demo for demo in library.demos.values()}
    # A shell completes the path of a file more easily than a name.
    asked = [PurePosixPath(name).name.removesuffix(".py").removesuffix(".md") for name in names]
    for name in asked:
        if name not in by_name:
            raise CouldNotRunError(f"no demo '{name}' under notes/{did_you_mean(name, by_name)}")
    return [by_name[name] for name in dict.fromkeys(asked)] if asked else list(library.demos.values())
