"""The engine that makes HTML of Markdown, with what it takes for code, for headings and for blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, cast

from pyromark import Markdown, Options

from commonplace.model import Span

# The Markdown of GitHub, where notes are read as well, and attributes for headings.
_ENGINE = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
    | Options.ENABLE_HEADING_ATTRIBUTES
)
_WORDS = frozenset({"Text", "Code", "InlineHtml", "Html", "FootnoteReference", "TaskListMarker"}) | {
    *("Emphasis", "Strong", "Strikethrough", "Link", "Image")
}
_BETWEEN_WORDS = frozenset({"SoftBreak", "HardBreak", "End"})
_LEVELS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
_CONTAINERS = frozenset({"BlockQuote", "List", "Item", "FootnoteDefinition"})
_PREFORMATTED = re.compile(r"<[Pp][Rr][Ee]")
_FENCES = re.compile(r"`{3,}|~{3,}")


@dataclass(frozen=True, slots=True)
class Blocks:
    """How a text falls into blocks; places count from the beginning of the text."""

    edges: tuple[int, ...]
    """Where blocks and the words in them begin and end: no span of code, link or tag reaches over one."""
    code: tuple[Span, ...]
    html: tuple[Span, ...]
    """Blocks of raw HTML, in which no backtick means code."""
    headings: tuple[tuple[Span, int], ...]
    """The headings outside of lists, quotations and footnotes, each with its level."""


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code: where it stands, without the white space before it and the line's end behind it."""

    span: Span
    content: str
    language: str
    is_indented: bool


def html(text: str) -> str:
    """Markdown as HTML, raw HTML included."""
    return _ENGINE.html(text)


def blocks(text: str, start: int = 0) -> Blocks:
    """The blocks of `text` from `start` on."""
    body = text[start:]
    found = list(_found(body))
    places = _places(body, start, {offset for _, *span in found for offset in span})
    spans = [(kind, Span(places[first], places[last])) for kind, first, last in found]
    return Blocks(
        edges=tuple(sorted(places.values())),
        code=tuple(span for kind, span in spans if kind == "CodeBlock"),
        html=tuple(span for kind, span in spans if kind == "HtmlBlock"),
        headings=tuple((span, int(kind[1])) for kind, span in spans if kind in _LEVELS),
    )


def code_in(text: str, start: int = 0) -> list[Code]:
    """The blocks of code of `text` from `start` on, without what lists and quotations add to their lines."""
    body = text[start:]
    found = list(_code_found(body))
    places = _places(body, start, {offset for first, last, *_ in found for offset in (first, last)})
    return [
        _code(text, Span(places[first], places[last]), language, content)
        for first, last, language, content in found
    ]


def _code_found(text: str) -> Iterator[tuple[int, int, str | None, str]]:
    """Blocks of code: their places in bytes, what stands behind a fence, what they hold."""
    events = iter(_ENGINE.events_with_range(text))
    for event, place in events:
        match event:
            case {"Start": {"CodeBlock": kind}}:
                inside = takewhile(lambda each: each[0] != {"End": "CodeBlock"}, events)
                content = "".join(cast(Any, piece)["Text"] for piece, _ in inside if "Text" in piece)
                yield place["start"], place["end"], None if kind == "Indented" else kind["Fenced"], content


def _code(text: str, span: Span, info: str | None, content: str) -> Code:
    end = span.start + len(text[span.start : span.end].rstrip("\n"))
    language = next(iter((info or "").split()), "")
    return Code(Span(span.start, end), content, language, is_indented=info is None)


def opening_paragraph(text: str) -> int:
    """Where the paragraph ends that a text begins with; 0 where it begins with something else."""
    for event, place in _ENGINE.events_with_range(text):
        begins = event == {"Start": "Paragraph"} and not place["start"]
        return len(text.encode()[: place["end"]].decode()) if begins else 0
    return 0


def closing(text: str) -> str:
    """What has to stand behind a text lest code that it leaves open swallow what follows; mostly nothing."""
    if "```" not in text and "~~~" not in text and not _PREFORMATTED.search(text):
        return ""
    return next((end for end in _ends(text) if html(f"{text}{end}\n\n.").endswith("<p>.</p>\n")), "")


def _ends(text: str) -> Iterator[str]:
    """What could end the code in a text, if any is open."""
    yield ""
    longest = max(map(len, _FENCES.findall(text)), default=0)
    yield from (f"\n{'`' * longest}", f"\n{'~' * longest}", "\n</pre>")


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    """What begins in a text, by the engine's names, with its place in bytes: blocks, and words behind them.

    Headings outside of other blocks are called by their level, `H2`.
    """
    inside_until, is_fresh = 0, False
    for event, place in _ENGINE.events_with_range(text):
        # This loop sees each mark of each note: it takes half the time that reading a note does.
        begun: Any = cast(Any, event).get("Start", event) if event.__class__ is dict else event
        kind = begun if begun.__class__ is str else next(iter(begun))
        if kind in _BETWEEN_WORDS:
            continue
        if kind in _WORDS:
            if is_fresh:
                # Words behind a block's own marks.
                yield "", place["start"], place["start"]
                is_fresh = False
            continue
        is_fresh, first, last = True, place["start"], place["end"]
        if kind in _CONTAINERS:
            inside_until = max(inside_until, last)
        if kind == "Heading":
            kind = begun[kind]["level"] if first >= inside_until else ""
        yield kind, first, last


def _places(text: str, start: int, offsets: set[int]) -> dict[int, int]:
    """Offsets in the bytes of a text as offsets in its characters, counted from `start`."""
    if text.isascii():
        return {offset: start + offset for offset in offsets}
    data, places, before, at = text.encode(), dict[int, int](), 0, start
    for offset in sorted(offsets):
        at += len(data[before:offset].decode())
        places[offset] = at
        before = offset
    return places
