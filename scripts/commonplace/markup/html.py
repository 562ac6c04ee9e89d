"""What HTML a page may hold: one list, by which notes are checked and pages are cleaned."""

from __future__ import annotations

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
    "th": "colspan rowspan scope",
    "td": "colspan rowspan",
    "col": "span",
    "blockquote": "cite",
    "q": "cite",
}
_MATH_ATTRIBUTES = (
    "accent accentunder columnalign columnlines columnspacing columnspan depth dir display displaystyle fence "
    "form framespacing height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant "
    "maxsize minsize movablelimits rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy "
    "symmetric voffset width intent arg notation"
)
# The converter of formulas aligns the cells of a table by style, the one place where a style may stand.
_CELL_STYLES = frozenset({"text-align", "justify-items", "padding-left", "padding-right"})
_SCHEMES = frozenset({"http", "https", "mailto"})

TAGS = frozenset(_TEXT_TAGS.split()) | frozenset(_MATH_TAGS.split())
ATTRIBUTES = {tag: set(names.split()) for tag, names in _ATTRIBUTES.items()} | {
    tag: set(_MATH_ATTRIBUTES.split()) for tag in _MATH_TAGS.split()
}
ATTRIBUTES["mtd"].add("style")


def clean(html: str) -> str:
    """The page's HTML with everything that is not on the list taken out; nothing in it can run."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "iframe", "object", "template"},
        attributes=ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        generic_attribute_prefixes={"data-"},
        filter_style_properties=set(_CELL_STYLES),
        link_rel=None,
    )


def tag_fault(tag: str) -> str | None:
    """Why a raw HTML tag may not stand in a note, or None where it may."""
    reader = _TagReader()
    reader.feed(tag)
    reader.close()
    return reader.fault


def address_fault(address: str) -> str | None:
    """Why an address may not be linked, or None where it may: only the web and mail are."""
    # Browsers skip control characters and white space in a scheme, so the check does as well.
    scheme = urlsplit("".join(sign for sign in address if sign.isprintable()).strip()).scheme.lower()
    return (
        f"addresses of the scheme '{scheme}:' are not allowed" if scheme and scheme not in _SCHEMES else None
    )


class _TagReader(HTMLParser):
    """Reads one tag as browsers do, and keeps the first thing that is wrong with it."""

    fault: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.fault = f"the tag <{tag}> is not allowed"
            return
        for name, value in attrs:
            allowed = name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
            if not allowed and not name.startswith("data-"):
                self.fault = self.fault or f"the attribute '{name}' is not allowed on <{tag}>"
            elif name in ("href", "src", "cite") and value:
                self.fault = self.fault or address_fault(value)

    def handle_endtag(self, tag: str) -> None:
        if tag not in TAGS:
            self.fault = f"the tag </{tag}> is not allowed"
