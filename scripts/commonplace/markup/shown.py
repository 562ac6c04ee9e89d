"""Says what shape a text has once a page shows something else for its tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commonplace.markup.html import tag_fault
from commonplace.model import Attributes, Citation, Comment, Escape, Formula, Tag, Token, Wikilink

_WORD = "x"
_SHAPED = re.compile(r"\n(?:[ ]{4}|[ ]*+(?:[-+*>\#~`<\t\n]|=++[ \t]*+$|\d++[.)]))", re.MULTILINE)
"""A line that may begin a block."""
_TABLE = re.compile(r"\|[^\n]*+\n[ \t>|:]*+-[ \t>|:-]*+$", re.MULTILINE)
"""The line below a table's headings; in tables a bar parts two cells."""
_MARKS = re.compile(r"[\s>*+\-\d.):|#]*")
_SIGN = re.compile(r"[^\w\s]")


def as_shown(text: str, tokens: Sequence[Token]) -> str:
    """The text, each character in its place, with words for tokens that become words and gaps for what goes.

    Tokens that cannot change the shape stay as they are.
    """
    pieces, at, has_table = list[str](), 0, bool(_TABLE.search(text))
    for token in tokens:
        start, end = token.span.start, token.span.end
        filling = _filling(text, token, has_table)
        if filling is not None and start >= at:
            pieces += [text[at:start], filling]
            at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _filling(text: str, token: Token, has_table: bool) -> str | None:
    """What stands for a token; None where it cannot change the shape."""
    start, end = token.span.start, token.span.end
    written = text[start:end]
    cuts_cells = has_table and "|" in written
    match token:
        case Comment() if is_first(text, start) and ends_line(text, end):
            return f"<!--{_WORD * (len(written) - 7)}-->"
        case Comment() | Attributes():
            if is_first(text, start):
                return _WORD * len(written)
            return " " * len(written) if cuts_cells or "\n" in written else None
        case Tag() if tag_fault(written):
            return _SIGN.sub(_WORD, written)
        case Escape():
            return _WORD * len(written) if written[0] in "<`" else None
        case Formula() | Citation() | Wikilink():
            reaches_over = "\n" in written and not _has_own_lines(text, token)
            return _WORD * len(written) if cuts_cells or reaches_over else None
    return None


def _has_own_lines(text: str, token: Token) -> bool:
    """Whether a token of several lines begins the first, and no other line could begin a block."""
    start, end = token.span.start, token.span.end
    return not _before(text, start).strip(" \t") and not _SHAPED.search(text, start, end)


def is_first(text: str, start: int) -> bool:
    """Whether a block would begin with the word at `start`; marks of lists may stand before it."""
    return bool(_MARKS.fullmatch(_before(text, start)))


def _before(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : start]


def ends_line(text: str, end: int) -> bool:
    """Whether nothing stands behind `end` on its line."""
    line = text.find("\n", end)
    return not text[end : line if line >= 0 else len(text)].strip(" \t")
