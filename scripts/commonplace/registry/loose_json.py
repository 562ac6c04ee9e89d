"""Reads what registries send as JSON: a value of another kind than expected counts as absent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"[0-9]{1,9}")


def read_json(body: bytes) -> Any:
    """The document in `body`; None where it is not JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def table(value: object, *path: str) -> Mapping[str, Any]:
    """The object under `path` in `value`, or an empty one."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> list[Any]:
    """The elements of a list, or none."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """A text with its white space folded, or an empty one."""
    if not isinstance(value, str):
        return ""
    # JSON can write halves of characters, which no file can hold.
    whole = value.encode("utf-8", errors="replace").decode("utf-8")
    return _BLANK.sub(" ", whole).strip()


def number(value: object) -> int | None:
    """A whole number, written as one or as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) else None
