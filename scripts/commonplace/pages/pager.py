"""Divides long lists over pages, and leads from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from commonplace.pages import markdown

Item = TypeVar("Item")


def divided(items: Sequence[Item], most: int) -> list[Sequence[Item]]:
    """The items in pieces of at most `most`; one empty piece where there are none."""
    return [items[start : start + most] for start in range(0, max(len(items), 1), most)]


def pager(number: int, of: int, address: Callable[[int], str]) -> str:
    """Links to the other pages of a list, of which this is the one of that number, counted from 1."""
    if of < 2:
        return ""
    numbers = [
        str(each) if each == number else markdown.link(str(each), address(each)) for each in range(1, of + 1)
    ]
    return markdown.block(f"Page {number} of {of}: {' '.join(numbers)}", "pager")


def first(lines: Sequence[str], most: int, rest: str = "") -> list[str]:
    """The first lines of a list, and how many more there are; `rest` says where."""
    left = len(lines) - most
    return list(lines) if left <= 0 else [*lines[:most], f"and {left:,} more{rest}"]
