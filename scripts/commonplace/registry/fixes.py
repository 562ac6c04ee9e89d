"""What can be mended without thinking: edits of the files that people own, and their diff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commonplace.answers import Answer
from commonplace.bibliography import REGISTRY
from commonplace.bibtex_text import decode
from commonplace.fmt.rewriting import Rewriting
from commonplace.identifiers import is_doi
from commonplace.identity import KnownWorks, Match, judge, work_of
from commonplace.library import Library
from commonplace.model import Location, Reference, Source
from commonplace.reference_identifiers import named_identifiers
from commonplace.registry.canonical_links import canonical_link
from commonplace.registry.findings import Known
from commonplace.registry.plan import not_ignored
from commonplace.registry.values import Address, Place, Scheme
from commonplace.verdicts import Outcome, Verdict

_BYTE_ORDER_MARK = "\ufeff"
# Addresses come from strangers' servers: nothing in one may end the link, the field or the line it is put in.
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+/(?:[\w.~:/?@!&*+,;=%#-]*[\w/=%-])?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` in place of what stands in a span of a file, whose lines end in a line feed."""

    path: str
    start: int
    end: int
    text: str


def fixes(
    library: Library, addresses: Iterable[Address], known: Known, sources: Mapping[str, Source]
) -> tuple[Edit, ...]:
    """The edits that are safe: moved pages, canonical links, and identifiers that an entry could name.

    `sources` are the files by their path; what stands in others is left alone.
    """
    everything = tuple(not_ignored(addresses, library.settings.links.ignore, library.today))
    edits = {edit for address in everything for edit in _rewritten(address, known, sources)}
    if registry := sources.get(REGISTRY):
        keys = {place.reference for address in everything for place in address.places}
        references = (library.references[key] for key in keys & library.references.keys())
        works = KnownWorks(library.references, known.answers)
        edits |= {edit for each in references for edit in _completed(each, known.answers, works, registry)}
    return tuple(sorted(edits))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A file's text after its edits; of two that overlap, the first is made."""
    pieces, at = list[str](), 0
    for edit in sorted(edits):
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*pieces, text[at:]])


def rewritings(root: Path, edits: Iterable[Edit]) -> tuple[Rewriting, ...]:
    """Each file with its edits made, to be shown as a diff and written; line ends stay what they are."""
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    return tuple(_rewriting(root, path, by_path[path]) for path in sorted(by_path))


def _rewriting(root: Path, path: str, edits: list[Edit]) -> Rewriting:
    before = (root / path).read_bytes().decode("utf-8")
    text = before.removeprefix(_BYTE_ORDER_MARK)
    mark = before[: len(before) - len(text)]
    line_end = "\r\n" if "\r\n" in text else "\n"
    after = edited(text.replace("\r\n", "\n"), edits).replace("\n", line_end)
    return Rewriting(path, root / path, before, mark + after)


def _rewritten(address: Address, known: Known, sources: Mapping[str, Source]) -> Iterator[Edit]:
    """The links to an address in the form that they should have."""
    record = known.history.records.get(address.id) if address.scheme is Scheme.WEB else None
    for place in address.places:
        better = _moved(place.written, record.outcome) if record else canonical_link(place.written)
        source = sources.get(place.location.path)
        if better != place.written and source and _is_safe(better, place):
            yield from _replaced(source, place, better)


def _moved(written: str, outcome: Outcome) -> str:
    """Where a link to a page should lead; to the section that it leads to now."""
    if outcome.verdict is not Verdict.MOVED or not outcome.moved_to:
        return written
    _, sign, anchor = written.partition("#")
    return outcome.moved_to if "#" in outcome.moved_to else f"{outcome.moved_to}{sign}{anchor}"


def _is_safe(address: str, place: Place) -> bool:
    in_registry = place.location.path == REGISTRY
    return bool(_PLAIN_ADDRESS.fullmatch(address)) and (not in_registry or decode(address) == address)


def _replaced(source: Source, place: Place, better: str) -> Iterator[Edit]:
    """The edit of one link, where it stands in its line just as it was read."""
    start = source.offset(place.location)
    line_end = start + len(source.line(place.location.line)) - place.location.column + 1
    at = source.text.find(place.written, start, line_end)
    if at >= 0:
        yield Edit(source.path, at, at + len(place.written), better)


def _completed(
    reference: Reference, answers: Mapping[str, Answer], works: KnownWorks, registry: Source
) -> Iterator[Edit]:
    """The identifiers that an entry could name and does not, before the first that it names."""
    missing: dict[str, str] = {}
    named = tuple(named_identifiers(reference))
    for each in named:
        answer = answers.get(each.identifier.name)
        # Whose identifier it is must be sure before more is built on it.
        if answer and judge(answer, work_of(reference), works).match is Match.SAME:
            missing = {**_named_by(answer), **missing}
    if reference.fields.get("eprint"):
        missing.pop("archiveprefix", None)
    absent = {name: value for name, value in missing.items() if not reference.fields.get(name)}
    if absent:
        yield _inserted(registry, reference.place(named[0].field), absent)


def _named_by(answer: Answer) -> Mapping[str, str]:
    """The fields for the identifier of an answer, and for that of the publication it speaks of."""
    scheme, _, identifier = answer.identifier.partition(":")
    if scheme == "doi":
        return {"doi": identifier}
    fields = {"eprint": identifier, "archiveprefix": "arXiv"}
    is_plain = is_doi(answer.doi) and decode(answer.doi) == answer.doi
    return {**fields, "doi": answer.doi} if is_plain else fields


def _inserted(registry: Source, where: Location, fields: Mapping[str, str]) -> Edit:
    """Fields before the one that stands at `where`, laid out like it."""
    start = registry.offset(where)
    line = registry.line(where.line)
    indent = line[: where.column - 1] if not line[: where.column - 1].strip() else " "
    layout = re.compile(r"\w+\s*").match(line, where.column - 1)
    width = len(layout[0]) if layout else 0
    text = "".join(f"{name:<{width}}= {{{value}}},\n{indent}" for name, value in fields.items())
    return Edit(registry.path, start, start, text)
