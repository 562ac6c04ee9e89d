"""What holds of pages whatever a note says: code is what the scanner takes for code, and nothing runs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from commonplace.library import Library
from commonplace.markup import code_spans
from commonplace.model import Source
from commonplace.notes import read_note
from commonplace.pages import Page, pages
from commonplace.rendering import render
from commonplace.settings import Settings

# Marks of the grammar, each of which is told from the others by its number, and what Markdown makes blocks,
# code and raw HTML of.
_MARKS = st.sampled_from(
    ["[@c#]", "$f_{#}$", "$$\nf_{#}\n$$", "$$\na\n- f_{#}\n$$", "[[w#|u#]]", "{: .c# }", "<!-- h# -->"]
)
_BLOCKS = st.sampled_from(
    [
        *(
            "```\n",
            "```py {.a}\n",
            "~~~\n",
            "````\n",
            "    ",
            "\t",
            "  ",
            "      ",
            "> ",
            "- ",
            "1. ",
            "1) ",
            "* ",
        ),
        *(
            "\n",
            "\n",
            "\n\n",
            "\n\n",
            "# ",
            "===\n",
            "---\n",
            "***\n",
            "[^1]: ",
            "[r]: u\n",
            "| a |\n|---|\n| ",
            " | ",
        ),
        *(
            "<div>\n",
            "</div>\n",
            "<pre>",
            "</pre>\n",
            "<b>",
            "</b>",
            "<script>",
            "<svg>\n",
            "<",
            "<?x",
            "<!x",
            "!!! a\n",
        ),
    ]
)
_WORDS = st.sampled_from(
    ["`", "`", "``", "\\", "\\`", "a", " ", "b.", "é", "*", "[t](u)", "[", "](v)", "]", "<b title='`'>"]
)
_EVIL = st.sampled_from(
    [
        *(
            "<script>ran()</script>",
            "<script>",
            "</script>",
            "<svg onload=a>",
            "<b onclick=a>",
            "<iframe src=//a>",
        ),
        *("[x](javascript:a)", "![x](javascript:a)", "[x]: javascript:a\n", "{: onclick=a }", "{onclick=a}"),
        *("So [@one].", " [@one]. ", "[a. b]{unverified}", ". "),
    ]
)
_HOSTILE_TEXTS = st.lists(st.one_of(_EVIL, _BLOCKS, _WORDS), max_size=14).map("".join)
_TEXTS = st.lists(st.one_of(_MARKS, _BLOCKS, _WORDS), max_size=30).map("".join)
_MADE = re.compile(r"<(?:span|a) class|<!-- -->|&#")
"""What pages put in place of marks; a reader who sees it sees HTML."""
_WRITTEN = re.compile(r"\[@c\d+\]|\$f_\{\d+\}\$|\[\[w\d+\|u\d+\]\]")


def numbered(text: str) -> str:
    """The text with a number of its own in each mark."""
    numbers = count(100)
    return re.sub("#(?![ ])", lambda _: str(next(numbers)), text)


class _Shown(HTMLParser):
    """The text of a page, inside of code and outside."""

    def __init__(self) -> None:
        super().__init__()
        self.code: list[str] = []
        self.words: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag in ("code", "pre") and dict(attrs).get("class") != "broken-formula"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in ("code", "pre") and self._depth > 0

    def handle_data(self, data: str) -> None:
        (self.code if self._depth else self.words).append(data)


def pages_of(text: str) -> dict[str, Page]:
    """The pages of a library that holds the text in a note, and a note on the work `one` that it may cite."""
    sources = [Source("notes/papers/n.md", text), Source("notes/papers/one.md", "---\nref: one\n---\nWords.")]
    notes = tuple(read_note(source)[0] for source in sources)
    library = Library(Path(), dt.date(2026, 11, 21), Settings(), {}, notes, (), ())
    return {page.path: page for page in pages(library)}


def page_of(text: str) -> Page:
    """The page of the note that holds the text."""
    return pages_of(text)["papers/n.md"]


def shown(text: str) -> _Shown:
    """The page of a note that holds the text, as a browser reads it."""
    reader = _Shown()
    reader.feed(render(page_of(text)).html)
    return reader


@given(_TEXTS.map(numbered))
@example("``[@c100]$$\na\n- f_{101}\n$$``")
@example("# $$\nf_{100}\n$$`[@c101]$$\nf_{102}\n$$`")
@example("[@c100]$$\na\n- f_{101}\n$$\n\n    [@c102]")
@example("<!-- h100 -->    [@c101]")
@example("{: .c100 }\n    [@c101]")
@example("<b title=`> `[@c100]`")
def test_no_mark_of_the_grammar_is_shown_outside_of_code_and_none_is_rendered_in_it(text: str) -> None:
    page = shown(text)
    code = [text[span.start : span.end] for span in code_spans(text)]
    left_alone = {mark for each in code for mark in _WRITTEN.findall(each)}
    words = "".join(page.words)
    assert [mark for mark in left_alone if mark in words] == []
    assert [each for each in [*page.code, *page.words] if _MADE.search(each)] == []


class _Running(HTMLParser):
    """What of a page could run, ask another host or lead to a script."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        could_run = tag in ("script", "svg", "iframe") or any(
            name.startswith("on") or (value or "").startswith("javascript") for name, value in attrs
        )
        self.found += [self.get_starttag_text() or tag] if could_run else []


def by_python_markdown(text: str) -> str:
    extensions = ["attr_list", "md_in_html", "tables", "footnotes", "def_list", "admonition", "fenced_code"]
    return markdown.markdown(text, extensions=extensions)


def by_markdown_it(text: str) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return str(reader.render(text))


def by_ours(text: str) -> str:
    return render(Page("papers/n.md", "n", text)).html


@pytest.mark.parametrize("engine", [by_ours, by_python_markdown, by_markdown_it])
@given(text=_HOSTILE_TEXTS)
@example(text="`<script>ran()</script></div>\n`")
@example(text="```<script>ran()</script>~~~\n")
@example(text="<b title='`'><svg onload=a><b title='`'>")
@example(text="-     <script>ran()</script>")
@example(text="Words `a. <script>ran()</script>` [@one].")
@example(text="```\na. <script>ran()</script>\n```\nSo [@one].")
@example(text="- ```\n{: onclick=a }")
@example(text="-       <script>ran()</script>===\nSo [@one].")
@example(text="So [@one]\n```\na. <script>ran()</script>\n\n```")
@example(text="`[x]: javascript:a\n[x]: javascript:a\n`")
def test_nothing_of_a_page_runs_whatever_engine_renders_it(engine: Callable[[str], str], text: str) -> None:
    page = _Running()
    for name in ("papers/n.md", "papers/one.md", "open.md"):
        page.feed(engine(pages_of(text)[name].body))
    assert page.found == []


@given(_TEXTS.map(numbered))
def test_nothing_that_a_note_holds_swallows_what_the_page_says_behind_it(text: str) -> None:
    html = render(page_of(text)).html
    assert html.count('<div class="source">') == 1
    assert "Written in <code>notes/papers/n.md</code>" in html
