"""Finds the places in the body of a note that a link can name."""

from __future__ import annotations

import re

from commonplace.model import Heading, Markup, Tag

_ID = re.compile(r"""\sid\s*=\s*["']?(?P<id>[^\s"'>]+)""", re.IGNORECASE)


def anchors_in(markup: Markup) -> frozenset[str]:
    """The anchors of headings, and the ids that tags give."""
    ids = (match["id"] for tag in markup.of(Tag) for match in _ID.finditer(tag.text))
    return frozenset(heading.slug for heading in markup.of(Heading)).union(ids)
