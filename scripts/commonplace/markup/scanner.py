"""Finds the tokens of a note's body, each with its span; code is never looked into."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator

from commonplace.markup.claims import claims
from commonplace.markup.code_blocks import code_blocks, stretches
from commonplace.markup.headings import headings
from commonplace.model import (
    Attributes,
    Citation,
    Cite,
    Comment,
    Escape,
    Formula,
    Link,
    Markup,
    Span,
    Tag,
    Token,
    Unverified,
    Wikilink,
)

_KEY = r"[A-Za-z]\w*+(?:[:.+/-]\w++)*+"
_ONE_CITE = rf"@(?P<key>{_KEY})(?:,\s*+(?P<locator>[^;\[\]]*+))?"
_CITE = re.compile(_ONE_CITE)
_PARENTHESES = r"\((?:[^\s()<>]++|\((?:[^\s()<>]++|\([^\s()<>]*+\))*+\))*+\)"
_URL = rf"(?:[^\s()<>]++|{_PARENTHESES})*+"
_NESTED = 30
"""Brackets that may stand open at once: text inside more of them is not looked at again for each."""

# The order is the grammar: what stands further up wins where two could begin at the same character.
# Possessive quantifiers (`*+`) keep the time linear in the text, whatever it holds: no piece is read twice
# because what follows it was not there.
_TOKEN = re.compile(
    rf"""(?=[`<\\$\[@\]!{{])(?:
      (?P<code>(?<!`)(?P<ticks>`++)(?:[^`\n]++|\n(?![ \t]*+\n)|(?!(?P=ticks)(?!`))`++)++(?P=ticks))
    | <!--(?P<comment>(?:[^<-]++|-(?!->)|<(?!!--))*+)-->
    | (?P<escape>\\[!-/:-@\[-`{{-~])
    | \$\$(?P<display>(?:[^$\\]++|\\.)++)\$\$
    | \$(?![\s$])(?P<inline>(?:[^$\\\n]++|\\.|\n(?![ \t]*+\n))++)(?<!\s)\$(?!\d)
    | \[\[(?P<target>[^\[\]|\#\n]*+)(?:\#(?P<anchor>[^\[\]|\n]*+))?(?:\|(?P<label>[^\[\]\n]*+))?\]\]
    | \[@{_KEY}(?:,[^;\[\]]*+)?\s*+(?:;\s*+@{_KEY}(?:,[^;\[\]]*+)?\s*+)*+\](?![(\[])
    | (?<![\w@./])@(?P<narrative>{_KEY})
    | (?:^|(?<=^[ ])|(?<=^[ ]{{2}})|(?<=^[ ]{{3}}))\[(?!\^)(?P<defined>[^\]\n]++)\]:[ \t]*+(?:\n[ \t]*+)?+
      <?(?P<definition>{_URL})>?
    | (?P<open>!?\[)
    | \]\(\s*+(?:<(?P<angled>[^<>\n]*+)>|(?P<url>{_URL}))(?:\s++(?:"[^"\n]*+"|'[^'\n]*+'))?\s*+\)
    | (?P<unverified>\]\{{unverified\}})
    | (?P<close>\])
    | <(?P<autolink>https?://[^<>\s]++)>
    | (?P<tag></?[A-Za-z](?![\w.+-]*+@[\w.-]++>)(?:(?:"[^"]*+"|'[^']*+'|[^<>"']++)*+|[^<>]*+)>)
    | (?P<attributes>\{{(?:[ ]*+[:\#.]|[^{{}}=\n]++=|unverified(?=\}}))[^{{}}\n]*+\}})
    | (?P<stray>\{{|<(?=[A-Za-z/!?])(?![\w.+-]++@[\w.-]++>))
    )""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def scan(text: str, start: int = 0) -> Markup:
    """The tokens and claims of `text` from `start` on; every offset counts from the text's beginning."""
    blocks = code_blocks(text, start)
    found = sorted([*_tokens(text, start, blocks), *headings(text, start, blocks)], key=_order)
    tokens = tuple(found)
    return Markup(tokens, claims(text, tokens))


def code_spans(text: str, start: int = 0) -> Iterator[Span]:
    """The code of `text` from `start` on, blocks and spans, which no token is looked for in."""
    blocks = code_blocks(text, start)
    yield from blocks
    for stretch in stretches(blocks, start, len(text)):
        for match in _TOKEN.finditer(text, stretch.start, stretch.end):
            if match["code"]:
                yield Span(*match.span())


def _order(token: Token) -> tuple[int, int]:
    return token.span.start, -token.span.end


def _tokens(text: str, start: int, blocks: list[Span]) -> Iterator[Token]:
    for stretch in stretches(blocks, start, len(text)):
        opened = deque[re.Match[str]](maxlen=_NESTED)
        for match in _TOKEN.finditer(text, stretch.start, stretch.end):
            if token := _token(match, opened):
                yield token


def _token(match: re.Match[str], opened: deque[re.Match[str]]) -> Token | None:
    """The token that a match stands for; brackets still open are kept in `opened`."""
    kind = match.lastgroup or "citation"
    if kind == "open":
        opened.append(match)
        return None
    if kind in ("close", "url", "angled", "unverified"):
        return _bracketed(match, kind, opened)
    make = _MAKERS.get(kind)
    return make(match, Span(*match.span())) if make else None


def _cites(match: re.Match[str]) -> tuple[Cite, ...]:
    return tuple(
        Cite(one["key"], (one["locator"] or "").strip(), match.start() + one.start("key"))
        for one in _CITE.finditer(match[0])
    )


def _bracketed(match: re.Match[str], kind: str, opened: deque[re.Match[str]]) -> Token | None:
    """What a closing bracket ends: a link, an image, a marked statement, or nothing."""
    if not opened:
        return None
    opening = opened.pop()
    if kind == "close":
        return _unfollowed(match)
    span = Span(opening.start(), match.end())
    text = match.string[opening.end() : match.start()]
    if kind == "unverified":
        return Unverified(span, text)
    return Link(span, text, match[kind], match.start(kind), image=opening["open"] == "![")


def _unfollowed(match: re.Match[str]) -> Escape | None:
    """The bracket itself where what follows it could be an address in the grammar of another engine."""
    at_address = match.string.startswith(("(", ":"), match.end())
    return Escape(Span(*match.span()), "]") if at_address else None


def _formula(match: re.Match[str], span: Span) -> Formula:
    kind = "display" if match["display"] is not None else "inline"
    return Formula(span, match[kind], match.start(kind), display=kind == "display")


def _wikilink(match: re.Match[str], span: Span) -> Wikilink:
    return Wikilink(span, match["target"], match["anchor"] or "", match["label"] or "")


def _narrative(match: re.Match[str], span: Span) -> Citation:
    return Citation(span, (Cite(match["narrative"], "", match.start("narrative")),), narrative=True)


_MAKERS: dict[str, Callable[[re.Match[str], Span], Token]] = {
    "citation": lambda match, span: Citation(span, _cites(match), narrative=False),
    "comment": lambda match, span: Comment(span, match["comment"]),
    "escape": lambda match, span: Escape(span, match[0][1]),
    "stray": lambda match, span: Escape(span, match[0]),
    "display": _formula,
    "inline": _formula,
    "target": _wikilink,
    "anchor": _wikilink,
    "label": _wikilink,
    "narrative": _narrative,
    "definition": lambda match, span: Link(
        span, match["defined"], match["definition"], match.start("definition")
    ),
    "autolink": lambda match, span: Link(span, match["autolink"], match["autolink"], match.start("autolink")),
    "tag": lambda match, span: Tag(span, match["tag"]),
    "attributes": lambda match, span: Attributes(span, match["attributes"]),
}
"""What each named group of the grammar makes; a match of no named group is a citation."""
