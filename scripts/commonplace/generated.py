"""Names the pages that the site adds to the notes: links lead to them although no file stands there."""

PAPERS = "papers/index.md"
TOPICS = "topics/index.md"
BIBLIOGRAPHY = "bibliography.md"
OPEN_QUESTIONS = "open.md"
HEALTH = "health.md"
HOME = "index.md"

GENERATED = frozenset({PAPERS, TOPICS, BIBLIOGRAPHY, OPEN_QUESTIONS, HEALTH, HOME})
"""Paths as links from notes see them: relative to notes/."""
