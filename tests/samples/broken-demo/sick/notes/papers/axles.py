"""Axles: the code goes away in the middle."""

import os


def it_works() -> str:
    """It works (§2)."""
    return "it does"


def it_ends() -> str:
    """It ends (§3)."""
    os._exit(0)


if __name__ == "__main__":
    from commonplace.demos import show

    show(__file__)
