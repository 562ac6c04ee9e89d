"""Shows on a terminal how far long work has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def watching(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives what is told how many pages are done and of how many; silent where nobody watches."""
    console = Console(stderr=True)
    speed = TextColumn("{task.fields[speed]}")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        speed,
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None, speed="")

        def tell(done: int, total: int) -> None:
            seconds = progress.tasks[0].elapsed or 0
            speed = f"{done / seconds:,.0f} pages/s" if seconds else ""
            progress.update(task, completed=done, total=total, speed=speed)

        yield tell


@contextmanager
def progressing(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Gives what is told of each few things that are done; silent where nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda number: progress.advance(task, number)
