"""The page of all topics, each with how its works are named."""

from __future__ import annotations

from commonplace.generated import TOPICS
from commonplace.library import Library
from commonplace.pages import markdown
from commonplace.pages.page import Page
from commonplace.pages.prose import Prose


def topics_page(library: Library) -> Page:
    """Every topic with the works in it, in their reading order."""
    prose = Prose(library, TOPICS)
    parts = [
        markdown.sections(
            f"## {prose.named(topic)} {{: #{topic.slug} }}",
            markdown.dotted(map(prose.named, library.in_topic(topic.slug))),
        )
        for topic in sorted(library.topics.values(), key=library.title)
    ]
    content = markdown.sections("# Topics {: .title }", *parts)
    return Page(TOPICS, "Topics", content, "Every topic and its notes.", {"kind": "index"})
