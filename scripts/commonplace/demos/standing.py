"""Brings what is known of a library's demos up to date: runs those whose outcome was not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from commonplace.demo import Demo, Run
from commonplace.demo_runs import forget_oldest, keep_run
from commonplace.demos.running import runs
from commonplace.library import Library


def stale(library: Library) -> tuple[Demo, ...]:
    """The demos of which it is not known what they come to as they stand."""
    return tuple(demo for note, demo in library.demos.items() if note not in library.runs)


def demonstrated(
    library: Library, demos: Iterable[Demo], watch: Callable[[int], None] = lambda _: None
) -> Library:
    """The library with what `demos` come to now; `watch` is told of each that has run."""
    found: dict[str, Run] = {}
    for demo, run in runs([demo for demo in demos if not demo.fault], library.settings.demos):
        keep_run(library.root, demo, run)
        found[demo.note] = run
        watch(1)
    if found:
        forget_oldest(library.root, library.demos.values())
    return replace(library, runs={**library.runs, **found})
