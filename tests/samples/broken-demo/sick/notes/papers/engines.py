"""Engines."""


def it_works() -> str
    return "it does"
