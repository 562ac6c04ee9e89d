"""The commands for people who add to a library, and for what the next reader sees of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from commonplace.changed_book import changed_book
from commonplace.changes import ChangesUnknownError
from commonplace.cli_demos import up_to_date
from commonplace.command_line import UNVERIFIED, CouldNotRunError, in_library
from commonplace.contribute.adding import UnknownWorkError, Wish, add_work
from commonplace.contribute.bib_list import read_bib
from commonplace.contribute.drafts import UnwritableError, write
from commonplace.contribute.importing import import_works
from commonplace.contribute.reading_list import ReadingList, read_list
from commonplace.contribute.registry_words import Ask
from commonplace.files import read_text
from commonplace.front_matter_schema import schema as schema_of
from commonplace.identifiers import BadIdentifierError
from commonplace.library import Library, load_library
from commonplace.model import Kind, Source
from commonplace.past_library import library_at_fork
from commonplace.report import contributions
from commonplace.report.reader_changes import summary
from commonplace.report.terminal import show, working

_offline = click.option("--offline", is_flag=True, help="Ask no registry; make what can be made without.")


def contribute_commands(ask_for: Callable[[Library], Ask]) -> tuple[click.Command, ...]:
    """The commands; `ask_for` gives what asks the registries on behalf of a library."""

    @click.command()
    @in_library
    @_offline
    @click.option("--topic", "topics", multiple=True, help="Slug of a topic; the main one first.")
    @click.option("--slug", default="", help="The note's slug; without it, made from the title.")
    @click.argument("work")
    @click.pass_context
    def new(
        context: click.Context, root: Path, offline: bool, topics: tuple[str, ...], slug: str, work: str
    ) -> None:
        """Adds WORK: an entry of refs.bib, and a note to fill in.

        WORK is an arXiv id, a DOI, an address of either, or with --offline a title. Nothing is opened twice:
        where the library has the work already, it says where. Exits with 3 where no registry could be asked.
        """
        library = load_library(root, dt.date.today())
        try:
            with working("Asking the registry"):
                wish = Wish(work, topics, slug)
                addition = add_work(library, wish, None if offline else ask_for(library), library.today)
            if addition.draft:
                write(root, [addition.draft])
        except (BadIdentifierError, UnknownWorkError, UnwritableError) as fault:
            raise CouldNotRunError(str(fault)) from None
        show(contributions.added(addition, work))
        context.exit(UNVERIFIED if addition.unanswered else 0)

    @click.command("import")
    @in_library
    @_offline
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.pass_context
    def import_list(context: click.Context, root: Path, offline: bool, file: Path) -> None:
        """Adds every work that FILE names: an entry of refs.bib, and a stub.

        FILE is a reading list in Markdown, plain text or BibTeX. Of each line with a work on it is said what
        came of it; what is there already stays as it is. Exits with 3 where no registry could be asked.
        """
        library = load_library(root, dt.date.today())
        listed = _listed(file, library.today)
        try:
            with working("Asking the registries"):
                ask = None if offline else ask_for(library)
                result = import_works(library, listed, ask, library.today)
            write(root, result.drafts)
        except UnwritableError as fault:
            raise CouldNotRunError(str(fault)) from None
        show(contributions.imported(result, str(file)))
        context.exit(UNVERIFIED if result.unanswered else 0)

    return new, import_list, schema, changes


def _registries(library: Library) -> Ask:
    """What asks the registries in the name of a library."""
    from commonplace.registry.asking import ask_registries  # loads what few commands need

    return partial(ask_registries, library.root, library.settings)


def _listed(file: Path, today: dt.date) -> ReadingList:
    source = read_text(file.parent, file.name)
    if not isinstance(source, Source):
        raise CouldNotRunError("\n".join(f"{file}: {fault.message}" for fault in source))
    return read_bib(source) if file.suffix == ".bib" else read_list(source.text, today)


@click.command()
@click.argument("kind", type=click.Choice([kind.name.lower() for kind in Kind]), default="work")
def schema(kind: str) -> None:
    """Prints the JSON Schema of the front matter of a note on a work, a topic, a path, or of another page."""
    show(json.dumps(schema_of(Kind[kind.upper()]), indent=2, ensure_ascii=False))


@click.command()
@in_library
@click.argument("base", required=False)
def changes(root: Path, base: str | None) -> None:
    """Prints as Markdown what changes for readers since the branch left BASE.

    Without BASE, it is the first of origin/main and main that exists.
    """
    today = dt.date.today()
    try:
        before = library_at_fork(root, base, today)
    except ChangesUnknownError as fault:
        raise CouldNotRunError(str(fault)) from None
    show(summary(changed_book(before, up_to_date(load_library(root, today)))))


commands = contribute_commands(_registries)
