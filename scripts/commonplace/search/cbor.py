"""Reads and writes CBOR (RFC 8949), as much of it as Pagefind's files hold: numbers, texts and lists."""

from __future__ import annotations

from typing import TypeAlias

Value: TypeAlias = "int | str | list[Value]"

_NUMBER, _TEXT, _LIST = 0, 3, 4
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
"""The bytes of an argument that does not fit into the first byte, by what stands there instead."""


def decode(data: bytes) -> Value:
    """The value in `data`.

    Raises:
        ValueError: the data holds something else, or ends early.

    """
    value, _ = _decode(data, 0)
    return value


def _decode(data: bytes, at: int) -> tuple[Value, int]:
    kind, argument, at = _head(data, at)
    if kind == _NUMBER:
        return argument, at
    if kind == _TEXT:
        return data[at : at + argument].decode(), at + argument
    if kind != _LIST:
        raise ValueError(f"CBOR of major type {kind} was not expected")
    items = list[Value]()
    for _ in range(argument):
        item, at = _decode(data, at)
        items.append(item)
    return items, at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """The kind of the value at `at`, its number or length, and where the rest of it begins."""
    if at >= len(data):
        raise ValueError("the CBOR ends early")
    kind, small = divmod(data[at], 32)
    if small < min(_WIDTHS):
        return kind, small, at + 1
    if small not in _WIDTHS:
        raise ValueError("CBOR of unknown length was not expected")
    end = at + 1 + _WIDTHS[small]
    return kind, int.from_bytes(data[at + 1 : end], "big"), end


def encode(value: Value) -> bytes:
    """The value in its shortest form."""
    if isinstance(value, int):
        return _encoded_head(_NUMBER, value)
    if isinstance(value, str):
        text = value.encode()
        return _encoded_head(_TEXT, len(text)) + text
    return _encoded_head(_LIST, len(value)) + b"".join(map(encode, value))


def _encoded_head(kind: int, argument: int) -> bytes:
    if argument < min(_WIDTHS):
        return bytes([kind * 32 + argument])
    code, width = next((code, width) for code, width in _WIDTHS.items() if argument < 256**width)
    return bytes([kind * 32 + code]) + argument.to_bytes(width, "big")
