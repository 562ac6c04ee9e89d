"""Puts works into words as pages print them, each work once for all pages of a library."""

from __future__ import annotations

from dataclasses import dataclass

from commonplace.library import Library
from commonplace.model import Reference
from commonplace.pages import markdown
from commonplace.plain_text import title_text
from commonplace.reference_text import (
    addresses,
    all_authors,
    first_year,
    label,
    narrative_label,
    short_authors,
    sort_key,
    venue,
)

_MOST_AUTHORS = 8
"""Authors named in a list of references."""


@dataclass(frozen=True, slots=True)
class Work:
    """The words for a work, in Markdown."""

    label: str
    """As it is cited: `Hu et al., 2021`."""
    narrative: str
    """As it is cited in running text: `Hu et al. (2021)`."""
    title: str
    hint: str
    """The title where it only shows when it is pointed at."""
    before_title: str
    """Who and when, as it stands in a list of references."""
    behind_title: str
    """Where, and the addresses."""
    order: tuple[str, int, str]
    """By what lists of references are sorted."""


class Works:
    """The words for each work that was asked for; they are kept."""

    def __init__(self, library: Library) -> None:
        self._references = library.references
        self._worded: dict[str, Work] = {}

    def get(self, key: str) -> Work | None:
        """The words for the work with this key, if the registry has it."""
        work = self._worded.get(key)
        if not work and (reference := self._references.get(key)):
            work = self._worded[key] = _worded(reference)
        return work

    def __getitem__(self, key: str) -> Work:
        """The words for a work of the registry."""
        work = self.get(key)
        if not work:
            raise KeyError(key)
        return work


def _worded(reference: Reference) -> Work:
    many = len(reference.authors) > _MOST_AUTHORS
    authors = markdown.escape(short_authors(reference) if many else all_authors(reference))
    where = [markdown.escape(venue(reference)), *(markdown.link(*each) for each in addresses(reference))]
    stop = "" if reference.title.endswith(("?", "!")) else "."
    return Work(
        label=markdown.escape(label(reference)),
        narrative=markdown.escape(narrative_label(reference)),
        title=markdown.title(reference.title),
        hint=markdown.escape(title_text(reference.title)),
        before_title=f"{authors}{' ' if authors else ''}({first_year(reference) or 'n.d.'}). ",
        behind_title=f"{stop} {markdown.dotted(where)}",
        order=sort_key(reference),
    )
