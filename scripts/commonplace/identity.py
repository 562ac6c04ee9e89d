"""Decides whether what a registry said of an identifier is about the work that a library takes it for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from commonplace.answers import Answer
from commonplace.likeness import begins, folded_title, is_beginning, likeness, same_person
from commonplace.model import Author, Reference

_UNLIKE = 0.5
"""Likeness below which two titles are of different works, unless an author is shared."""
_NEAR = 70.0
"""Least likeness, of 100, of a title that is named as the closest."""
_PREPRINTS = frozenset({"arxiv", "datacite"})
_BEFORE_PREPRINT, _AFTER_PREPRINT = 1, 5
"""Years by which refs.bib may date a work before or after its preprint: it dates the publication."""
_APART = 2
"""Years by which a publisher may date a work otherwise than refs.bib: online, in print, as proceedings."""
_OTHERS = Author("others")


class Match(StrEnum):
    """Whether an answer is about a work."""

    SAME = "same"
    UNSURE = "unsure"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decision, with its reason in words."""

    match: Match
    reason: str
    closest: str = ""
    """What it is more likely to be: `arXiv:1706.03762`, or a key of refs.bib in quotes."""
    differences: tuple[str, ...] = ()
    """What differs although the work is the same, each in words."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a library says of a work; where only a link names it, the title alone."""

    title: str
    authors: tuple[Author, ...] = ()
    year: int | None = None
    key: str = ""


def work_of(reference: Reference) -> Work:
    """A reference as a work; `and others` is nobody."""
    people = tuple(author for author in reference.authors if author != _OTHERS)
    return Work(reference.title, people, reference.year, reference.key)


@dataclass(frozen=True)
class KnownWorks:
    """The works that can be told from one another: the references, and what registries named."""

    references: Mapping[str, Reference]
    answers: Mapping[str, Answer]

    @cached_property
    def _keys(self) -> Mapping[str, tuple[str, ...]]:
        return _by_title((each.title, each.key) for each in self.references.values())

    @cached_property
    def _identifiers(self) -> Mapping[str, tuple[str, ...]]:
        return _by_title((each.title, each.identifier) for each in self.answers.values())

    def keys(self, title: str) -> tuple[str, ...]:
        """The keys of refs.bib whose works have just this title."""
        return self._keys.get(folded_title(title), ())

    def is_title(self, text: str) -> bool:
        """Whether a text is the title of a known work."""
        return folded_title(text) in self._keys or folded_title(text) in self._identifiers

    def closest(self, answer: Answer, work: Work) -> str:
        """The other identifier that has the work's title, else the other entry that has the answer's."""
        identifiers = (name for name in _like(work.title, self._identifiers) if name != answer.identifier)
        keys = (f"'{key}' in refs.bib" for key in _like(answer.title, self._keys) if key != work.key)
        return next(identifiers, "") or next(keys, "")


def _by_title(pairs: Iterator[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Names by folded title; a work without a title has no part in it."""
    named = defaultdict[str, list[str]](list)
    for title, name in pairs:
        named[folded_title(title)].append(name)
    return {title: tuple(sorted(names)) for title, names in named.items() if title}


def _like(title: str, named: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The names of titles like this one, the likest first."""
    near = process.extract(folded_title(title), list(named), scorer=ratio, score_cutoff=_NEAR, limit=3)
    for found, _, _ in near:
        yield from named[found]


def judge(answer: Answer, work: Work, known: KnownWorks) -> Judgement:
    """Whether `answer` is about `work`; `known` helps to tell it from its neighbours.

    Equal titles are of the same work, and so are two of which one begins the other with three words or
    more. Titles that share less than half, with no author in common, are of different works. Between, the
    first author decides, and the titles of earlier versions; what they cannot decide is unsure.
    """
    titles = _titles(answer)
    if folded_title(work.title) in map(folded_title, titles):
        return Judgement(Match.SAME, "the titles are the same", differences=differences(answer, work))
    if others := known.keys(answer.title) if work.key else ():
        return Judgement(Match.WRONG, "it has the title of another entry", f"'{others[0]}' in refs.bib")
    if any(is_beginning(title, work.title) for title in titles):
        return Judgement(Match.SAME, "one title begins the other", differences=differences(answer, work))
    return _judged_by_authors(answer, work, known)


def _titles(answer: Answer) -> tuple[str, ...]:
    return answer.title, *(version.title for version in answer.versions if version.title)


def _judged_by_authors(answer: Answer, work: Work, known: KnownWorks) -> Judgement:
    alike = max(likeness(title, work.title) for title in _titles(answer)) >= _UNLIKE
    first = _same_first_author(answer, work)
    if first and (alike or begins(answer.title, work.title)):
        reason = "the titles are alike and the first author is the same"
        return Judgement(Match.SAME, reason, differences=differences(answer, work))
    shared = any(same_person(author, name) for author in work.authors for name in answer.authors)
    closest = known.closest(answer, work)
    if not alike and not shared:
        return Judgement(Match.WRONG, "neither title nor authors agree", closest)
    reason = (
        "the titles are alike, the first authors are not" if alike else "an author is shared, the title not"
    )
    return Judgement(Match.UNSURE, reason, closest)


def _same_first_author(answer: Answer, work: Work) -> bool:
    return bool(work.authors and answer.authors) and same_person(work.authors[0], answer.authors[0])


def differences(answer: Answer, work: Work) -> tuple[str, ...]:
    """What the registry says otherwise of a work that is the same: its first author, its year."""
    found: list[str] = []
    if work.authors and answer.authors and not _same_first_author(answer, work):
        found.append(f"{work.authors[0]} comes first here, {answer.authors[0]} there")
    if work.year and answer.year and not _years_agree(answer, work.year):
        found.append(f"it is of {work.year} here, of {answer.year} there")
    return tuple(found)


def _years_agree(answer: Answer, year: int) -> bool:
    later = year - (answer.year or year)
    if answer.registry in _PREPRINTS:
        return -_BEFORE_PREPRINT <= later <= _AFTER_PREPRINT
    return abs(later) <= _APART
