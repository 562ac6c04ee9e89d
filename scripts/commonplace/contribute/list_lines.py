"""Cuts a reading list into its lines: what each says, and how deep it stands below the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*")
_UNDERLINE = re.compile(r"(?P<sign>=|-)(?P=sign)+[ \t]*")
_FENCE = re.compile(r"[ \t]*(?P<fence>```+|~~~+)")
_MARKERS = re.compile(
    r"""((?:[ ]{0,3}>[ ]?)*)                               # quotation
        ([ \t]*)                                         # indent
        ((?:[-*+•–]|\d{1,3}[.)]|\[\d{1,3}\])[ \t]+)?     # bullet or number
        (?:\[[ xX]\][ \t]+)?                             # box to tick
        (.*)""",
    re.VERBOSE | re.DOTALL,
)
_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<label>[^\]^][^\]]*)\]:[ \t]*<?(?P<url>[^\s<>]+)>?")
_REFERENCE = re.compile(r"(\[[^\[\]]+\])\[([^\[\]]*)\]")
_ANCHOR = re.compile(r"""<a\s[^<>]*?href=["']([^"'<>]*)["'][^<>]*>((?:(?!<a\s).)*?)</a\s*>""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line with something on it. `level` is that of a heading, 0 for others; a heading has depth 0."""

    number: int
    text: str
    depth: int
    level: int = 0


def list_lines(text: str) -> tuple[ListLine, ...]:
    """The lines of a list that say something, without the signs that set them out; code is left out."""
    addresses = {match["label"].casefold(): match["url"] for match in _definitions(text)}
    found: list[ListLine] = []
    for number, line in _outside_code(text):
        if found and _UNDERLINE.fullmatch(line) and found[-1].number == number - 1 and not found[-1].depth:
            level = 1 if line.startswith("=") else 2
            found[-1] = ListLine(number - 1, found[-1].text, 0, level)
        elif not _DEFINITION.match(line) and (said := _line(number, _with_links(line, addresses))).text:
            found.append(said)
    return tuple(found)


def _definitions(text: str) -> Iterator[re.Match[str]]:
    return (match for line in text.split("\n") if (match := _DEFINITION.match(line)))


def _outside_code(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        match = _FENCE.match(line)
        if fence:
            fence = "" if match and match["fence"].startswith(fence) else fence
        elif match:
            fence = match["fence"]
        else:
            yield number, line


def _with_links(line: str, addresses: dict[str, str]) -> str:
    """The line with links of other forms written as `[text](address)`."""
    line = _ANCHOR.sub(r"[\2](\1)", line)
    return _REFERENCE.sub(lambda match: _written_out(match, addresses), line)


def _written_out(match: re.Match[str], addresses: dict[str, str]) -> str:
    label, name = match[1], match[2] or match[1][1:-1]
    url = addresses.get(name.casefold())
    return f"{label}({url})" if url else match[0]


def _line(number: int, line: str) -> ListLine:
    if match := _HEADING.fullmatch(line):
        return ListLine(number, match["text"], 0, len(match["level"]))
    quotes, space, bullet, text = _MARKERS.findall(line)[0]
    # A line that goes on under a bullet is deeper than the bullet, and a bullet there deeper still.
    indent = len(space.expandtabs(4)) // 2
    return ListLine(number, text.strip(" \t\\|"), 4 * quotes.count(">") + 2 * indent + bool(bullet))
