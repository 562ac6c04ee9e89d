"""Writes what changed for readers as Markdown, for the summary of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commonplace.changed_book import ChangedBook, NewClaim
from commonplace.claim_standing import claims_in_words
from commonplace.demo import Demo
from commonplace.library import Library
from commonplace.model import Note, Reference
from commonplace.plain_text import title_text
from commonplace.reference_text import label
from commonplace.report.text import counted

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$@&])")
_MOST = 100
"""Lines of one section: a summary that is longer is not read."""


def summary(book: ChangedBook) -> str:
    """A section for each sort of change; one sentence where nothing changed."""
    sections = [section for section in _sections(book) if section]
    return "\n\n".join(["## What changes for readers", *(sections or ["Nothing in notes or references."])])


def _sections(book: ChangedBook) -> Iterator[str]:
    yield _section("Notes added", [_note(book.after, note) for note in book.added])
    yield _section("Notes finished", [_note(book.after, note) for note in book.finished])
    yield _section("Notes changed", [_note(book.after, note) for note in book.changed])
    yield _section("Notes removed", [_plain(name) for name in book.removed])
    yield _section("Demos added or changed", [_demo(book.after, demo) for demo in book.demos])
    yield _section("References added", list(map(_reference, book.references)))
    yield _section("Claims added to notes that were there", list(map(_claim, book.claims)))


def _section(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [f"and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return "\n".join(
        [f"### {heading} ({len(lines)})", "", *(f"- {line}" for line in [*lines[:_MOST], *more])]
    )


def _note(library: Library, note: Note) -> str:
    state = ", a stub" if library.is_stub(note) else ""
    claims = claims_in_words(library, note)
    return f"**{_plain(library.name(note))}** (`{note.path}`{state}{f', {claims}' if claims else ''})"


def _demo(library: Library, demo: Demo) -> str:
    run = library.runs.get(demo.note)
    red = sum(not finding.passed for finding in run.findings) if run else 0
    stopped = ", not run to its end" if run and run.fault else ""
    return f"`{demo.path}` ({counted(len(demo.checks), 'check')}{f', {red} red' if red else ''}{stopped})"


def _reference(reference: Reference) -> str:
    return f"`{reference.key}`: {_plain(label(reference))}, {_plain(title_text(reference.title))}"


def _claim(claim: NewClaim) -> str:
    place = f" ({_plain(claim.locator)})" if claim.locator else ""
    return f"{_plain(claim.note)}: {_plain(claim.text)}{place}"


def _plain(text: str) -> str:
    """Text from people as one line that no sign of Markdown or HTML changes."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
