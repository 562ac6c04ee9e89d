"""Holds back Python's search for cycles of objects, of which the values of a library form none."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 1_000_000


def seldom_collected() -> None:
    """From here on it is searched after so many new objects as a command makes of what it throws away.

    The usual number, 700, is for programs that hold little: ours would look through a library all the time.
    """
    gc.set_threshold(_OBJECTS)
    # At its end Python looks through all that is left, only to let go of it.
    atexit.register(gc.freeze)


@contextmanager
def uncollected() -> Iterator[None]:
    """Within it nothing is searched: for the values of a large library that would cost a third more time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
