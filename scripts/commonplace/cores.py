"""Divides work over the machine's cores: processes that share the memory of the one that divides."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar, cast

Work = TypeVar("Work")
Result = TypeVar("Result")

_LEAST = 64
"""Pieces of work for which another process pays: starting one takes as long as some dozen pages."""
_FORKS = sys.platform.startswith("linux")
"""Elsewhere a new process has to be sent the library, which takes longer than the pages do."""


class LostWorkerError(RuntimeError):
    """A process that ended before its work was done."""


def cores() -> int:
    """How many processes this machine runs at once for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def over_cores(
    work: Sequence[Work], do: Callable[[Sequence[Work]], Iterable[Result]], processes: int
) -> Iterator[Result]:
    """What `do` yields for the parts of `work`, in no order of its own; `do` sees the memory as it is now.

    Raises:
        Exception: whatever `do` raised, as it was where it can be sent from one process to another.
        LostWorkerError: a process was ended from outside.

    """
    processes = min(processes, len(work) // _LEAST)
    if processes < 2 or not _FORKS:
        yield from do(work)
        return
    with _forked([partial(do, work[number::processes]) for number in range(processes)]) as receivers:
        yield from _received(receivers)


@contextmanager
def beside(do: Callable[[], Result], processes: int) -> Iterator[Callable[[], Result]]:
    """Has `do` done by another process from now on; what is yielded waits for what came of it.

    With one process it is done when it is asked for.

    Raises:
        Exception, LostWorkerError: as `over_cores` does, when it is asked for.

    """
    if processes < 2 or not _FORKS:
        yield do
        return
    with _forked([lambda: iter([do()])]) as receivers:
        yield lambda: cast(Result, next(_received(receivers)))


@contextmanager
def _forked(tasks: Sequence[Callable[[], Iterable[object]]]) -> Iterator[list[Connection]]:
    """A process for each task, which sends what that yields; all are ended when it is left."""
    context = multiprocessing.get_context("fork")
    # Objects that a collection has looked at are written to, and every written page of memory is copied.
    gc.freeze()
    workers = list[tuple[ForkProcess, Connection]]()
    try:
        for task in tasks:
            receiver, sender = context.Pipe(duplex=False)
            # No daemon, since those cannot divide their own work.
            process = context.Process(target=_work, args=(sender, task))
            process.start()
            sender.close()
            workers.append((process, receiver))
        yield [receiver for _, receiver in workers]
    finally:
        for process, _ in workers:
            process.terminate()
            process.join()
        gc.unfreeze()


def _work(sender: Connection, task: Callable[[], Iterable[object]]) -> None:
    try:
        for result in task():
            sender.send((True, result))
        sender.send((True, None))
    except Exception as fault:
        try:
            sender.send((False, fault))
        except Exception:
            sender.send((False, RuntimeError(f"{type(fault).__name__}: {fault}")))


def _received(receivers: list[Connection]) -> Iterator[Any]:
    while receivers:
        for receiver in cast(list[Connection], wait(receivers)):
            try:
                sound, said = receiver.recv()
            except EOFError:
                raise LostWorkerError("a process that rendered pages was ended from outside") from None
            if not sound:
                raise said
            if said is None:
                receivers.remove(receiver)
            else:
                yield said
