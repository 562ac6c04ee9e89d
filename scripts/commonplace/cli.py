"""The door for people at a terminal and for CI: the commands, each handed to the room that does the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click

from commonplace import cli_demos
from commonplace.bibliography import REGISTRY
from commonplace.changes import ChangesUnknownError, changed_files
from commonplace.checks import check_again
from commonplace.collector import seldom_collected
from commonplace.command_line import (
    FINDINGS,
    Commands,
    CouldNotRunError,
    in_form,
    in_library,
    since_base,
    strictly,
    with_hints,
)
from commonplace.fmt.rewriting import canonical_files, rewritings
from commonplace.kept_check import check_kept, read_known
from commonplace.library import Library, load_kept, load_library
from commonplace.model import Diagnostic
from commonplace.notes import NOTES
from commonplace.report import FORMATS, Outcome, render, site_build
from commonplace.report.progress import watching
from commonplace.report.rule_text import explained, listed
from commonplace.report.terminal import show, working
from commonplace.report.text import counted
from commonplace.rules import catalogue
from commonplace.settings import SETTINGS_FILE
from commonplace.suggestion import did_you_mean


def _about_links() -> Iterable[click.Command]:
    from commonplace.cli_links import links

    return (links,)


def _for_contributors() -> Iterable[click.Command]:
    from commonplace.cli_contribute import commands

    return commands


_ELSEWHERE = {
    "links": _about_links,
    **dict.fromkeys(("new", "import", "schema", "changes"), _for_contributors),
}


@click.group(cls=Commands, elsewhere=_ELSEWHERE, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="commonplace")
def main() -> None:
    """Keeps a library of reading notes true: checks it, puts it into form, builds its site."""
    seldom_collected()


@main.command()
@in_library
@in_form
@since_base("Report only on files that")
@strictly
@with_hints
@click.pass_context
def check(context: click.Context, root: Path, form: str, base: str | None, strict: bool, hints: bool) -> None:
    """Checks the library without asking the web.

    Exits with 0 where it is clean, with 1 where there is something to mend, with 2 where it could not run.
    """
    library, outcome = _checked(root)
    if base is not None:
        changed = _changed(root, base)
        outcome = outcome.within(changed, cli_demos.beside(library, changed))
    show(render(outcome, form, hints=hints))
    context.exit(0 if outcome.is_clean(strict=strict) else FINDINGS)


def _checked(root: Path) -> tuple[Library, Outcome]:
    with working("Reading the library"):
        library = load_kept(root, dt.date.today())
    library = cli_demos.up_to_date(library)
    with working("Checking the library"):
        return library, _outcome(library, check_kept(library).findings)


def _outcome(library: Library, findings: tuple[Diagnostic, ...]) -> Outcome:
    extent = {"note": len(library.notes), "reference": len(library.references)}
    return Outcome(findings, extent)


def _changed(root: Path, base: str) -> frozenset[str]:
    """The files of the library that the branch touches."""
    try:
        touched = changed_files(root, base or None)
    except ChangesUnknownError as fault:
        raise CouldNotRunError(str(fault)) from None
    return frozenset(path for path in touched if path.split("/")[0] in (REGISTRY, SETTINGS_FILE, NOTES))


@main.command()
@in_library
@click.option("--strict", is_flag=True, help="Let warnings stop the build as well.")
@click.option("--offline", is_flag=True, envvar="COMMONPLACE_OFFLINE", help="Ask nothing about links.")
@click.option("--shard", metavar="I/N", help="Build the I-th of N parts of the site; `join` makes them one.")
@click.option("--profile", "profiled", is_flag=True, help="Say where the time went.")
@click.pass_context
def build(
    context: click.Context, root: Path, strict: bool, offline: bool, shard: str | None, profiled: bool
) -> None:
    """Checks the library and, as far as the network answers, its links; then builds its site.

    Where the check finds something to mend, or the build fails, the last site is left as it was. What is
    wrong with links is said, and stops nothing: that is what `commonplace links` is for.
    """
    library, outcome = _checked(root)
    show(render(outcome, FORMATS[0], hints=False))
    if not outcome.is_clean(strict=strict):
        click.echo("The site was not built. `commonplace serve` shows the library as it is.", err=True)
        context.exit(FINDINGS)
    if not offline:
        from commonplace.cli_links import show_links

        show_links(library)
    from commonplace import site  # MkDocs takes longer to load than most commands take to run

    try:
        with watching("Rendering") as watch:
            built = site.build(library, watch, site.parse_shard(shard) if shard else site.WHOLE)
    except site.SiteError as fault:
        raise CouldNotRunError(str(fault)) from None
    click.echo(
        site_build.built(_relative(built.folder, root), len(built.change.written), len(built.change.removed)),
        err=True,
    )
    if profiled:
        show(site_build.profile(built.seconds, built.whole))


@main.command()
@in_library
@click.argument(
    "folders", type=click.Path(exists=True, file_okay=False, path_type=Path), nargs=-1, required=True
)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default="site", show_default=True)
def join(root: Path, folders: tuple[Path, ...], into: Path) -> None:
    """Makes one site of the parts that `build --shard` left in FOLDERS."""
    from commonplace import site

    try:
        files = site.join(folders, into)
    except site.SiteError as fault:
        raise CouldNotRunError(str(fault)) from None
    click.echo(f"{into}/ is the site: {counted(files, 'file')} written", err=True)


def _relative(folder: Path, root: Path) -> str:
    """A folder as seen from the library, where it lies below it."""
    return str(folder.relative_to(root) if folder.is_relative_to(root) else folder)


@main.command()
@in_library
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to show it.")
def serve(root: Path, address: str) -> None:
    """Shows the site at a local address, and again after each change."""
    from commonplace import site
    from commonplace.site.serve import serve as show_changes

    known = read_known(root)

    def told(state: Library | site.SiteError) -> None:
        nonlocal known
        if isinstance(state, site.SiteError):
            click.echo(str(state), err=True)
        else:
            checked = check_again(state, known)
            known = checked.known
            show(render(_outcome(state, checked.findings), FORMATS[0], hints=False))

    click.echo(f"http://{address}/ shows the site after each change; Ctrl-C ends it", err=True)
    try:
        show_changes(root, address, told)
    except site.SiteError as fault:
        raise CouldNotRunError(str(fault)) from None


@main.command()
@in_library
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(root: Path, folder: Path) -> None:
    """Writes the finished Markdown of every page below FOLDER, for another engine."""
    from commonplace import site

    library = cli_demos.up_to_date(load_library(root, dt.date.today()))
    written = site.export(library, folder)
    click.echo(f"{counted(written, 'page')} written to {folder}", err=True)


@main.command()
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """Lists every rule, or explains the one called NAME."""
    if name is None:
        show(listed(catalogue().values()))
    elif rule := catalogue().get(name):
        show(explained(rule))
    else:
        raise CouldNotRunError(f"no rule '{name}'{did_you_mean(name, catalogue())}")


@main.command()
@in_library
@click.option("--check", "only_check", is_flag=True, help="Print what would change as a diff; write nothing.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def fmt(context: click.Context, root: Path, only_check: bool, files: tuple[Path, ...]) -> None:
    """Puts refs.bib and the front matter of notes into their canonical form.

    FILES are those to look at; without them, the whole library. With --check, exits with 1 where a file
    would change.
    """
    chosen = {file.as_posix(): file for file in files} or canonical_files(root)
    done, faults = rewritings(chosen)
    needed = [each for each in done if each.is_needed]
    for each in needed:
        if only_check:
            show(each.diff().removesuffix("\n"))
        else:
            each.write()
            show(each.name)
    verb = "would be rewritten" if only_check else "rewritten"
    click.echo(f"{len(needed)} of {counted(len(done), 'file')} {verb}", err=True)
    if faults:
        raise CouldNotRunError("\n".join(faults))
    context.exit(FINDINGS if only_check and needed else 0)


main.add_command(cli_demos.demos)
