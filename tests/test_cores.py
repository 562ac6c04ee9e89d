"""Work that is divided over the cores comes back whole, and its faults with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence

import pytest

from commonplace.cores import LostWorkerError, beside, over_cores

WORK = range(1000)


def doubled(part: Sequence[int]) -> Iterator[tuple[int, int]]:
    for number in part:
        yield 2 * number, os.getpid()


def test_every_piece_of_work_is_done_once_and_by_several_processes() -> None:
    done = list(over_cores(WORK, doubled, 2))
    assert sorted(number for number, _ in done) == [2 * number for number in WORK]
    assert len({process for _, process in done}) == 2


def test_little_work_is_done_where_it_is() -> None:
    assert {process for _, process in over_cores(range(10), doubled, 2)} == {os.getpid()}


def test_what_a_worker_raises_is_raised() -> None:
    def failing(part: Sequence[int]) -> Iterator[int]:
        yield part[0]
        raise ValueError("page 7 cannot be made")

    with pytest.raises(ValueError, match="page 7"):
        list(over_cores(WORK, failing, 2))


def test_a_worker_that_is_killed_is_no_site_with_holes() -> None:
    def killed(part: Sequence[int]) -> Iterator[int]:
        yield part[0]
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(LostWorkerError, match="ended from outside"):
        list(over_cores(WORK, killed, 2))


def test_work_beside_is_done_meanwhile_by_another_process() -> None:
    with beside(os.getpid, 2) as done:
        assert done() != os.getpid()


def test_one_process_alone_does_it_when_it_is_asked_for() -> None:
    with beside(os.getpid, 1) as done:
        assert done() == os.getpid()


def test_what_goes_wrong_beside_is_raised_where_it_is_asked_for() -> None:
    def failing() -> None:
        raise ValueError("no index")

    with beside(failing, 2) as done, pytest.raises(ValueError, match="no index"):
        done()


def test_work_beside_ends_with_what_it_was_for() -> None:
    """A build that fails leaves no process behind."""
    reading, writing = os.pipe()
    with beside(signal.pause, 2):
        os.close(writing)
    assert os.read(reading, 1) == b""  # nobody holds the other end any more
