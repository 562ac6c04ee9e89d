"""Finds the blocks of code in Markdown: fenced ones and indented ones."""

from __future__ import annotations

import re

from commonplace.model import Span

_FENCE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)\n(?:.*?\n)?[ \t]*(?P=fence)[`~]*[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_INDENTED = re.compile(r"(?:^(?:[ ]{4}|\t)[^\n]*\S[^\n]*(?:\n(?:[ \t]*\n)*|\Z))+", re.MULTILINE)
# What may hold indented text that is no code: list items, admonitions, footnotes, definitions.
_HOLDER = re.compile(r"[ ]{0,3}(?:[-*+:]\s|\d+[.)]\s|!!!|\?\?\?|===|\[\^)")


def code_blocks(text: str, start: int) -> list[Span]:
    """The spans of the code blocks of `text` from `start` on, in order, none inside another."""
    fenced = [Span(*match.span()) for match in _FENCE.finditer(text, start)]
    indented = [
        Span(*match.span())
        for match in _INDENTED.finditer(text, start)
        if _stands_alone(text, start, match.start())
        and not any(block.start <= match.start() < block.end for block in fenced)
    ]
    kept = [block for block in fenced if not any(code.start <= block.start < code.end for code in indented)]
    return sorted([*kept, *indented], key=lambda block: block.start)


def _stands_alone(text: str, start: int, at: int) -> bool:
    """Whether the indented line at `at` follows a blank line, outside anything that holds indented text."""
    lines = text[start:at].splitlines()
    if lines and lines[-1].strip():
        return False
    outer = next((line for line in reversed(lines) if re.match(r"[ ]{0,3}\S", line)), "")
    return not _HOLDER.match(outer)
