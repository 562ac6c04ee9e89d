"""Checks a library: the whole, or only notes with other words than before, where nothing else has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from hashlib import blake2b

from commonplace.checks.lock import are_mentioned_alike, mentions
from commonplace.checks.run import found_in, found_of_whole
from commonplace.checks.silences import unused_silence
from commonplace.collector import uncollected
from commonplace.cores import beside, over_cores
from commonplace.library import Library
from commonplace.model import Diagnostic
from commonplace.settling import settled
from commonplace.suggestion import MOST

_OF_NO_RULE = frozenset({"root", "shelves", "visits"})
_ALWAYS_ANEW = frozenset({"silences", "diagnostics"})
"""What comes with the library, and is joined to what the rules found at each check."""


@dataclass(frozen=True)
class Known:
    """What the rules found in a library, before silences and settings, and on what that depends."""

    rest: str = ""
    """The digest of all that findings can depend on, but the words of notes."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The digest of the text of each note, by its path."""
    in_notes: frozenset[Diagnostic] = frozenset()
    of_whole: frozenset[Diagnostic] = frozenset()
    mentions: Mapping[str, str] = field(default_factory=dict)
    """Where identifiers are written that no reference names."""


@dataclass(frozen=True)
class Checked:
    """What a check came to: what is wrong, and what the next check may take over."""

    findings: tuple[Diagnostic, ...]
    """In the order of files and lines, each fault once."""
    known: Known


def check(library: Library) -> tuple[Diagnostic, ...]:
    """Everything that is wrong in a library, in the order of files and lines, each fault once."""
    return check_again(library, Known()).findings


def check_again(library: Library, last: Known, processes: int = 1) -> Checked:
    """What `check` finds, for less where only the words of some notes are other than at the `last` check.

    A whole check is divided over so many processes. More than one are for callers without other threads.
    """
    with uncollected():
        rest = _rest(library)
        known = (_after_words(library, last) if rest == last.rest else None) or _whole(
            library, rest, processes
        )
        found = {*library.diagnostics, *known.in_notes, *known.of_whole}
        found.update(unused_silence(library, tuple(found)))
        return Checked(tuple(sorted(settled(library, found))), known)


def _whole(library: Library, rest: str, processes: int) -> Known:
    with beside(partial(found_of_whole, library), processes) as of_whole:
        return Known(
            rest=rest,
            texts={note.path: note.outline.text for note in library.notes},
            in_notes=_in_all_notes(library, processes),
            of_whole=of_whole(),
            mentions=mentions(library),
        )


def _in_all_notes(library: Library, processes: int) -> frozenset[Diagnostic]:
    found = frozenset(over_cores(library.notes, partial(found_in, library), processes))
    # How many guesses each process made must not show in what is said.
    return found_in(library, library.notes) if processes > 1 and _is_crowded(found) else found


def _after_words(library: Library, last: Known) -> Known | None:
    """What is known once the notes with other words were asked about; None where that is not enough."""
    notes = [note for note in library.notes if note.outline.text != last.texts.get(note.path)]
    changed = {note.path: note.outline.text for note in notes}
    others = frozenset(fault for fault in last.in_notes if fault.location.path not in changed)
    in_notes = others | found_in(library, notes)
    if _is_crowded(last.in_notes) or _is_crowded(in_notes) or not are_mentioned_alike(last.mentions, notes):
        return None
    return replace(last, texts={**last.texts, **changed}, in_notes=in_notes)


def _is_crowded(found: frozenset[Diagnostic]) -> bool:
    """Whether a rule may have run out of guesses, so that what it says of one note hangs on the others."""
    return max(Counter(fault.rule for fault in found).values(), default=0) >= MOST


def _rest(library: Library) -> str:
    """The digest of the library without the words of its notes; whatever else it will hold has part in it."""
    name = blake2b(digest_size=16)
    for part in _parts(library):
        name.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return name.hexdigest()


def _parts(library: Library) -> Iterator[str]:
    apart = _OF_NO_RULE | _ALWAYS_ANEW | {"notes", "references", "files", "demos", "runs"}
    yield repr({each.name: getattr(library, each.name) for each in fields(library) if each.name not in apart})
    yield "\n".join(sorted(library.files))
    for note in library.notes:
        yield f"{note.path} {note.outline.bearing}"
    for reference in library.references.values():
        yield f"{reference.location} {reference.told}"
    for demo in library.demos.values():
        yield f"{demo.path} {demo.source.text}"
    for path, run in library.runs.items():
        # Pictures are large and no rule looks at them; how long a check took, is never twice the same.
        told = [(each.name, each.passed, each.said, each.line) for each in run.findings]
        yield repr((path, told, run.fault))
