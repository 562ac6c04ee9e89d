"""What the commands share: the library's folder, exit codes, and a sentence where one could not run."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import click

from commonplace.bibliography import REGISTRY
from commonplace.report import FORMATS
from commonplace.root import is_root, root_above

Command = TypeVar("Command", bound=Callable[..., Any])
Load: TypeAlias = Callable[[], Iterable[click.Command]]

FINDINGS = 1
UNVERIFIED = 3
"""What was to be asked of the web could not be."""


class CouldNotRunError(click.ClickException):
    """What was asked for could not be done; the message says why, in a sentence."""

    exit_code = 2


class Commands(click.Group):
    """A group of commands; a file or folder that the system refuses ends one with a sentence.

    `elsewhere` says for names of commands what loads them, and others with them: few runs need all.
    """

    def __init__(self, *rest: Any, elsewhere: Mapping[str, Load] = MappingProxyType({}), **more: Any) -> None:
        super().__init__(*rest, **more)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*super().list_commands(ctx), *self._elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        load = self._elsewhere.get(cmd_name)
        loaded = load() if load else ()
        return next((each for each in loaded if each.name == cmd_name), super().get_command(ctx, cmd_name))

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command that was named."""
        try:
            return super().invoke(ctx)
        except OSError as fault:
            if fault.errno == errno.EPIPE:
                raise
            raise CouldNotRunError(f"{fault.filename}: {fault.strerror}") from None


def _root(context: click.Context, parameter: click.Parameter, given: Path | None) -> Path:
    """The library's folder: the one that was named, else the nearest upwards."""
    if given and not is_root(given):
        raise CouldNotRunError(f"no library in {given}: it has neither {REGISTRY} nor a folder notes/")
    root = given or root_above(Path.cwd())
    if not root:
        raise CouldNotRunError(f"no library here or above: no folder has {REGISTRY} or a folder notes/")
    return root.resolve()


in_library = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_root,
    help=f"The library's folder; without it, the nearest upwards with {REGISTRY} or notes/.",
)

in_form = click.option(
    "--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], help="How to report."
)

strictly = click.option("--strict", is_flag=True, help="Let warnings fail the check as well.")

with_hints = click.option("--hints", is_flag=True, help="Show hints, which never fail a check.")


def since_base(what: str) -> Callable[[Command], Command]:
    """The option `--changed`, which keeps to what a branch touches; `what` says of which the command does."""
    return click.option(
        "--changed",
        "base",
        metavar="[BASE]",
        is_flag=False,
        flag_value="",
        help=f"{what} the branch touches since it left BASE (if none: origin/main or main).",
    )
