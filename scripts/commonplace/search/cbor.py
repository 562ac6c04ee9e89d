"""Writes pieces of CBOR that are put together without being read first."""

from __future__ import annotations

UINT, TEXT, ARRAY = 0, 3, 4
_SHORT = [bytes([sign]) for sign in range(256)]


def head(kind: int, number: int) -> bytes:
    """What an unsigned number, a text of so many bytes, or an array of so many values begins with."""
    if number < 24:
        return _SHORT[kind << 5 | number]
    for width, size in enumerate((1, 2, 4, 8)):
        if number < 1 << 8 * size:
            return bytes([kind << 5 | 24 + width]) + number.to_bytes(size)
    raise OverflowError(number)


def text(value: str) -> bytes:
    """A text."""
    data = value.encode()
    return head(TEXT, len(data)) + data
