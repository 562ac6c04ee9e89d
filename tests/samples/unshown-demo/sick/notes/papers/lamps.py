"""Lamps."""


def it_works() -> str:
    """It works (§2)."""
    return "it does"
