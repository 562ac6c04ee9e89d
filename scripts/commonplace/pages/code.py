"""Writes the code of notes so that whatever engine renders a page takes it for code and runs none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from commonplace.markup.commonmark import Code, code_in
from commonplace.markup.shown import as_shown
from commonplace.model import Note, Span, Token
from commonplace.pages import markdown

_LINE_END = re.compile(r"\n[ \t>]*")
_COULD_RUN = re.compile(r"[<{]|\][(:]")
"""What is inert in code, and may be more than that where an engine sees none."""
_PLAIN_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[ ]?[\w+.-]*\n(?:[^\n]*\n)*?(?P=fence)[ ]*")
"""A fence that every engine knows, where it stands at the beginning of a line."""
_FENCE_ATTRIBUTES = re.compile(r"(?:`{3,}|~{3,})(?P<attributes>[^{\n]*\{[^\n]*)")


def rewritten_code(note: Note, span: Span) -> Iterator[tuple[Span, str]]:
    """What takes the place of code in the piece `span` of a note that not every engine takes for code."""
    text, markup = note.source.text, note.markup
    blocks = (block for block in markup.code_blocks if span.start <= block.start < span.end)
    if any(_is_unsure(text, block) for block in blocks):
        for code in _blocks(text, note.body_start, markup.tokens):
            if _holds(span, code.span):
                yield from _rewritten(text, code)
    for each in markup.code_in_words:
        if _holds(span, each) and _COULD_RUN.search(text, each.start, each.end):
            yield each, f"<code>{markdown.escape(_words(text[each.start : each.end]))}</code>"


def _is_unsure(text: str, block: Span) -> bool:
    """Whether another engine could see something else in a block of code, or attributes behind its fence."""
    end = block.start + len(text[block.start : block.end].rstrip("\n"))
    return _may_run(text, block.start, end) or bool(_FENCE_ATTRIBUTES.match(text, block.start))


def _may_run(text: str, start: int, end: int) -> bool:
    """Whether a block of code holds more than code for an engine that takes it for something else."""
    is_plain = text[start - 1 : start] in ("", "\n") and _PLAIN_FENCE.fullmatch(text, start, end)
    return not is_plain and bool(_COULD_RUN.search(text, start, end))


# A note's page is made of several pieces.
@lru_cache(maxsize=8)
def _blocks(text: str, start: int, tokens: tuple[Token, ...]) -> list[Code]:
    """The blocks of code of a note."""
    return code_in(as_shown(text, tokens), start)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _rewritten(text: str, code: Code) -> Iterator[tuple[Span, str]]:
    start, end = code.span.start, code.span.end
    if _may_run(text, start, end):
        yield Span(start - _indentation(text, code), end), _as_html(code)
    elif attributes := _FENCE_ATTRIBUTES.match(text, start):
        # Attributes may hold event handlers.
        yield Span(*attributes.span("attributes")), ""


def _indentation(text: str, code: Code) -> int:
    """How many signs before indented code make it code."""
    if not code.is_indented:
        return 0
    before = text[max(code.span.start - 4, 0) : code.span.start]
    return 1 if before.endswith("\t") else len(before) - len(before.rstrip(" "))


def _words(written: str) -> str:
    """What a span of code says: between its backticks, in one line, without the space that sets them off."""
    inner = _LINE_END.sub(" ", written.strip("`"))
    return inner[1:-1] if inner.strip() and inner[0] == inner[-1] == " " else inner


def _as_html(code: Code) -> str:
    # In one line, for in a list or a quotation each line would need its marks.
    content = markdown.escape(code.content.rstrip("\n")).replace("\n", "&#10;").replace("\t", "&#9;")
    language = f' class="language-{markdown.escape(code.language)}"' if code.language else ""
    return f"<pre><code{language}>{content}</code></pre>"
