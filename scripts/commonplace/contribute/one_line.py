"""Takes text from outside as one line of signs that can be seen."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text with single spaces, and without signs that nobody sees or that turn the writing around."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
