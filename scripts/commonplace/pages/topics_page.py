"""The page of all topics, each with how its works are named."""

from __future__ import annotations

from commonplace.generated import TOPICS
from commonplace.library import Library
from commonplace.pages import markdown
from commonplace.pages.page import Page
from commonplace.pages.pager import first
from commonplace.pages.prose import Prose

_NAMES = 2000
"""Names on the page, divided among the topics."""


def topics_page(library: Library) -> Page:
    """Every topic with the works in it, in their reading order."""
    prose = Prose(library, TOPICS)
    parts = [
        markdown.sections(
            f"## {prose.named(topic)} {{#{topic.slug}}}",
            markdown.dotted(first([*map(prose.named, library.in_topic(topic.slug))], _most(library))),
        )
        for topic in sorted(library.topics.values(), key=library.title)
    ]
    content = markdown.sections("# Topics {.title}", *parts)
    return Page(TOPICS, "Topics", content, "Every topic and its notes.", {"kind": "index"})


def _most(library: Library) -> int:
    """How many of its works a topic names here; its own page has them all."""
    return max(3, _NAMES // max(len(library.topics), 1))
