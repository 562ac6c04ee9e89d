"""Builds the site: renders over the cores what is stale, and puts it in its place when all of it is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock

from commonplace.cores import beside, cores, over_cores
from commonplace.library import Library
from commonplace.lock_file import CACHE
from commonplace.pages import Page, PictureFile, Planned, picture_files, planned
from commonplace.rendering import render
from commonplace.search import KeptPieces, Part, index_files, index_of_each, parts
from commonplace.site.look import look
from commonplace.site.manifest import Made, digest, stamp
from commonplace.site.phases import Phases
from commonplace.site.pictures import address_of, pictures
from commonplace.site.reach import as_table, known, reached, state_of
from commonplace.site.shards import LABEL, WHOLE, Shard, label, part_addresses
from commonplace.site.shell import Shell, SiteError, destination, open_shell
from commonplace.site.staging import Change, Staging
from commonplace.site.whole import build_whole

STATE = f"{CACHE}/site"
"""What is known of the site as it stands; safe to delete."""

Watch = Callable[[int, int], None]
_Source: TypeAlias = tuple[str, str, Callable[[], bytes]]
"""A file of the site: its address, what tells whether it has changed, how it is made."""


@dataclass(frozen=True)
class Built:
    """A site as it was built: its folder, what changed in it as far as is known, how long each phase took."""

    folder: Path
    change: Change = field(default_factory=Change)
    seconds: Mapping[str, float] = field(default_factory=dict)
    """By the names of phases, some of which pass at once."""
    whole: float = 0.0
    """Seconds of all phases together."""


def build(library: Library, watch: Watch = lambda done, total: None, shard: Shard = WHOLE) -> Built:
    """Builds the site of a library, or a shard of it. Where that fails, the last site stands as it was.

    `watch` is told how many pages are done, and of how many.

    Raises:
        SiteError: mkdocs.yml is missing or wrong, or something failed on the way.

    """
    phases = Phases()
    with phases.of("settings"):
        shell = open_shell(library.root)
    if not shell.is_alone:
        if shard != WHOLE:
            raise SiteError("plugins and hooks of your own build the whole site; leave out --shard")
        build_whole(shell)
        return Built(shell.folder)
    folder = library.root / STATE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock"):
            with phases.of("plan"):
                staging = Staging(folder, shell.folder, look(shell, library.root, str(shard)))
            run = _Build(library.edited_at(shell.repository), shell, staging, shard, phases)
            return Built(shell.folder, run.change(watch), phases.seconds, phases.whole)
    except (OSError, RuntimeError, ValueError) as fault:
        raise SiteError(f"the site was not built:\n  {fault}") from fault


@dataclass(frozen=True)
class _Build:
    """One build: the library, what frames its pages, where files are staged, which of them are wanted."""

    library: Library
    shell: Shell
    staging: Staging
    shard: Shard
    phases: Phases

    def change(self, watch: Watch) -> Change:
        """Makes what is stale, and puts it in its place."""
        with beside(self._search, cores()) as search:
            with self.phases.of("plan"):
                state = state_of(self.library)
                told = as_table(state)
                planned_pages = list(planned(self.library))
                kept = self._kept(planned_pages, reached(known(self.staging.held.library), state))
            files = dict(kept)
            with self.phases.of("pages"):
                files |= self._pages(
                    [page for page in planned_pages if destination(page.path) not in kept], watch
                )
            with self.phases.of("theme"):
                files |= self._around([page.path for page in planned_pages])
            found, self.phases.seconds["search"] = search()
            files |= found
        if self.shard != WHOLE:
            said = label(self.shard, digest(json.dumps(told)), [*files])
            files[LABEL] = self.staging.file(LABEL, digest(said), lambda: said)
        with self.phases.of("writing"):
            return self.staging.commit(files, told)

    def _kept(self, pages: Sequence[Planned], reached: frozenset[str] | None) -> Mapping[str, Made]:
        """The pages, by their addresses, that no change can have reached."""
        if reached is None:
            return {}
        held = self.staging.held.files
        addresses = {destination(page.path) for page in pages if reached.isdisjoint((page.path, page.first))}
        return {address: held[address] for address in addresses & held.keys() if held[address].source}

    def _pages(self, pages: Sequence[Planned], watch: Watch) -> Mapping[str, Made]:
        """These pages, rendered over the cores where they show something else than before."""
        work = [page for page in pages if self.shard.holds(destination(page.path))]
        files = {}
        for done, (address, made) in enumerate(over_cores(work, self._rendered, cores()), 1):
            files[address] = made
            watch(done, len(work))
        return files

    def _rendered(self, work: Sequence[Planned]) -> Iterator[tuple[str, Made]]:
        for each in work:
            page = each.make()
            document = partial(_document, page, self.shell)
            yield (
                destination(page.path),
                self.staging.file(destination(page.path), digest(page.whole()), document),
            )

    def _around(self, paths: Sequence[str]) -> Mapping[str, Made]:
        """What a site has besides pages: the theme's files, the notes' pictures, lists for engines."""
        theme = [*self.shell.theme_files(), ("404.html", lambda: self.shell.page_not_found().encode())]
        listed = digest("\n".join([self.shell.day, *paths]))
        sources = [
            *((address, "the theme", content) for address, content in theme),
            *((address, listed, content) for address, content in self.shell.sitemap(paths)),
            *(self._picture(path) for path in sorted(pictures(self.library))),
            *(_figure(picture) for picture in picture_files(self.library)),
        ]
        return {source[0]: self.staging.file(*source) for source in sources if self.shard.holds(source[0])}

    def _picture(self, path: str) -> _Source:
        file = self.library.root / path
        return address_of(path), stamp(file), file.read_bytes

    def _search(self) -> tuple[Mapping[str, Made], float]:
        """The files of the search index, or a shard's parts of it, and how many seconds they took."""
        with self.phases.of("search"):
            kept = KeptPieces(self.library.root / STATE / "search")
            divided = parts(self.library)
            made = self._index(divided, kept) if self.shard == WHOLE else self._of_index(divided, kept)
            files = {source[0]: self.staging.file(*source) for source in made}
        # Another process has phases of its own.
        return files, self.phases.seconds["search"]

    def _index(self, divided: Sequence[Part], kept: KeptPieces) -> Iterator[_Source]:
        for file in index_files(divided, kept, cores(), cores()):
            yield file.address, file.source, file.content

    def _of_index(self, divided: Sequence[Part], kept: KeptPieces) -> Iterator[_Source]:
        """The parts of the index that this shard makes: to make them takes longer than to join all."""
        held = {
            address: part
            for address, part in zip(part_addresses(len(divided)), divided, strict=True)
            if self.shard.holds(address)
        }
        alone = index_of_each([*held.values()], kept, cores())
        for (address, part), content in zip(held.items(), alone, strict=True):
            yield address, part.digest, content


def _figure(picture: PictureFile) -> _Source:
    return picture.path, digest(picture.svg), picture.svg.encode


def _document(page: Page, shell: Shell) -> bytes:
    return shell.framed(page, render(page)).encode("utf-8", errors="xmlcharrefreplace")
