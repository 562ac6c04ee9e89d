"""Cuts a .bib file into its blocks, each with the comment above it; put together they are the whole file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ExplicitComment,
    ImplicitComment,
    Preamble,
    String,
)

# Inside an entry the parser takes a comment for part of a field's name, and stumbles over its signs.
_SILENCE = re.compile(r"^[ \t]*%[ \t]*commonplace:[^\n]*", re.MULTILINE)
_SIGN = re.compile(r"[{}()\",=@\\]")
_LAST_COMMENT = re.compile(r"(?<=\n)[ \t]*\n(?P<comment>(?:[ \t]*%[^\n]*\n)+)\Z")

Parsed = Entry | String | Preamble


@dataclass(frozen=True)
class Piece:
    """A block as it stands in the file, with the comment above it.

    `block` is None for what could not be parsed, and for what stands at the end of the file. In the comments
    inside it, signs that mislead the parser are replaced; offsets in it and in `text` are the same.
    """

    comment: str
    text: str
    block: Parsed | None


def pieces(text: str) -> Iterator[Piece]:
    """The blocks of a .bib file in their order; the last piece holds what follows the last block."""
    at = 0
    blocks = list(_blocks(text))
    starts = [start for start, _, _ in blocks]
    for number, (start, end, block) in enumerate(blocks, 1):
        if start < at:
            continue
        beside = max(text.rfind("\n", 0, start) + 1, at)
        if block is None or text[beside:start].strip():
            end, start, block = _reach(text, end, starts[number:]), beside, None
        yield Piece(text[at:start], text[start:end], block)
        at = end
    yield Piece(text[at:], "", None)


def found(text: str) -> Counter[tuple[str, str]]:
    """What the parser finds in a file: the kind and the key of each block, of a broken one neither."""
    blocks = (block for _, _, block in _blocks(text))
    return Counter((type(block).__name__, getattr(block, "key", "")) for block in blocks)


def _blocks(text: str) -> Iterator[tuple[int, int, Parsed | None]]:
    """The blocks that are no comments, with where each begins and where at least it ends."""
    harmless = _SILENCE.sub(lambda silence: _SIGN.sub("-", silence[0]), text)
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    at = 0
    for block in parse_string(harmless, parse_stack=[]).blocks:
        raw = block.raw or ""
        start = harmless.index(raw, max(at, lines[block.start_line or 0]))
        parsed = _parsed(block)
        at = start + (len(raw) if parsed or isinstance(block, ExplicitComment) else 1)
        if not isinstance(block, ExplicitComment | ImplicitComment):
            yield start, at, parsed


def _parsed(block: Block) -> Parsed | None:
    """What a block holds, where it was understood: its key or a field of it may stand twice."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        return _parsed(inner) if inner else None
    nameless = isinstance(block, Entry) and not block.entry_type
    return block if isinstance(block, Parsed) and not nameless else None


def _reach(text: str, end: int, starts: list[int]) -> int:
    """Where a broken block ends, which nobody knows: before the next one that begins a line.

    A comment right above that one belongs to it where a blank line parts it from the broken block.
    """
    lines = (text.rfind("\n", 0, start) + 1 for start in starts if _begins_line(text, start))
    line = next(lines, len(text))
    last = _LAST_COMMENT.search(text, end, line)
    return last.start("comment") if last else line


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
