"""What HTML a page may hold: one list, by which notes are checked and pages are cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3

_TEXT_TAGS = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark nav ol p pre q s samp section small span strong sub summary "
    "sup table tbody td tfoot th thead time tr u ul var wbr"
)
_MATH_TAGS = (
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle "
    "msub msubsup msup mtable mtd mtext mtr munder munderover none merror menclose semantics"
)
_ATTRIBUTES = {
    "*": "class id title lang dir role aria-label aria-hidden aria-describedby aria-labelledby",
    "a": "href",
    "img": "src alt width height loading",
    "details": "open",
    "time": "datetime",
    "ol": "start type reversed",
    "li": "value",
    "th": "colspan rowspan scope style",
    "td": "colspan rowspan style",
    "col": "span",
    "blockquote": "cite",
    "q": "cite",
}
_MATH_ATTRIBUTES = (
    "accent accentunder columnalign columnlines columnspacing columnspan depth dir display displaystyle "
    "fence form framespacing height largeop linethickness lspace mathbackground mathcolor mathsize "
    "mathvariant maxsize minsize movablelimits rowalign rowlines rowspacing rowspan rspace scriptlevel "
    "separator stretchy symmetric voffset width intent arg notation"
)
# Cells of tables are aligned by style, the one place where a style may stand.
_CELL_STYLES = frozenset({"text-align", "justify-items", "padding-left", "padding-right"})
_SCHEMES = frozenset({"http", "https", "mailto"})
# A tag as CommonMark knows it, without backticks: other engines take those for code first.
_WRITTEN = re.compile(
    r"""</[A-Za-z][A-Za-z0-9-]*+\s*+>
      | <[A-Za-z][A-Za-z0-9-]*+
        (?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^'`]*+'|"[^"`]*+"))?+)*+ \s*+ /?>""",
    re.VERBOSE | re.ASCII,
)
_UNSURE = 'not every engine of Markdown takes this for a tag; write its attributes as name="value"'
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
# The theme's scripts and styles take elements of these names for their own.
_RESERVED = {"id": "__", "class": "md-"}
# Addresses of the most common form and names without such a beginning are passed over: in them nothing is at
# fault. The sign comes before what must stand before it: the search then looks at attributes only. It goes on
# right behind the sign, for words may look like an attribute that reaches into the next tag.
_UNSURE_VALUE = re.compile(
    r"""="(?:(?<=\ href=")(?!(?:https?://)?[A-Za-z0-9./\#~?=%+_-]*+")
          |(?<=\ cite=")|(?<=\ src=")
          |(?<=\ id=")(?=[^"]*__)|(?<=\ class=")(?=[^"]*md-))
        (?=([^"]*)")""",
    re.VERBOSE,
)

TAGS = frozenset(_TEXT_TAGS.split()) | frozenset(_MATH_TAGS.split())
ATTRIBUTES = {tag: set(names.split()) for tag, names in _ATTRIBUTES.items()} | {
    tag: set(_MATH_ATTRIBUTES.split()) for tag in _MATH_TAGS.split()
}
ATTRIBUTES["mtd"].add("style")


def _cleaner(kept: Callable[[str, str, str], str | None] | None = None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags={"script", "style", "iframe", "object", "template"},
        attributes=ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        attribute_filter=kept,
        filter_style_properties=set(_CELL_STYLES),
        link_rel=None,
    )


_BY_NAMES = _cleaner()
"""Takes out the tags and attributes that are not on the list, and asks nothing of what attributes hold."""
_BY_VALUES = _cleaner(lambda tag, name, value: _kept(tag, name, value))


def _kept(tag: str, name: str, value: str) -> str | None:
    return None if attribute_fault(tag, name, value) else value


def clean(html: str) -> str:
    """The page's HTML with everything that is not on the list taken out; nothing in it can run."""
    cleaned = _BY_NAMES.clean(html)
    # To be asked about each attribute takes longer than all else; few pages have one that is at fault.
    return _BY_VALUES.clean(html) if _has_fault(cleaned) else cleaned


def _has_fault(cleaned: str) -> bool:
    """Whether the value of an attribute is at fault in HTML of which all names were cleaned.

    So it may be said of words that look like an attribute, too.
    """
    return any(
        _value_fault(cleaned[cleaned.rfind(" ", 0, value.start()) + 1 : value.start()], unescape(value[1]))
        for value in _UNSURE_VALUE.finditer(cleaned)
    )


@lru_cache(maxsize=1 << 12)
def tag_fault(tag: str) -> str | None:
    """Why a raw HTML tag may not stand in a note, or None where it may."""
    reader = _TagReader()
    reader.feed(tag)
    reader.close()
    if not reader.complete:
        return "the tag does not end: a quotation mark in it is not closed"
    return reader.fault or (None if _WRITTEN.fullmatch(tag) else _UNSURE)


@lru_cache(maxsize=1 << 16)
def address_fault(address: str) -> str | None:
    """Why an address may not be linked, or None where it may: only the web and mail are."""
    scheme = address_scheme(address)
    if scheme and scheme not in _SCHEMES:
        return f"addresses of the scheme '{scheme}:' are not allowed"
    try:
        urlsplit(_plain(address))
    except ValueError:
        return "this is no address that a browser can open"
    return None


def image_fault(address: str) -> str | None:
    """Why an image may not be shown, or None where it may: only those of the book itself are."""
    if address_scheme(address) or _plain(address).startswith("//"):
        return "an image of another host would tell it who reads the page; keep a copy beside the note"
    return None


@lru_cache(maxsize=1 << 16)
def attribute_fault(tag: str, name: str, value: str) -> str | None:
    """Why an attribute may not stand on a tag, or None where it may."""
    if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
        return f"the attribute '{name}' is not allowed on <{tag}>"
    return _value_fault(name, value)


def _value_fault(name: str, value: str) -> str | None:
    if name in _RESERVED and any(word.startswith(_RESERVED[name]) for word in value.split()):
        return f"names that begin with '{_RESERVED[name]}' belong to the site's theme"
    if name == "src":
        return image_fault(value)
    return address_fault(value) if name in ("href", "cite") else None


def address_scheme(address: str) -> str:
    """The scheme that browsers find in an address, in lower case; empty where there is none."""
    match = _SCHEME.match(_plain(address))
    return match[1] if match else ""


def is_local(address: str) -> bool:
    """Whether an address names no host: neither a scheme nor two strokes begin it."""
    return not address_scheme(address) and not address.startswith("//")


def _plain(address: str) -> str:
    """An address as browsers take it once Markdown has read it: entities, escapes, hidden signs gone."""
    shown = (sign for sign in unescape(address) if sign.isprintable() and not sign.isspace())
    return "".join(shown).replace("\\:", ":").replace("\\", "/").casefold()


class _TagReader(HTMLParser):
    """Reads one tag as browsers do, and keeps the first thing that is wrong with it."""

    fault: str | None = None
    complete: bool = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.complete = True
        if tag not in TAGS:
            self.fault = f"the tag <{tag}> is not allowed"
            return
        for name, value in attrs:
            self.fault = self.fault or attribute_fault(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        self.complete = True
        if tag not in TAGS:
            self.fault = f"the tag </{tag}> is not allowed"
