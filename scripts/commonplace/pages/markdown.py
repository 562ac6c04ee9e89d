"""Writes Markdown: text made safe, links, tables, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from commonplace.markup.html import address_fault
from commonplace.markup.mathml import LatexFaultError, mathml
from commonplace.markup.titles import pieces

INERT = "#"
"""Where a link leads whose address is not allowed."""

_SIGNS = re.compile(r"[\\`*_{}\[\]<>&|#$~^\"]")
_MATH_SIGN = re.compile(r"&#?\w+;|[!-/:-;=?-@\[-`{-~]")
_MATH_TEXT = re.compile(r">[^<]*?[!-/:-;=?-@\[-`{-~][^<]*")
"""The words behind a tag, where there is a sign in them."""
_ADDRESS_SIGN = re.compile(r"[\s<>\"\\`{|}]")


def escape(text: str) -> str:
    """Plain text as Markdown that shows just that text."""
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


@lru_cache(maxsize=1 << 14)
def formula(latex: str, *, display: bool = False) -> str:
    """LaTeX as MathML that Markdown leaves alone; LaTeX that does not convert is shown as it was written."""
    try:
        element = mathml(latex, display=display)
    except LatexFaultError:
        return f'<code class="broken-formula">{escape(latex)}</code>'
    # Signs that Markdown would read as its own stand as entities; a formula begins with a span, for a
    # `<math>` at the beginning of a line would make the whole line raw HTML.
    inert = _MATH_TEXT.sub(
        lambda text: f">{_MATH_SIGN.sub(_entity, text[0][1:])}", element.replace("\n", " ")
    )
    return f'<span class="{"math display" if display else "math"}">{inert}</span>'


def _entity(sign: re.Match[str]) -> str:
    return sign[0] if sign[0].startswith("&") and len(sign[0]) > 1 else f"&#{ord(sign[0])};"


@lru_cache(maxsize=1 << 15)
def title(text: str) -> str:
    """A title, plain but for formulas between dollar signs, as Markdown."""
    found = pieces(" ".join(text.split()))
    return "".join(escape(piece) if isinstance(piece, str) else formula(piece.latex) for piece in found)


def link(text: str, address: str) -> str:
    """A link around Markdown text."""
    return f"[{text}](<{_destination(address)}>)"


def cite(text: str, address: str, hint: str = "") -> str:
    """A link of a citation around Markdown text; `hint` is escaped text that shows when it is pointed at."""
    shown = f' title="{hint}"' if hint else ""
    return f'<a class="cite" href="{_destination(address)}"{shown}>{text}</a>'


@lru_cache(maxsize=1 << 16)
def _destination(address: str) -> str:
    if address_fault(address):
        return INERT
    return _ADDRESS_SIGN.sub(lambda sign: f"%{ord(sign[0]):02X}", address).replace("&", "&amp;")


def block(content: str, *classes: str, anchor: str = "") -> str:
    """Blocks of Markdown held together under these classes, and under an anchor."""
    # Engines that follow CommonMark read Markdown between the tags; Python-Markdown has to be told.
    name = f' id="{anchor}"' if anchor else ""
    return f'<div{name} class="{" ".join(classes)}" markdown="1">\n\n{content.strip()}\n\n</div>'


def sections(*parts: str) -> str:
    """Blocks of Markdown with a blank line between; empty ones are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def code(text: str) -> str:
    """Plain text as code, whatever signs it holds."""
    return f"<code>{escape(text)}</code>"


def items(lines: Iterable[str]) -> str:
    """A list with an item for each line."""
    return "\n".join(f"- {line}" for line in lines)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown cells."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def dotted(parts: Iterable[str]) -> str:
    """Short pieces in a line, without empty ones, with dots between that never begin a line of the page."""
    return "\N{NO-BREAK SPACE}· ".join(part for part in parts if part)


def listed(words: Sequence[str]) -> str:
    """Words in a row: `a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def capitalized(name: str) -> str:
    """A name as it stands at the beginning of a line."""
    return name[:1].upper() + name[1:]


def count(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: `1 note`, `1,024 notes`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
