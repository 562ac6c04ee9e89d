"""Builds the whole site by MkDocs itself, where plugins and hooks of the owner's have a say in it."""

from __future__ import annotations

import shutil

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import Abort

from commonplace.site.shell import Shell, SiteError, complaints


def build_whole(shell: Shell) -> None:
    """Builds the site beside the last good one, then puts it in its place.

    Raises:
        SiteError: MkDocs warned of something, or a plugin failed.

    """
    site = shell.folder
    fresh, last = (site.with_name(f".{site.name}-{name}") for name in ("next", "last"))
    shell.config.site_dir = str(fresh)
    with complaints() as said:
        try:
            mkdocs_build(shell.config)
            shutil.rmtree(last, ignore_errors=True)
            if site.exists():
                site.rename(last)
            fresh.rename(site)
        except Exception as fault:  # MkDocs lets through whatever a plugin raises
            if not isinstance(fault, Abort):
                said.append(str(fault))
            raise SiteError("\n  ".join(["the site was not built:", *dict.fromkeys(said)])) from fault
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(last, ignore_errors=True)
