"""Renders the body of a page, and says which headings it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import chain, count

from commonplace.markup import commonmark
from commonplace.markup.headings import NAMELESS, anchor
from commonplace.markup.html import clean
from commonplace.pages import Page
from commonplace.rendering.addresses import addressed
from commonplace.rendering.code import highlighted
from commonplace.rendering.marks import footnoted, tasks_marked

_HEADING = re.compile(
    r'<h(?P<level>[1-6])(?P<attributes>(?:\s[\w-]+="[^"]*")*+)>(?P<words>.*?)</h(?P=level)>', re.DOTALL
)
_ANCHOR = re.compile(r'\sid="([^"]*)"')
# The name comes before what must stand before it: the search then looks at names only.
_ANCHORS = re.compile(r'id="(?<=\sid=")([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_DEEPEST = 3
"""The level down to which headings bear a link to themselves."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page; `words` are plain text."""

    level: int
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a page shows below the site's own frame."""

    html: str
    headings: tuple[Heading, ...]


def render(page: Page) -> Rendered:
    """The page's body as HTML in which nothing runs, whatever its notes hold."""
    html = "".join(_cleaned(text) + drawing for text, drawing in page.pieces())
    anchors = _Anchors(html)
    html = _HEADING.sub(anchors.linked, html)
    return Rendered(addressed(highlighted(html), page.path), tuple(anchors.headings))


def _cleaned(text: str) -> str:
    """A piece of Markdown as HTML; what it leaves open ends with it, and cannot reach around a drawing."""
    return clean(footnoted(tasks_marked(commonmark.html(text))))


class _Anchors:
    """Gives each heading of a page a link to itself, by an anchor that no other part of the page has."""

    def __init__(self, html: str) -> None:
        self.headings: list[Heading] = []
        self._named = set(map(unescape, _ANCHORS.findall(html)))
        self._given = set[str]()

    def linked(self, match: re.Match[str]) -> str:
        """A heading with its link; one without an anchor is given that of its words."""
        level, attributes, words = int(match["level"]), match["attributes"], match["words"]
        if level > _DEEPEST:
            return match[0]
        plain = " ".join(unescape(_TAG.sub("", words)).split())
        name = self._anchor(_ANCHOR.search(attributes), plain)
        self.headings.append(Heading(level, name, plain))
        shown = f' id="{escape(name)}"{_ANCHOR.sub("", attributes)}'
        link = f'<a class="headerlink" href="#{escape(name)}" title="Link to this section">#</a>'
        return f"<h{level}{shown}>{words}{link}</h{level}>"

    def _anchor(self, named: re.Match[str] | None, words: str) -> str:
        name = unescape(named[1]) if named else anchor(words) or NAMELESS
        free = name if named and name not in self._given else self._free(name)
        self._given.add(free)
        return free

    def _free(self, name: str) -> str:
        """The name, with a number where something else on the page bears it."""
        numbered = chain([name], (f"{name}-{number}" for number in count(1)))
        return next(each for each in numbered if each not in self._named and each not in self._given)
