"""Builds, from a library's settings, what asks the registries and the web in its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from commonplace.answers import Answer
from commonplace.link_settings import LinkSettings
from commonplace.lock_file import CACHE
from commonplace.registry.arxiv import BATCH, arxiv_errand
from commonplace.registry.doi import doi_errands
from commonplace.registry.errands import Errand, Errands
from commonplace.registry.gap import Gap
from commonplace.registry.guard import Guard
from commonplace.registry.pace import Paces
from commonplace.registry.persistence import Persistence
from commonplace.registry.polite import Manners, host_of
from commonplace.registry.registries import Registries
from commonplace.registry.timetable import Timetable
from commonplace.registry.transport import Transport
from commonplace.settings import Settings

_ASK_SECONDS = 120.0
"""The most time that a person waits for a registry's word on a few works."""


def utc_now() -> dt.datetime:
    """The moment that it is."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Asker:
    """What asks: its way to the network, its manners, and how it tries again."""

    settings: LinkSettings
    root: Path
    transport: Transport
    registries: Registries
    paces: Paces

    def errands(self) -> Errands:
        """What runs errands; hosts are asked at the pace that they were found to bear by others before."""
        gap = Gap(self.root / CACHE / "arxiv.lock", self.settings.arxiv_gap)
        turns = {host_of(self.settings.arxiv_api): gap.turn}
        return Errands(self.transport.send, Timetable(self.paces), turns, self.settings.at_once)


def asker(root: Path, settings: Settings, now: Callable[[], dt.datetime] = utc_now) -> Asker:
    """What asks in the name of the library at `root`."""
    links = settings.links
    who = "; ".join(filter(None, (settings.repository, links.contact)))
    agent = f"Commonplace/{version('commonplace')} (checks the links of reading notes{who and f'; {who}'})"
    arxiv = Manners(at_once=1, one_refusal_is_enough=True)
    return Asker(
        links,
        root,
        Transport(agent, Guard(links.allow_private)),
        Registries(links, Persistence(), now),
        Paces({host_of(links.arxiv_api): arxiv}, Manners(links.per_host)),
    )


def ask_registries(root: Path, settings: Settings, names: Sequence[str]) -> Mapping[str, Answer]:
    """What the registries say of identifiers such as `arXiv:2106.09685` and `doi:10.1038/nature14539`.

    What comes back lacks those for which none could be asked.
    """
    by = asker(root, settings)
    ids = [name.removeprefix("arXiv:") for name in names if name.startswith("arXiv:")]
    dois = [name.removeprefix("doi:") for name in names if name.startswith("doi:")]
    errands = identifier_errands(_batches(ids), dois, by.registries)
    found = (each for part in by.errands().run(errands, _ASK_SECONDS) for each in part)
    return {each.identifier: each for each in found if isinstance(each, Answer)}


def identifier_errands(
    batches: Sequence[Sequence[str]], dois: Sequence[str], registries: Registries
) -> list[Errand]:
    """Find out about arXiv ids in batches of at most 100, and about DOIs."""
    return [*([arxiv_errand(batches, registries)] if batches else []), *doi_errands(dois, registries)]


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
