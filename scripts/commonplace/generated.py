"""Names the pages and sections that the site adds to the notes: links lead there, and nobody wrote them."""

from commonplace.model import Kind

PAPERS = "papers/index.md"
TOPICS = "topics/index.md"
PATHS = "paths/index.md"
BIBLIOGRAPHY = "bibliography.md"
OPEN_QUESTIONS = "open.md"
HEALTH = "health.md"
HOME = "index.md"

LISTS = "lists/"
"""The folder of what follows the first page of a list."""
SHELVES = "bibliography/"
"""The folder of the pages that a long bibliography is divided over."""

GENERATED = frozenset({PAPERS, TOPICS, PATHS, BIBLIOGRAPHY, OPEN_QUESTIONS, HEALTH, HOME})
"""Paths as links from notes see them: relative to notes/."""

DEMO = "demo"
CITED_BY = "cited-by"
REFERENCES = "references"
COMPARISON = "comparison"
READING = "reading"
RELATED = "relations"
STEPS = "steps"

SECTIONS = {
    Kind.WORK: frozenset({CITED_BY, REFERENCES}),
    Kind.TOPIC: frozenset({COMPARISON, READING, RELATED}),
    Kind.PATH: frozenset({STEPS}),
    Kind.PAGE: frozenset[str](),
}
"""Anchors of the sections that the site adds to a note's own, by its kind."""


def check_anchor(name: str) -> str:
    """The anchor of a demo's check, in the section that a note on a work has where it has a demo."""
    return f"check-{name}"
