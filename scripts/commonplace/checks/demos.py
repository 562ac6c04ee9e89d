"""Rules for demos and for the claims that they check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from commonplace.checks.kinds import works
from commonplace.demo import Demo, Finding, Run
from commonplace.library import Library
from commonplace.model import Diagnostic, Location, Note
from commonplace.rules import diagnose
from commonplace.suggestion import did_you_mean

_UNSHOWN = "it does not end with `from commonplace.demos import show` and `show(__file__)`"


def unknown_check(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """unknown-check: at the mark of a claim; what a demo that cannot be read has, nobody knows."""
    for note in works(notes):
        demo = library.demos.get(note.path)
        if demo and demo.fault:
            continue
        for claim in note.markup.claims:
            if claim.check and not (demo and claim.check in demo.by_name):
                where = note.source.at(claim.check_start)
                yield diagnose("unknown-check", where, _unknown(note, claim.check, demo))


def _unknown(note: Note, name: str, demo: Demo | None) -> str:
    if not demo:
        path = f"{note.path.removesuffix('.md')}.py"
        return f"there is no demo {path} that could have a check '{name}'"
    if name in demo.other_functions:
        return f"'{name}' in {demo.path} is no check: a check is public and takes no parameters"
    return f"{demo.path} has no check '{name}'{did_you_mean(name, demo.by_name)}"


def failing_check(library: Library, notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """failing-check: at each claim that names it."""
    claimed = _claimed(notes)
    for demo, finding in _failed(library):
        for where in claimed.get((demo.note, finding.name), ()):
            yield diagnose("failing-check", where, _failure(demo, finding))


def failing_check_of_no_claim(library: Library) -> Iterator[Diagnostic]:
    """failing-check: at the definition of one that no claim names."""
    claimed = _claimed(library.notes)
    for demo, finding in _failed(library):
        if (demo.note, finding.name) not in claimed:
            check = demo.by_name.get(finding.name)
            defined = demo.at(check.line if check else finding.line)
            yield diagnose("failing-check", defined, _failure(demo, finding))


def _failed(library: Library) -> Iterator[tuple[Demo, Finding]]:
    for demo, run in _ran(library):
        yield from ((demo, finding) for finding in run.findings if not finding.passed)


def _failure(demo: Demo, finding: Finding) -> str:
    return f"{finding.name} fails at {demo.path}:{finding.line}: {finding.said}"


def broken_demo(library: Library) -> Iterator[Diagnostic]:
    """broken-demo: at the line that keeps it from running to its end."""
    for demo, run in _ran(library):
        if run.fault:
            yield diagnose("broken-demo", demo.at(run.fault.line), run.fault.message)


def unnamed_check(library: Library) -> Iterator[Diagnostic]:
    """unnamed-check: of demos that lie beside a note; elsewhere there is no claim to name them."""
    claimed = _claimed(library.notes)
    for work in library.works:
        demo = library.demos.get(work.path)
        for check in demo.checks if demo else ():
            if demo and (work.path, check.name) not in claimed:
                message = (
                    f"no claim of {work.path} names it; end the one that it shows with {{check={check.name}}}"
                )
                yield diagnose("unnamed-check", demo.at(check.line), message)


def undescribed_check(library: Library) -> Iterator[Diagnostic]:
    """undescribed-check: of the checks of every demo."""
    for demo in library.demos.values():
        for check in demo.checks:
            if not check.sentence:
                message = f"say in the docstring of {check.name} what it shows, and where the work says so"
                yield diagnose("undescribed-check", demo.at(check.line), message)


def figure_without_alt(library: Library) -> Iterator[Diagnostic]:
    """figure-without-alt: of the drawings of demos."""
    for demo in library.demos.values():
        drawing = demo.drawing
        if drawing and not drawing.alt:
            lacking = "a paragraph on what is drawn and what it shows" if drawing.caption else "a caption"
            message = f"the docstring of figure() lacks {lacking}, for those who cannot see it"
            yield diagnose("figure-without-alt", demo.at(drawing.line), message)


def demo_without_note(library: Library) -> Iterator[Diagnostic]:
    """demo-without-note: of Python files that no note on a work lies beside."""
    beside = {note.path for note in library.works}
    for note, demo in library.demos.items():
        if note not in beside:
            message = f"no note {note} on a work; give both files one name under notes/papers/"
            yield diagnose("demo-without-note", demo.at(1), message)


def unshown_demo(library: Library) -> Iterator[Diagnostic]:
    """unshown-demo: of demos that can be read."""
    for demo in library.demos.values():
        if not demo.fault and not demo.shows:
            yield diagnose("unshown-demo", demo.at(1), _UNSHOWN)


def _claimed(notes: Iterable[Note]) -> Mapping[tuple[str, str], list[Location]]:
    """Where the claims stand that name a check, by the path of their note and its name."""
    found = defaultdict[tuple[str, str], list[Location]](list)
    for note in works(notes):
        for claim in note.markup.claims:
            if claim.check:
                found[note.path, claim.check].append(note.source.at(claim.span.start))
    return dict(found)


def _ran(library: Library) -> Iterator[tuple[Demo, Run]]:
    """The demos of which it is known what they come to."""
    for note, demo in library.demos.items():
        if run := library.runs.get(note):
            yield demo, run
