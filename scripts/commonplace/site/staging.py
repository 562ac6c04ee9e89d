"""Stages the files of the next site, and puts them in their place together, interrupted or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import move, rmtree
from typing import Any

from commonplace.seal import read_sealed, write_sealed
from commonplace.site.manifest import (
    Made,
    Manifest,
    digest,
    read_manifest,
    stamp,
    write_manifest,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a build changed: the addresses of the files that it wrote, and of those that it removed."""

    written: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


class Staging:
    """The site at `site`, what is known of it, and the files that are to change in it.

    A change is written down before it begins. Where it is interrupted, the next build completes it before all
    else: the files are there, and what is left is to move those that were not moved yet.
    """

    def __init__(self, state: Path, site: Path, look: str) -> None:
        self._manifest, self._next, self._journal, self._staged = (
            state / name for name in ("manifest", "next", "change", "staged")
        )
        self._site, self._look = site, look
        self._complete()
        self.held = self._known(read_manifest(self._manifest))

    def _known(self, manifest: Manifest) -> Manifest:
        """The manifest without files that are not as we left them; under another look all are made again."""
        files = {
            name: made for name, made in manifest.files.items() if stamp(f"{self._site}/{name}") == made.stamp
        }
        if manifest.look != self._look:
            files = {name: replace(made, source="") for name, made in files.items()}
        return Manifest(self._look, files, manifest.library)

    def file(self, address: str, source: str, content: Callable[[], bytes]) -> Made:
        """The file at an address: made and, where it differs, staged, unless its source is as it was."""
        held = self.held.files.get(address)
        if held and held.source == source:
            return held
        data = content()
        named = digest(data)
        if held and held.content == named:
            return replace(held, source=source)
        path = self._staged_as(address)
        path.write_bytes(data)
        return Made(source, named, stamp(path))

    def _staged_as(self, address: str) -> Path:
        # In one folder: to make one for each page takes longer than to write it.
        return self._staged / digest(address)

    def commit(self, files: dict[str, Made], library: Any) -> Change:
        """Makes the site consist of these files, which show the library that `library` tells of."""
        held = self.held.files
        changed = sorted(
            name for name, made in files.items() if name not in held or held[name].stamp != made.stamp
        )
        removed = sorted((held.keys() or self._there()) - files.keys())
        manifest = Manifest(self._look, files, library)
        if manifest != self.held:
            write_manifest(manifest, self._next)
            # A journal of somebody else's could name any file of this machine.
            journal = json.dumps({"changed": changed, "removed": removed})
            write_sealed(self._journal, journal.encode())
        self._complete()
        return Change(frozenset(changed), frozenset(removed))

    def _there(self) -> set[str]:
        return {path.relative_to(self._site).as_posix() for path in self._site.rglob("*") if path.is_file()}

    def _complete(self) -> None:
        """Completes the change that is written down, if one is; what was staged without one is dropped."""
        if journal := self._written_down():
            for name in journal["changed"]:
                if (staged := self._staged_as(name)).exists():
                    (self._site / name).parent.mkdir(parents=True, exist_ok=True)
                    move(staged, self._site / name)
            for name in journal["removed"]:
                self._remove(self._site / name)
            if self._next.exists():
                self._next.replace(self._manifest)
            self._journal.unlink()
        rmtree(self._staged, ignore_errors=True)
        self._staged.mkdir()

    def _written_down(self) -> dict[str, Any] | None:
        try:
            journal = json.loads(read_sealed(self._journal))
            return journal if {"changed", "removed"} == journal.keys() else None
        except (OSError, ValueError, AttributeError):
            return None

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # a folder that still holds something stays
            for folder in path.relative_to(self._site).parents[:-1]:
                (self._site / folder).rmdir()
