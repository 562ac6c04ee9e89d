"""Tells whether an identifier in a reading list leads to the work that the list names beside it."""

from __future__ import annotations

from commonplace.answers import Answer
from commonplace.contribute.list_titles import says_something
from commonplace.contribute.registry_words import remarks_on
from commonplace.contribute.work import Work
from commonplace.identity import KnownWorks, Match, judge
from commonplace.identity import Work as Named
from commonplace.likeness import is_beginning, likeness
from commonplace.model import Author

_UNLIKE = 0.5
"""Likeness below which two titles are of different works."""


def are_unlike(one: str, other: str) -> bool:
    """Whether two whole titles are those of different works."""
    whole = says_something(one) and says_something(other)
    return whole and not is_beginning(one, other) and likeness(one, other) < _UNLIKE


def refusal(work: Work, answer: Answer) -> str:
    """Why a work is not taken under its identifier; or empty."""
    if not answer.exists:
        return f"{answer.registry} knows no {answer.identifier}"
    return f"{answer.identifier} is '{answer.title}'" if _match(work, answer) is Match.WRONG else ""


def remarks(work: Work, answer: Answer) -> tuple[str, ...]:
    """What the list's owner should know of a work that was taken."""
    unsure = _match(work, answer) is Match.UNSURE
    return (*remarks_on(work, answer), *([f"the list calls it '{work.title}'"] if unsure else []))


def _match(work: Work, answer: Answer) -> Match:
    # A name, such as `LLaMA`, is no title that could be compared with one.
    if not (says_something(work.title) and answer.title):
        return Match.SAME
    people = tuple(author for author in work.authors if author != Author("others"))
    return judge(answer, Named(work.title, people, work.year), KnownWorks({}, {})).match
