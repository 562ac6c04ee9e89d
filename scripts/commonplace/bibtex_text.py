"""Turns the text of BibTeX fields into Unicode, formulas left as they are, and names into authors."""

from __future__ import annotations

import logging
import re
from functools import cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from pylatexenc.latex2text import LatexNodes2Text

from commonplace.model import Author

# The decoder logs each command that it cannot show; such a command is left as it was written.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_SPACE = re.compile(r"\s+")
_ESCAPED = re.compile(r"\\([_%&#~$])")
_BLANKS_WITHIN = re.compile(r"(?<!\\)\$ *([^$]*?[^$ ]) *\$")
_FORMULA = re.compile(r"((?<!\\)\$[^$]+\$)")


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def decode(text: str) -> str:
    """The field as people read it: accents and signs in Unicode, grouping braces gone, `$…$` untouched."""
    # LaTeX allows blanks inside the dollar signs, Markdown does not.
    pieces = _FORMULA.split(_BLANKS_WITHIN.sub(r"$\1$", _SPACE.sub(" ", text.strip())))
    return "".join(piece if piece.startswith("$") else _decode_words(piece) for piece in pieces)


def verbatim(text: str) -> str:
    r"""A field whose text is no prose, such as an address; `\_` and its like are the signs themselves."""
    return _ESCAPED.sub(r"\1", text.strip()).replace("{", "").replace("}", "")


def _decode_words(text: str) -> str:
    # Most fields hold no command, and the full decoder takes a millisecond for each.
    if "\\" in text:
        try:
            return str(_decoder().latex_to_text(text))
        except Exception:  # The decoder falls over commands without their arguments, or nested very deep.
            return text
    plain = text.replace("{", "").replace("}", "").replace("~", "\N{NO-BREAK SPACE}")
    return plain.replace("---", "—").replace("--", "–")


def authors(text: str) -> tuple[Author, ...]:
    """The people and bodies of an `author` field, in order; `others` is kept as a body of that name."""
    people = split_multiple_persons_names(_SPACE.sub(" ", text.strip()))
    return tuple(_author(name) for name in people)


def _author(name: str) -> Author:
    if name.startswith("{") and name.endswith("}"):
        return Author(decode(name))
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError:
        return Author(decode(name))
    family = " ".join([*parts.von, *parts.last, *parts.jr])
    return Author(decode(family), decode(" ".join(parts.first)))
