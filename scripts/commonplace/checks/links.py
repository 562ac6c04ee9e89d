"""Rules for links from note to note: their targets, and the headings that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.checks.addresses import Target, anchors, local_links
from commonplace.checks.passages import passages
from commonplace.generated import GENERATED
from commonplace.library import Library
from commonplace.markup.headings import anchor
from commonplace.model import Diagnostic, Location, Note, Wikilink
from commonplace.notes import NOTES
from commonplace.rules import diagnose
from commonplace.suggestion import Guesses


def dangling_wikilink(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """dangling-wikilink: where neither a slug nor a title nor an alias is meant."""
    guesses = Guesses(library.names)
    for passage in passages(notes):
        for link in passage.markup.of(Wikilink):
            if link.target.strip() and not library.called(link.target):
                message = f"no note is called '{link.target}'{guesses.for_word(link.target)}"
                yield diagnose("dangling-wikilink", passage.at(link.span.start), message)


def dangling_link(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """dangling-link: to a file that neither stands under notes/ nor is made for the site."""
    guesses = Guesses(library.files)
    for target in local_links(notes):
        if target.path not in library.files and target.path.removeprefix(f"{NOTES}/") not in GENERATED:
            yield diagnose("dangling-link", target.location, _no_file(target, guesses))


def _no_file(target: Target, guesses: Guesses) -> str:
    if not target.written:
        return "the link has no address; write one"
    if target.written.startswith("/"):
        return (
            f"'{target.written}' counts from the root of the host, which is not the book's; write it relative"
        )
    return f"no file {target.path}{guesses.for_word(target.path)}"


def dangling_heading(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """dangling-heading: of wikilinks and of links to notes."""
    pages = _Pages(library)
    for passage in passages(notes):
        for link in passage.markup.of(Wikilink):
            called = library.called(link.target) if link.target.strip() else (passage.note,)
            if link.heading and called:
                where = passage.at(link.span.start)
                yield from pages.fault(called[0].path, anchor(link.heading), where)
    for target in local_links(notes):
        if target.fragment:
            yield from pages.fault(target.path, target.fragment, target.location)


class _Pages:
    """What can be named on the pages of notes; of each note it is found out once, when it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._notes = {note.path: note for note in library.notes}
        self._anchors: dict[str, frozenset[str]] = {}
        self._guesses: dict[str, Guesses] = {}

    def fault(self, path: str, words: str, where: Location) -> Iterator[Diagnostic]:
        """The fault of a link at `where` to a place on the page of the note at `path`, if there is one."""
        note = self._notes.get(path)
        if not note:
            return
        if path not in self._anchors:
            self._anchors[path] = anchors(self._library, note)
            self._guesses[path] = Guesses(self._anchors[path])
        if words not in self._anchors[path]:
            message = f"{path} has no heading '{words}'{self._guesses[path].for_word(words)}"
            yield diagnose("dangling-heading", where, message)
