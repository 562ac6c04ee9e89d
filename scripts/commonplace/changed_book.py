"""Compares two states of a library: what the later one gives its readers that the earlier did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from commonplace.demo import Demo
from commonplace.library import Library
from commonplace.model import Claim, Kind, Note, Reference
from commonplace.plain_text import plain_text


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim that was not made before: the note that makes it, what it says, and its place in the work."""

    note: str
    text: str
    locator: str


@dataclass(frozen=True)
class ChangedBook:
    """What changed for readers. Notes are by the name that the text of other notes calls them, in order."""

    after: Library
    added: tuple[Note, ...]
    finished: tuple[Note, ...]
    """Notes that were stubs."""
    changed: tuple[Note, ...]
    """Other notes that say something else."""
    removed: tuple[str, ...]
    references: tuple[Reference, ...]
    """References that were not there."""
    claims: tuple[NewClaim, ...]
    """New claims of notes that were there before; those of a new note come with it."""
    demos: tuple[Demo, ...]
    """Demos that were not there, or had other code."""


def changed_book(before: Library, after: Library) -> ChangedBook:
    """What is new, finished, changed and gone. A note that only moved is told by its work."""
    earlier = {_identity(note): note for note in before.notes}
    later = {_identity(note): note for note in after.notes}
    both = [(earlier[name], note) for name, note in later.items() if name in earlier]
    finished = tuple(note for old, note in both if before.is_stub(old) and not after.is_stub(note))
    return ChangedBook(
        after=after,
        added=tuple(note for name, note in later.items() if name not in earlier),
        finished=finished,
        changed=tuple(n for old, n in both if n.source.text != old.source.text and n not in finished),
        removed=tuple(before.name(note) for name, note in earlier.items() if name not in later),
        references=tuple(ref for key, ref in after.references.items() if key not in before.references),
        claims=tuple(claim for old, note in both for claim in _new_claims(before, old, after, note)),
        demos=tuple(demo for demo in after.demos.values() if _code(demo, before) != demo.source.text),
    )


def _code(demo: Demo, before: Library) -> str:
    earlier = before.demos.get(demo.note)
    return earlier.source.text if earlier else ""


def _identity(note: Note) -> tuple[Kind, str]:
    return note.kind, note.front.ref or note.path


def _new_claims(before: Library, old: Note, after: Library, note: Note) -> Iterator[NewClaim]:
    known = _claims(before, old)
    for text, claim in _claims(after, note).items():
        if text not in known:
            locator = ", ".join(cite.locator for cite in claim.cites if cite.locator)
            yield NewClaim(after.name(note), text, locator)


def _claims(library: Library, note: Note) -> Mapping[str, Claim]:
    return {plain_text(library, note, claim.text): claim for claim in note.markup.claims}
