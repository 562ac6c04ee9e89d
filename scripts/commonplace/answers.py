"""What a registry said of an identifier, and when: the values that refs.lock.json keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a preprint; `date` is None where the registry did not say."""

    number: int
    date: dt.date | None
    title: str = ""
    """What the work was called then; empty where the registry did not say."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A registry's word on one identifier. Texts are as the registry gave them, white space folded."""

    identifier: str
    """`arXiv:2106.09685` without a version, or `doi:10.1038/nature14539` in lower case."""
    registry: str
    """Who said it: `arxiv`, `datacite`, `crossref` or `doi.org`."""
    asked: dt.date
    """The day of the answer, in UTC."""
    exists: bool
    title: str = ""
    authors: tuple[str, ...] = ()
    """Names in the order of the work, as `Given Family`."""
    year: int | None = None
    """The year in which the work first appeared, as the registry dates it."""
    versions: tuple[Version, ...] = ()
    """The versions that the registry named, by number; the last is the latest."""
    withdrawn: bool = False
    doi: str = ""
    """The publisher's DOI of a preprint."""
    journal: str = ""
    """Where a preprint was published, in the registry's words."""
