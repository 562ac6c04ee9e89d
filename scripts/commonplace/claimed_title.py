"""Tells whether the text of a link, or the title of a note, names a work by its title."""

from __future__ import annotations

import re
from enum import IntEnum

from commonplace.answers import Answer
from commonplace.likeness import title_words

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SUBTITLE = re.compile(r"\w: \w")
_SMALL = 3
"""Letters of the words that titles do not capitalize: `of`, `and`, `the`."""
_CAPITALIZED = 3
"""Words from which on a text with capitals throughout reads like a title."""
_PLAIN = 5
"""Words from which on a text that begins like a sentence may be a title."""
# What speaks about a work, or about a part or form of it.
_DESCRIBES = re.compile(
    r"\b(?:abstract|appendix|arxiv|article|blog|chapter|eq|equation|et al|fig|figure|here|homepage|link|page|"
    r"paper|pdf|post|preprint|read|readme|section|see|table|theorem|this|version|website)\b|[§.!?…]\s*$|^\W*\d",
    re.IGNORECASE,
)


class TitleLike(IntEnum):
    """How much a text reads like a title."""

    NOT = 0
    PERHAPS = 1
    SURELY = 2


def title_like(text: str) -> TitleLike:
    """How much `text` reads like the title of a work, judged by its words and capitals alone."""
    words = _WORD.findall(text)
    if len(words) < _CAPITALIZED or _DESCRIBES.search(text):
        return TitleLike.NOT
    if _SUBTITLE.search(text) or all(word[0].isupper() for word in words if len(word) > _SMALL):
        return TitleLike.SURELY
    return TitleLike.PERHAPS if len(words) >= _PLAIN and words[0][0].isupper() else TitleLike.NOT


def names_author(text: str, answer: Answer) -> bool:
    """Whether a text speaks of somebody who wrote the work, so that it need not be a title."""
    words = set(title_words(text))
    return any(title_words(name)[-1:] and title_words(name)[-1] in words for name in answer.authors)
