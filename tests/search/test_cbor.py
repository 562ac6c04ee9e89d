"""The little CBOR that is read and written keeps everything, and refuses the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commonplace.search.cbor import Value, decode, encode

values = some.recursive(some.integers(0, 2**64 - 1) | some.text(), some.lists, max_leaves=40)


@given(values)
def test_what_was_written_reads_back_the_same(value: Value) -> None:
    assert decode(encode(value)) == value


def test_values_are_written_as_the_standard_shows_them() -> None:
    """The examples are those of RFC 8949, appendix A."""
    examples = {"1903e8": 1000, "6449455446": "IETF", "83010203": [1, 2, 3], "1bffffffffffffffff": 2**64 - 1}
    for written, value in examples.items():
        assert encode(value).hex() == written


@pytest.mark.parametrize("data", ["20", "a10102", "83", "f6", "5f"])
def test_what_is_none_of_these_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="CBOR"):
        decode(bytes.fromhex(data))
