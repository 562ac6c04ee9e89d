"""Puts web addresses into one form, so that each is asked once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PORTS = {"http": 80, "https": 443}
_KEPT = "!#$%&'()*+,/:;=?@[]~"
"""Signs that addresses may hold besides letters and digits."""
# What only a page's own scripts understand, and places in a PDF.
_NO_ANCHOR = re.compile(r":~:|[!/]|L\d|.*=", re.DOTALL)


class BadAddressError(ValueError):
    """A text that is no web address; its message says why."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A normalised address without its fragment, and the anchor in the page, if a link names one."""

    url: str
    anchor: str = ""


def is_web(written: str) -> bool:
    """Whether a text means an address of the web, sound or not."""
    return written.lower().startswith(("http://", "https://", "//"))


def web_address(written: str) -> WebAddress:
    """The address that a link means.

    Raises:
        BadAddressError: it cannot be an address.

    """
    text = _ESCAPED.sub(r"\1", written.strip()).replace("&amp;", "&")
    try:
        parts = urlsplit(f"https:{text}" if text.startswith("//") else text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as fault:
        raise BadAddressError(f"no address: {fault}") from None
    if not host:
        raise BadAddressError("no address: it names no host")
    place = f"[{host}]" if ":" in host else host
    if port and port != _PORTS.get(parts.scheme):
        place = f"{place}:{port}"
    path, query = quote(parts.path or "/", _KEPT), quote(parts.query, _KEPT)
    anchor = "" if _NO_ANCHOR.match(parts.fragment) else parts.fragment
    return WebAddress(urlunsplit((parts.scheme, place, path, query, "")), anchor)
