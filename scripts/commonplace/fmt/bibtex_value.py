"""Puts the value of a BibTeX field in braces and on one line, where that means the same."""

from __future__ import annotations

import re

_BARE = re.compile(r"[^\s{}(),=#%\"'@\\]*")
_JOINT = re.compile(r"\s*#\s*")
# The parser takes a sign after a backslash for text, even where TeX does not; so it is here.
_MARK = re.compile(r"(?<!\\)[{}\"]")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")


def content(value: str) -> str | None:
    """What stands inside the braces or quotes of a value, or a number; None for names and compositions."""
    if value.isdecimal():
        return value
    if value[:1] not in ("{", '"') or parts(value) != [value]:
        return None
    inner = _LINE_BREAK.sub(" ", value[1:-1]).strip(" \t")
    # What follows a backslash is part of a command, also where it is a space.
    return f"{inner} " if inner.endswith("\\") else inner


def parts(value: str) -> list[str] | None:
    """What a value is composed of, as in `"a" # jan # {b}`; None where it is not a value."""
    found: list[str] = []
    at = 0
    while (end := _part_end(value, at)) is not None:
        found.append(value[at:end])
        joint = _JOINT.match(value, end)
        if not joint:
            return found if end == len(value) else None
        at = joint.end()
    return None


def _part_end(value: str, start: int) -> int | None:
    """Where the part of a value that begins at `start` ends; None where its braces or quotes do not close."""
    opening = value[start : start + 1]
    if opening not in ("{", '"'):
        bare = _BARE.match(value, start)
        return bare.end() if bare else None
    depth = 0
    for mark in _MARK.finditer(value, start + (opening == '"')):
        if mark[0] == '"' and opening == '"' and depth == 0:
            return mark.end()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0 and opening == "{":
            return mark.end()
        if depth < 0:
            return None
    return None
