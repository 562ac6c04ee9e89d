"""The command that asks the registries and the web about a library's links."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from commonplace.bibliography import REGISTRY
from commonplace.changes import ChangesUnknownError, changed_files
from commonplace.command_line import (
    FINDINGS,
    UNVERIFIED,
    CouldNotRunError,
    in_form,
    in_library,
    since_base,
    strictly,
    with_hints,
)
from commonplace.files import read_text
from commonplace.library import Library, load_library
from commonplace.lock_file import UnreadableLockError, read_lock
from commonplace.model import Source
from commonplace.past_library import library_at_fork
from commonplace.registry.addresses import SITE_FILE
from commonplace.registry.fixes import Edit, fixes, rewritings
from commonplace.registry.scope import Branch, Checked, Scope, UnreachableError, changed_keys, scope_of
from commonplace.registry.values import Scheme
from commonplace.report import FORMATS, Outcome, render
from commonplace.report.link_plan import planned
from commonplace.report.progress import progressing
from commonplace.report.terminal import show
from commonplace.report.text import counted
from commonplace.settling import settled

_DEADLINE = 1800.0
_BUILD_DEADLINE = 60.0
"""Seconds that a build may spend on links; what is left over is asked by the next one."""


@click.command()
@in_library
@click.option("--dry-run", is_flag=True, help="Show what would be asked, and ask nothing.")
@strictly
@with_hints
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, and show it as a diff.")
@click.option("--archive", is_flag=True, help="Look for a copy of each dead page in the Wayback Machine.")
@since_base("Ask only for what")
@in_form
@click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=_DEADLINE,
    show_default=True,
    metavar="SECONDS",
    help="Stop asking after so long; what was answered is kept.",
)
@click.pass_context
def links(
    context: click.Context,
    root: Path,
    dry_run: bool,
    strict: bool,
    hints: bool,
    fix: bool,
    archive: bool,
    base: str | None,
    form: str,
    deadline: float,
) -> None:
    """Asks arXiv, the DOI registries and the web whether each link leads where it should.

    What the registries answer is kept in refs.lock.json. Exits with 0 where all is well, with 1 where there
    is something to mend, with 2 where it could not run, with 3 where nothing could be reached.
    """
    library = load_library(root, _now().date())
    scope = scope_of(library, _now(), _branch(library, base))
    if dry_run:
        show(planned(scope.plan, library.settings.links))
        return
    checked = _checked(context, scope, deadline, archive)
    if fix:
        checked = _fixed(checked, base, form)
    outcome = Outcome(settled(checked.scope.library, checked.diagnostics), _extent(checked.scope))
    show(render(outcome, form, hints=hints))
    context.exit(0 if outcome.is_clean(strict=strict) else FINDINGS)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _branch(library: Library, base: str | None) -> Branch | None:
    """What the branch touches; None where the whole library is meant."""
    if base is None:
        return None
    try:
        files = changed_files(library.root, base or None)
        if REGISTRY not in files:
            return Branch(files)
        before = library_at_fork(library.root, base or None, library.today)
    except ChangesUnknownError as fault:
        raise CouldNotRunError(str(fault)) from None
    return Branch(files, changed_keys(before, library))


def _checked(context: click.Context, scope: Scope, deadline: float, archive: bool) -> Checked:
    if faults := read_lock(scope.library.root).diagnostics:
        raise CouldNotRunError(f"{faults[0].location}: {faults[0].message}")
    try:
        checked = _asked(scope, deadline, archive)
    except UnreadableLockError as fault:
        raise CouldNotRunError(str(fault)) from None
    except UnreachableError as fault:
        click.echo(f"Nothing could be reached, so nothing was recorded: {fault}", err=True)
        context.exit(UNVERIFIED)
    _tell_unchecked(len(checked.unchecked), "the time was up")
    return checked


def _asked(scope: Scope, deadline: float, archive: bool) -> Checked:
    from commonplace.registry.asking import asker  # loads what few commands need
    from commonplace.registry.check import check_links

    library = scope.library
    with progressing("Asking", scope.to_ask) as watch:
        by = asker(library.root, library.settings)
        return check_links(scope, by, seconds=deadline, archive=archive, watch=watch)


def _tell_unchecked(number: int, why: str) -> None:
    if number:
        click.echo(f"{counted(number, 'link')} went unchecked: {why}", err=True)


def show_links(library: Library) -> None:
    """Says beside a build what is wrong with the links, as far as the network answers; it stops nothing."""
    scope = scope_of(library, _now())
    try:
        checked = _asked(scope, _BUILD_DEADLINE, archive=False)
    except (UnreachableError, UnreadableLockError) as fault:
        _tell_unchecked(scope.to_ask, str(fault))
        return
    _tell_unchecked(len(checked.unchecked), "the time was up")
    outcome = Outcome(settled(library, checked.diagnostics), _extent(scope))
    show(render(outcome, FORMATS[0], hints=False))


def _fixed(checked: Checked, base: str | None, form: str) -> Checked:
    """The check as it stands after safe fixes, which are written and shown."""
    library = checked.scope.library
    needed = [each for each in rewritings(library.root, _edits(checked)) if each.is_needed]
    for each in needed:
        _show_diff(each.diff().removesuffix("\n"), form)
        each.write()
    if not needed:
        return checked
    mended = load_library(library.root, library.today)
    return Checked(scope_of(mended, _now(), _branch(mended, base)), checked.known)


def _show_diff(diff: str, form: str) -> None:
    if form == FORMATS[0]:
        show(diff)
    else:
        # A program that reads the report wants nothing else there.
        click.echo(diff, err=True)


def _edits(checked: Checked) -> tuple[Edit, ...]:
    library = checked.scope.library
    others = (read_text(library.root, path) for path in (REGISTRY, SITE_FILE))
    sources = [
        *(note.source for note in library.notes),
        *(each for each in others if isinstance(each, Source)),
    ]
    return fixes(library, checked.scope.chosen, checked.known, {each.path: each for each in sources})


def _extent(scope: Scope) -> dict[str, int]:
    pages = sum(address.scheme is Scheme.WEB for address in scope.chosen)
    return {"identifier": len(scope.chosen) - pages, "page": pages}
