"""Says what the answers and outcomes mean, at every place that holds the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from commonplace.answer_findings import (
    Use,
    findings_at,
    missing_version,
    newer_version,
    published_since,
)
from commonplace.answers import Answer
from commonplace.identifiers import BadIdentifierError
from commonplace.identity import KnownWorks
from commonplace.library import Library
from commonplace.link_history import History, Record
from commonplace.model import Diagnostic
from commonplace.reference_identifiers import identifier_of, named_identifiers
from commonplace.registry.canonical_links import canonical_link
from commonplace.registry.plan import covers, not_ignored
from commonplace.registry.values import Address, Place, Scheme
from commonplace.registry.written_addresses import in_prose
from commonplace.rules import diagnose
from commonplace.verdicts import Outcome, Verdict


@dataclass(frozen=True)
class Known:
    """All that is known after a run: what registries answered, what pages did, and who kept silent."""

    answers: Mapping[str, Answer]
    history: History
    unanswered: Mapping[str, Outcome] = field(default_factory=dict)
    """By its name, what came of asking for an identifier whose registry gave no answer."""


def findings(library: Library, addresses: Iterable[Address], known: Known) -> tuple[Diagnostic, ...]:
    """What is wrong with the addresses that no setting ignores, at each of their places, in order."""
    works = KnownWorks(library.references, known.answers)
    heeded = not_ignored(addresses, library.settings.links.ignore, library.today)
    return tuple(sorted({found for address in heeded for found in _about(library, address, known, works)}))


def ignore_findings(library: Library, addresses: Iterable[Address]) -> Iterator[Diagnostic]:
    """Settings that ignore nothing, or no longer hold; `addresses` are all that the library has."""
    everything = tuple(addresses)
    for ignore in library.settings.links.ignore:
        if ignore.has_expired(library.today):
            message = f"'{ignore.pattern}' was ignored until {ignore.until}, because {ignore.reason}"
            yield diagnose("ignored-link-expired", ignore.location, f"{message}; look at it again")
        elif not any(covers(ignore, address) for address in everything):
            message = f"no address fits '{ignore.pattern}'; remove it from `ignore`"
            yield diagnose("ignored-link-unused", ignore.location, message)


def _about(library: Library, address: Address, known: Known, works: KnownWorks) -> Iterator[Diagnostic]:
    yield from _uncanonical(address)
    if address.fault:
        yield from _unsound(address)
    elif address.scheme is Scheme.WEB:
        if record := known.history.records.get(address.id):
            yield from _about_page(address, record)
    elif answer := known.answers.get(address.name):
        yield from _about_work(library, address, answer, works)
    elif outcome := known.unanswered.get(address.name):
        rule = "blocked-link" if outcome.verdict is Verdict.BLOCKED else "unsure-link"
        yield from _everywhere(address, rule, f"{address.name} could not be looked up: {outcome.reason}")


def _everywhere(address: Address, rule: str, message: str) -> Iterator[Diagnostic]:
    for place in address.places:
        yield diagnose(rule, place.location, message)


def _unsound(address: Address) -> Iterator[Diagnostic]:
    rule = "broken-link" if address.scheme is Scheme.WEB else "does-not-exist"
    for place in address.places:
        yield diagnose(rule, place.location, f"'{place.written}' leads nowhere: {address.fault}")


def _uncanonical(address: Address) -> Iterator[Diagnostic]:
    for place in address.places:
        if (canonical := canonical_link(place.written)) != place.written:
            message = f"{place.written} is an unusual form of {canonical}"
            yield diagnose("uncanonical-link", place.location, message)


_PAGE_RULES = {
    Verdict.MOVED: "moved-link",
    Verdict.BROKEN: "broken-link",
    Verdict.BLOCKED: "blocked-link",
    Verdict.UNSURE: "unsure-link",
    Verdict.SUSPECT: "suspect-link",
}


def _about_page(address: Address, record: Record) -> Iterator[Diagnostic]:
    outcome = record.outcome
    if record.is_lasting:
        reason = f"no answer in three runs at least a day apart, the last time: {outcome.reason}"
        yield from _everywhere(address, "broken-link", f"{address.id}: {reason}{_copy(outcome)}")
    elif rule := _PAGE_RULES.get(outcome.verdict):
        target = f" to {outcome.moved_to}" if outcome.moved_to else ""
        reason = f"permanently moved{target}" if outcome.verdict is Verdict.MOVED else outcome.reason
        yield from _everywhere(address, rule, f"{address.id}: {reason}{_copy(outcome)}")
    for anchor in outcome.missing:
        for place in address.places:
            if place.written.endswith(f"#{anchor}"):
                message = f"{address.id} has no section '#{anchor}'; the page itself answers"
                yield diagnose("missing-anchor", place.location, message)


def _copy(outcome: Outcome) -> str:
    return f"; an archive has a copy: {outcome.archived}" if outcome.archived else ""


def _about_work(
    library: Library, address: Address, answer: Answer, works: KnownWorks
) -> Iterator[Diagnostic]:
    for place in address.places:
        reference = library.references.get(place.reference)
        use = Use(place.location, reference, place.claims, is_note_title=not place.written)
        yield from findings_at(use, answer, works)
        yield from missing_version(place.version, place.location, answer)
        yield from _contradiction(place, address)
    for key in sorted({place.reference for place in address.places} & library.references.keys()):
        yield from _about_entry(library, key, answer, works)


def _contradiction(place: Place, address: Address) -> Iterator[Diagnostic]:
    """A link whose text is one identifier, and whose address is another of the same kind."""
    prefix = f"{address.scheme}:"
    others = {name for name in _named(place.claims) if name.casefold().startswith(prefix)}
    if others and address.name not in others:
        message = f"the link says {min(others)} and leads to {address.name}"
        yield diagnose("wrong-paper", place.location, message)


def _named(text: str) -> Iterator[str]:
    """The names of the identifiers that a text speaks of."""
    for found in in_prose(text):
        with suppress(BadIdentifierError):
            if identifier := identifier_of(found.written):
                yield identifier.name


def _about_entry(library: Library, key: str, answer: Answer, works: KnownWorks) -> Iterator[Diagnostic]:
    """What an answer tells an entry of refs.bib, and the note on it, besides whether it is the right one."""
    reference = library.references[key]
    for named in named_identifiers(reference):
        if named.identifier.name == answer.identifier:
            yield from published_since(reference, reference.place(named.field), answer, works)
    if note := library.note_on(key):
        yield from newer_version(note, answer)
