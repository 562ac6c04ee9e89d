"""Says what a registry's answer means for the places that name the identifier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commonplace.answers import Answer, Version
from commonplace.claimed_title import TitleLike, names_author, title_like
from commonplace.identity import Judgement, KnownWorks, Match, Work, judge, work_of
from commonplace.model import Diagnostic, Location, Note, Reference
from commonplace.rules import diagnose

_MOST_AUTHORS = 2
_REGISTRIES = {"arxiv": "arXiv", "datacite": "DataCite", "crossref": "Crossref"}


@dataclass(frozen=True, slots=True)
class Use:
    """A place that names an identifier, and what it says of the work."""

    location: Location
    reference: Reference | None = None
    """The entry of refs.bib whose work the identifier is to be."""
    text: str = ""
    """The text of the link, or the title of the note."""
    is_note_title: bool = False


def findings_at(use: Use, answer: Answer, known: KnownWorks) -> Iterator[Diagnostic]:
    """What is wrong at a place, going by the answer on the identifier that it names."""
    if not answer.exists:
        message = (
            f"{registry_name(answer)} has no {answer.identifier}; look the work up and correct the identifier"
        )
        yield diagnose("does-not-exist", use.location, message)
        return
    if answer.title and use.reference:
        yield from _about_reference(use, use.reference, answer, known)
    if answer.title and use.text:
        yield from _about_text(use, answer, known)
    if answer.withdrawn:
        message = f"{answer.identifier} has been withdrawn; say so, or cite what came in its place"
        yield diagnose("withdrawn-work", use.location, message)


def _about_reference(
    use: Use, reference: Reference, answer: Answer, known: KnownWorks
) -> Iterator[Diagnostic]:
    judgement = judge(answer, work_of(reference), known)
    if judgement.match is Match.WRONG:
        message = _wrong(answer, f"'{reference.title}' as '{reference.key}' says", judgement)
        yield diagnose("wrong-paper", use.location, message)
    elif judgement.match is Match.UNSURE:
        message = f"{described(answer)}: {judgement.reason}{_closest(judgement)}; is it '{reference.key}'?"
        yield diagnose("unlike-registry", use.location, message)
    for difference in judgement.differences:
        message = f"{registry_name(answer)} says otherwise of {answer.identifier}: {difference}"
        yield diagnose("unlike-registry", use.location, message)


def _about_text(use: Use, answer: Answer, known: KnownWorks) -> Iterator[Diagnostic]:
    keys = known.keys(use.text)
    # A title that refs.bib knows brings its authors along.
    work = work_of(known.references[keys[0]]) if keys else Work(use.text)
    sure = TitleLike.SURELY if known.is_title(use.text) else title_like(use.text)
    judgement = judge(answer, work, known)
    if sure is TitleLike.NOT or judgement.match is not Match.WRONG or names_author(use.text, answer):
        return
    # A note may be called otherwise than its work; a link that reads like a title is one.
    certain = sure is TitleLike.SURELY and (keys or not use.is_note_title)
    rule = "wrong-paper" if certain else "unlike-registry"
    yield diagnose(rule, use.location, _wrong(answer, f"'{use.text}'", judgement))


def _wrong(answer: Answer, meant: str, judgement: Judgement) -> str:
    return f"{described(answer)}, not {meant}{_closest(judgement)}"


def _closest(judgement: Judgement) -> str:
    return f"; closest match: {judgement.closest}" if judgement.closest else ""


def described(answer: Answer) -> str:
    """What a registry says of an identifier: `arXiv:2106.09685 is 'LoRA' (Edward J. Hu et al., 2021)`."""
    few = answer.authors[:_MOST_AUTHORS]
    more = " et al." if len(answer.authors) > _MOST_AUTHORS else ""
    who = " and ".join(few) if not more else f"{few[0]}{more}"
    about = ", ".join(part for part in (who, str(answer.year or "")) if part)
    return f"{answer.identifier} is '{answer.title}'" + (f" ({about})" if about else "")


def registry_name(answer: Answer) -> str:
    """The registry that answered, as it writes itself."""
    return _REGISTRIES.get(answer.registry, answer.registry)


def latest(answer: Answer) -> Version | None:
    """The newest version of a preprint, where the registry named any."""
    return max(answer.versions, key=lambda version: version.number, default=None)


def missing_version(version: int | None, location: Location, answer: Answer) -> Iterator[Diagnostic]:
    """A version that a place names, and that has not appeared."""
    newest = latest(answer)
    if version and newest and version > newest.number:
        message = (
            f"{registry_name(answer)} has no version {version} of {answer.identifier}; "
            f"the latest is v{newest.number}"
        )
        yield diagnose("does-not-exist", location, message)


def newer_version(note: Note, answer: Answer) -> Iterator[Diagnostic]:
    """The version that has come since the note was written, if its front matter says from which it was."""
    newest = latest(answer)
    if note.front.read and newest and newest.number > note.front.read:
        since = f" of {newest.date}" if newest.date else ""
        message = (
            f"{answer.identifier} has a version {newest.number}{since}; the note was written from "
            f"v{note.front.read}: read what has changed, then write `read: v{newest.number}`"
        )
        yield diagnose("newer-version", note.front.place("read"), message)


def published_since(
    reference: Reference, location: Location, answer: Answer, known: KnownWorks
) -> Iterator[Diagnostic]:
    """Where a preprint has been published, if its registry knows and the reference does not say."""
    fields = reference.fields
    is_news = answer.doi or not (fields.get("journal") or fields.get("booktitle"))
    if fields.get("doi") or not is_news or not (answer.doi or answer.journal):
        return
    if judge(answer, work_of(reference), known).match is not Match.SAME:
        return
    where = f"published in {answer.journal}" if answer.journal else "published"
    offer = f"add doi = {{{answer.doi}}}" if answer.doi else "add its journal"
    message = f"{answer.identifier} has been {where}, says {registry_name(answer)}; {offer}"
    yield diagnose("published-since", location, message)
