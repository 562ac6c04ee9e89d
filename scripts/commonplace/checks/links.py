"""Rules for links from note to note: their targets, and the headings that they name."""

from __future__ import annotations

from collections.abc import Iterator

from commonplace.checks.addresses import Target, anchors, local_links
from commonplace.checks.passages import passages
from commonplace.generated import GENERATED
from commonplace.library import Library
from commonplace.markup.headings import anchor
from commonplace.model import Diagnostic, Heading, Location, Note, Wikilink
from commonplace.notes import NOTES
from commonplace.rules import diagnose
from commonplace.suggestion import did_you_mean


def dangling_wikilink(library: Library) -> Iterator[Diagnostic]:
    """dangling-wikilink."""
    for passage in passages(library):
        for link in passage.markup.of(Wikilink):
            if link.target.strip() and not library.called(link.target):
                message = f"no note is called '{link.target}'{did_you_mean(link.target, library.names)}"
                yield diagnose("dangling-wikilink", passage.at(link.span.start), message)


def dangling_link(library: Library) -> Iterator[Diagnostic]:
    """dangling-link: to a file that neither stands under notes/ nor is made for the site."""
    for target in local_links(library):
        if target.path not in library.files and target.path.removeprefix(f"{NOTES}/") not in GENERATED:
            yield diagnose("dangling-link", target.location, _no_file(target, library))


def _no_file(target: Target, library: Library) -> str:
    if not target.written:
        return "the link has no address; write one"
    if target.written.startswith("/"):
        return (
            f"'{target.written}' counts from the root of the host, which is not the book's; write it relative"
        )
    guess = did_you_mean(target.path, library.files)
    return f"no file {target.path}{guess}"


def dangling_heading(library: Library) -> Iterator[Diagnostic]:
    """dangling-heading: of wikilinks and of links to notes."""
    by_path = {note.path: note for note in library.notes}
    for passage in passages(library):
        for link in passage.markup.of(Wikilink):
            called = library.called(link.target) if link.target.strip() else (passage.note,)
            if link.heading and called and anchor(link.heading) not in anchors(called[0]):
                yield _no_heading(link.heading, called[0], passage.at(link.span.start))
    for target in local_links(library):
        note = by_path.get(target.path)
        if note and target.fragment and target.fragment not in anchors(note):
            yield _no_heading(target.fragment, note, target.location)


def _no_heading(words: str, note: Note, where: Location) -> Diagnostic:
    known = [heading.slug for heading in note.markup.of(Heading)]
    return diagnose(
        "dangling-heading", where, f"{note.path} has no heading '{words}'{did_you_mean(anchor(words), known)}"
    )
