"""Finds the tokens of a note's body, each with its span; code is never looked into."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from commonplace.markup import commonmark
from commonplace.markup.claims import claims
from commonplace.markup.commonmark import Blocks
from commonplace.markup.headings import headings
from commonplace.markup.html import address_fault
from commonplace.markup.shown import as_shown
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
_PARENTHESES = r"\((?:[^\s()<>`]++|\((?:[^\s()<>`]++|\([^\s()<>`]*+\))*+\))*+\)"
_URL = rf"(?:[^\s()<>`]++|{_PARENTHESES})*+"
_WHOLE = frozenset({"comment", "display", "inline"})
"""What may reach from block to block: it is taken out whole, or one line stands for it."""
_ROUNDS = 4
_NESTED = 30
"""Brackets that may stand open at once: text inside more of them is not looked at again for each."""

_FOOTNOTE_ADDRESS = re.compile(r""":\s*+(?:<(?P<angled>[^<>\n]*+)>|(?P<url>\S++))[ \t]*+(?=["'(\n]|\Z)""")

# The order is the grammar: what stands further up wins where two could begin at the same character.
# Possessive quantifiers (`*+`) keep the time linear in the text, whatever it holds: no piece is read twice
# because what follows it was not there.
_TOKEN = re.compile(
    rf"""(?=[`<\\$\[@\]!{{])(?:
      (?P<code>(?P<ticks>`++)(?:[^`\n]++|\n(?![ \t]*+\n)|(?!(?P=ticks)(?!`))`++)++(?P=ticks))
    | (?P<lone>`++)
    | <!--(?P<comment>(?:[^<-]++|-(?!->)|<(?!!--))*+)-->
    | (?P<escape>\\[!-/:-@\[-`{{-~])
    | \$\$(?P<display>(?:[^$\\]++|\\.)++)\$\$
    | \$(?![\s$])(?P<inline>(?:[^$\\\n]++|\\.|\n(?![ \t]*+\n))++)(?<!\s)\$(?!\d)
    | \[\[(?P<target>[^\[\]|\#\n]*+)(?:\#(?P<anchor>[^\[\]|\n]*+))?(?:\|(?P<label>[^\[\]\n]*+))?\]\]
    | \[@{_KEY}(?:,[^;\[\]]*+)?\s*+(?:;\s*+@{_KEY}(?:,[^;\[\]]*+)?\s*+)*+\](?![(\[])
    | (?<![\w@./])@(?P<narrative>{_KEY})
    | (?:^|(?<=^[ ])|(?<=^[ ]{{2}})|(?<=^[ ]{{3}}))\[(?!\^)(?P<defined>(?:[^\[\]`\n]++|`[^`\n]*+`)++)\]:
      [ \t]*+(?:\n[ \t]*+)?+<?(?P<definition>{_URL})>?(?!\S)
    | (?P<open>!?\[)
    | \]\(\s*+(?:<(?P<angled>[^<>`\n]*+)>|(?P<url>{_URL}))(?:\s++(?:"[^"`\n]*+"|'[^'`\n]*+'))?\s*+\)
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
    blocks, found, spans = _read(text, start)
    tokens = tuple(sorted([*found, *headings(text, blocks)], key=_order))
    return Markup(tokens, claims(text, tokens), blocks.code, tuple(spans))


def code_spans(text: str, start: int = 0) -> Iterator[Span]:
    """The code of `text` from `start` on, blocks and spans, which no token is looked for in."""
    blocks, _, spans = _read(text, start)
    yield from blocks.code
    yield from spans


@lru_cache(maxsize=16)
def _read(text: str, start: int) -> tuple[Blocks, Sequence[Token], Sequence[Span]]:
    """The blocks, the tokens outside of code, and the spans of code.

    What a page shows for its tokens may fall into other blocks than what was written: a line of a formula
    may look like a rule. So the blocks are read again as they are shown, until they stay as they were.
    """
    blocks = commonmark.blocks(text, start)
    tokens, spans = _tokens(text, start, blocks)
    for _ in range(_ROUNDS):
        shown = as_shown(text, tokens)
        again = commonmark.blocks(shown, start) if shown != text else blocks
        # What was torn stays torn, or two readings could take turns for ever.
        again = replace(again, edges=tuple(sorted({*blocks.edges, *again.edges})))
        if again == blocks:
            break
        blocks = again
        tokens, spans = _tokens(text, start, blocks)
    return blocks, tokens, spans


def _order(token: Token) -> tuple[int, int]:
    return token.span.start, -token.span.end


def _tokens(text: str, start: int, blocks: Blocks) -> tuple[list[Token], list[Span]]:
    """The tokens between blocks of code, and the spans of code there."""
    tokens, spans = list[Token](), list[Span]()
    for stretch in _stretches(blocks.code, start, len(text)):
        opened = deque[re.Match[str]](maxlen=_NESTED)
        at = stretch.start
        while match := _TOKEN.search(text, at, stretch.end):
            at = match.end()
            if _is_torn(match, blocks):
                token, at = _torn(match)
            elif match.lastgroup == "code":
                token = None
                spans.append(Span(*match.span()))
            else:
                token = _token(match, opened)
            if token:
                tokens.append(token)
    return tokens, spans


def _stretches(code: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """What lies between the blocks of code, from `start` to `end`."""
    for block in code:
        yield Span(start, block.start)
        start = block.end
    yield Span(start, end)


def _is_torn(match: re.Match[str], blocks: Blocks) -> bool:
    """Whether a match reaches from one block into another where it may not, or is code in raw HTML."""
    is_code = match.lastgroup == "code"
    if not is_code and (match.lastgroup in _WHOLE or "\n" not in match[0]):
        return False
    start, end = match.span()
    at = bisect_right(blocks.edges, start)
    reaches_out = at < len(blocks.edges) and blocks.edges[at] < end
    return reaches_out or (is_code and any(span.start <= start < span.end for span in blocks.html))


def _torn(match: re.Match[str]) -> tuple[Token | None, int]:
    """What is left of a match that means nothing: its first sign, or the backticks that it begins with."""
    start, end = match.span("ticks") if match["ticks"] else (match.start(), match.start() + 1)
    sign = match.string[start:end]
    return (Escape(Span(start, end), sign) if sign[0] in "`<]" else None), end


def _token(match: re.Match[str], opened: deque[re.Match[str]]) -> Token | None:
    """The token that a match stands for; brackets still open are kept in `opened`."""
    kind = match.lastgroup or "citation"
    if kind == "open":
        opened.append(match)
        return None
    if kind in ("close", "url", "angled", "unverified"):
        return _bracketed(match, kind, opened)
    return _MAKERS[kind](match, Span(*match.span()))


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
        return _unfollowed(match, opening)
    span = Span(opening.start(), match.end())
    text = match.string[opening.end() : match.start()]
    if kind == "unverified":
        return Unverified(span, text)
    return Link(span, text, match[kind], match.start(kind), image=opening["open"] == "![")


def _unfollowed(match: re.Match[str], opening: re.Match[str]) -> Escape | None:
    """The bracket itself where what follows it could be an address in the grammar of another engine."""
    text, end = match.string, match.end()
    if text.startswith(":", end) and text.startswith("^", opening.end()):
        # So a footnote begins, but where footnotes are unknown it may be an address.
        address = _FOOTNOTE_ADDRESS.match(text, end)
        at_address = bool(address and address_fault(address["angled"] or address["url"]))
    else:
        at_address = text.startswith(("(", ":"), end)
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
    "lone": lambda match, span: Escape(span, match[0]),
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
