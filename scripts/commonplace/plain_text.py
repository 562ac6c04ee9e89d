"""Turns pieces of notes into plain readable text, for descriptions, titles and the search index."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalker, get_default_latex_context_db
from pylatexenc.macrospec import LatexContextDb

from commonplace.library import Library
from commonplace.markup.sentences import sentence_around
from commonplace.markup.titles import pieces
from commonplace.model import (
    Attributes,
    Citation,
    Comment,
    Escape,
    Formula,
    Heading,
    Link,
    Note,
    Span,
    Tag,
    Token,
    Unverified,
    Wikilink,
)
from commonplace.reference_text import label, narrative_label

_SIGNS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`+|^[ ]*(?:>|\#{1,6}|[-*+]|\d+\.)[ ]+", re.MULTILINE)
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+) +(?=[^{\\\[\s])")
_BLANK = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def formula_text(latex: str) -> str:
    r"""LaTeX as the Unicode nearest to it: `W_0 + \alpha` is `W_0 + α`."""
    try:
        walker = LatexWalker(_COMMAND.sub(_spaced, latex), latex_context=_grammar())
        text = str(_converter().nodelist_to_text(walker.get_latex_nodes()[0]))
    except Exception:  # The converter falls over commands without their arguments, each in its own way.
        text = latex
    return _BLANK.sub(" ", text).strip()


# Both are tables of hundreds of commands, which pylatexenc would make anew for each formula.
@cache
def _grammar() -> LatexContextDb:
    return get_default_latex_context_db()


@cache
def _converter() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text")


def _spaced(command: re.Match[str]) -> str:
    r"""The command with an empty group where it takes no argument, lest `\log n` lose its space."""
    known = _grammar().get_macro_spec(command["name"])
    argument = known and known.args_parser and known.args_parser.argspec
    return command[0] if argument else f"\\{command['name']}{{}} "


@lru_cache(maxsize=1 << 15)
def title_text(title: str) -> str:
    """A title with its formulas in Unicode."""
    return "".join(piece if isinstance(piece, str) else formula_text(piece.latex) for piece in pieces(title))


def plain_text(library: Library, note: Note, span: Span) -> str:
    """The piece `span` of a note as one line of text: marks gone, citations and links as they read."""
    text, at, pieces = note.source.text, span.start, list[str]()
    tokens = note.markup.tokens
    for token in tokens[bisect_left(tokens, at, key=_start) : bisect_left(tokens, span.end, key=_start)]:
        if token.span.start < at or token.span.end > span.end:
            continue
        shown = _shown(library, note, token)
        if shown is None:
            continue
        pieces += [_without_signs(text[at : token.span.start]), shown]
        at = token.span.end
    return _BLANK.sub(" ", "".join([*pieces, _without_signs(text[at : span.end])])).strip()


def _start(token: Token) -> int:
    return token.span.start


def _without_signs(text: str) -> str:
    return _SIGNS.sub("", text)


def _shown(library: Library, note: Note, token: Token) -> str | None:
    """What a token reads as, or None where what is inside it is to be read on."""
    match token:
        case Citation():
            return _cited(library, token)
        case Wikilink(text=words, target=target):
            called = library.called(target)
            return words or (library.name(called[0]) if called else target)
        case Formula(latex=latex):
            return formula_text(latex)
        case Escape(sign=sign):
            return sign
        case Link(text=words) | Unverified(text=words):
            return _without_signs(title_text(words))
        case Tag() | Comment() | Attributes():
            return ""
        case Heading(text=words):
            return f"{title_text(words)}. "
    return None


def _cited(library: Library, citation: Citation) -> str:
    """A citation by author and year; a key that the registry has not as it was written."""
    known, written = library.references, narrative_label if citation.narrative else label
    words = "; ".join(written(known[c.key]) if c.key in known else c.key for c in citation.cites)
    return words if citation.narrative else f"({words})"


def description(library: Library, note: Note) -> str:
    """The first sentence of a note, as previews show it."""
    text = note.source.text
    start = note.body_start + len(text[note.body_start :]) - len(text[note.body_start :].lstrip())
    if start >= len(text):
        return ""
    return plain_text(library, note, sentence_around(text, start, note.markup, note.body_start))
