"""Puts a .bib file into its canonical form: strings first, then the entries by key, each laid out alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bibtexparser.model import Entry, String

from commonplace.fmt.bibtex_pieces import Parsed, Piece, found, pieces
from commonplace.fmt.entry_layout import laid_out

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LAST_BLANK_LINE = re.compile(r"(?P<before>.*\n)[ \t]*\n(?P<after>.*)", re.DOTALL)
_ENDS_BLANK = re.compile(r"\n[ \t]*\n[ \t\n]*\Z")
_TYPE = re.compile(r"@\w+")


@dataclass(frozen=True)
class _Group:
    """What moves as one: a block, with the broken blocks that follow it."""

    order: tuple[int, str, str]
    pieces: list[Piece] = field(default_factory=list)


def canonical_bibtex(text: str) -> str:
    """The registry in its canonical form, which given back is the same again.

    Nothing is lost: a block that cannot be parsed stays as it is behind the one that it follows, and a
    comment stays above the block that it stands above. The comment that begins the file and is parted from
    its first block by a blank line stays at the top. Lines are to end in a line feed, and do so after.
    """
    *blocks, last = pieces(_ended(text))
    arranged = _arranged(blocks, last.comment)
    # A brace that fits nothing could close a broken block that comes to stand before it: then nothing moves.
    sound = all(piece.block for piece in blocks)
    return arranged if sound or _is_settled(text, arranged) else text


def _ended(text: str) -> str:
    """The text with an end that spares its last block from being an exception."""
    return text.rstrip(" \t\n") + "\n\n"


def _is_settled(text: str, arranged: str) -> bool:
    """Whether the parser finds the same in both, and arranging once more would change nothing."""
    *blocks, last = pieces(_ended(arranged))
    return found(text) == found(arranged) and _arranged(blocks, last.comment) == arranged


def _arranged(blocks: list[Piece], tail: str) -> str:
    head = ""
    if blocks:
        head, comment = _parted(blocks[0].comment)
        blocks = [replace(blocks[0], comment=comment), *blocks[1:]]
    groups = sorted(_groups(blocks), key=lambda group: group.order)
    written = _written([piece for group in groups for piece in group.pieces])
    kept = [each for each in (_comment(head), written, _comment(tail)) if each]
    return "\n\n".join(kept) + ("\n" if kept else "")


def _parted(comment: str) -> tuple[str, str]:
    """What stands before the last blank line of a comment, and what stands after it."""
    match = _LAST_BLANK_LINE.fullmatch(f"\n{comment}")
    return (match["before"], match["after"]) if match else ("", comment)


def _groups(blocks: list[Piece]) -> list[_Group]:
    groups = [_Group((0, "", ""))]
    for piece in blocks:
        if piece.block:
            groups.append(_Group(_order(piece.block)))
        groups[-1].pieces.append(piece)
    return groups


def _order(block: Parsed) -> tuple[int, str, str]:
    if isinstance(block, Entry):
        return 3, block.key.casefold(), block.key
    # A preamble may use the strings, and the entries both.
    return (1 if isinstance(block, String) else 2), "", ""


def _written(blocks: list[Piece]) -> str:
    parts: list[str] = []
    for above, piece in zip([None, *blocks], blocks, strict=False):
        if above:
            parts.append("\n" if _stay_close(above, piece) else "\n\n")
        comment = _comment(piece.comment)
        parts.append(f"{comment}\n{_block(piece)}" if comment else _block(piece))
    return "".join(parts)


def _stay_close(above: Piece, piece: Piece) -> bool:
    """Whether no blank line parts two blocks: strings make a list, and a broken block may be anything."""
    if above.block is None:
        return not _ENDS_BLANK.search(above.text)
    both = isinstance(above.block, String) and isinstance(piece.block, String)
    return both and not piece.comment.strip()


def _comment(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", text.strip(" \t\n"))


def _block(piece: Piece) -> str:
    if isinstance(piece.block, Entry):
        return laid_out(piece.block, piece.text) or piece.text
    if piece.block:
        return _TYPE.sub(lambda match: match[0].lower(), piece.text, count=1)
    return piece.text.rstrip(" \t\n")
