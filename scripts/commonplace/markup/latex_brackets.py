"""Finds where LaTeX holds many brackets open: with each that is never closed the converter's time doubles."""

from __future__ import annotations

import re
import unicodedata

_MOST_OPEN = 12
"""Brackets that may be open at once in a group; no formula has so many, and twelve cost nothing yet."""

_SIGN = re.compile(r"\\(?:[A-Za-z]++|.)|[(\[{)\]}]|[^\x00-\x7f]", re.DOTALL)
_FENCES = "[Aa]ngle|ang|[Bb]race|brack(?:et)?|ceil|corner|floor|group|moustache|paren(?:thesis)?|[Vv]ert"
_OPENING = re.compile(rf"[(\[⌜⌞⎰]|\\(?:\{{|mathopen|(?:l|ll|ul)(?:{_FENCES}))")
_CLOSING = re.compile(rf"[)\]⌝⌟⎱]|\\(?:\}}|mathclose|(?:r|rr|ur|lr)(?:{_FENCES}))")


def left_open(latex: str) -> int | None:
    """The offset of the first bracket that is one too many; None where none is."""
    # Few formulas have so many signs of any sort that they need a closer look.
    if latex.isascii() and latex.count("\\") + latex.count("(") + latex.count("[") <= _MOST_OPEN:
        return None
    groups = [0]
    for match in _SIGN.finditer(latex):
        sign = match[0]
        if sign == "{":
            groups.append(0)
        elif sign == "}":
            groups.pop()
            groups = groups or [0]
        else:
            groups[-1] = max(groups[-1] + _step(sign), 0)
        if groups[-1] > _MOST_OPEN:
            return match.start()
    return None


def _step(sign: str) -> int:
    """1 for an opening bracket, -1 for a closing one, 0 for other signs."""
    category = unicodedata.category(sign[-1])
    if _OPENING.fullmatch(sign) or category == "Ps":
        return 1
    return -1 if _CLOSING.fullmatch(sign) or category == "Pe" else 0
