"""Finds the answers that a preprint's first title may settle: many change their titles on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commonplace.answers import Answer
from commonplace.identity import KnownWorks, Match, judge, work_of
from commonplace.library import Library
from commonplace.registry.findings import Known
from commonplace.registry.values import Address, Scheme


def in_doubt(library: Library, addresses: Iterable[Address], known: Known) -> Iterator[Answer]:
    """Answers on preprints that have changed, and that are not surely about the references that name them."""
    works = KnownWorks(library.references, known.answers)
    for address in addresses:
        answer = known.answers.get(address.name) if address.scheme is Scheme.ARXIV else None
        if answer and len(answer.versions) > 1 and not answer.versions[0].title:
            keys = {place.reference for place in address.places} & library.references.keys()
            works_named = (work_of(library.references[key]) for key in keys)
            if any(judge(answer, work, works).match is not Match.SAME for work in works_named):
                yield answer
