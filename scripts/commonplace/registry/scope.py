"""What a check of the links looks at, a library or what a branch touches in it, and what it came to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from commonplace.files import read_text
from commonplace.library import Library
from commonplace.link_history import read_history
from commonplace.model import Diagnostic, Source
from commonplace.registry.addresses import SITE_FILE, collect, touched
from commonplace.registry.findings import Known, findings, ignore_findings
from commonplace.registry.plan import plan
from commonplace.registry.values import Address, Plan


class UnreachableError(Exception):
    """Nothing that was asked answered at all, so nothing was recorded; the message says how it failed."""


@dataclass(frozen=True)
class Scope:
    """What a run looks at: some of a library's addresses, and what of them it asks."""

    library: Library
    everything: tuple[Address, ...]
    chosen: tuple[Address, ...]
    plan: Plan

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole library that is looked at."""
        return len(self.chosen) == len(self.everything)

    @property
    def to_ask(self) -> int:
        """How many addresses are asked."""
        web = sum(map(len, self.plan.web.values()))
        return sum(map(len, self.plan.arxiv)) + len(self.plan.dois) + web


@dataclass(frozen=True)
class Checked:
    """What a run came to."""

    scope: Scope
    known: Known
    unchecked: tuple[str, ...] = ()
    """The names of addresses that the time did not suffice for."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, in order."""
        scope = self.scope
        about_settings = ignore_findings(scope.library, scope.everything)
        return tuple(sorted({*findings(scope.library, scope.chosen, self.known), *about_settings}))


@dataclass(frozen=True, slots=True)
class Branch:
    """What a branch touches: files, and the keys of entries of refs.bib."""

    files: Collection[str]
    keys: Collection[str] = field(default_factory=frozenset)


def scope_of(library: Library, now: dt.datetime, branch: Branch | None = None) -> Scope:
    """What a run `now` looks at: the whole library, or what a branch touches."""
    source = read_text(library.root, SITE_FILE)
    everything = collect(library, source if isinstance(source, Source) else None)
    chosen = touched(everything, branch.files, branch.keys) if branch else everything
    ignore = library.settings.links.ignore
    planned = plan(chosen, library.answers, read_history(library.root), ignore, now)
    return Scope(library, everything, chosen, planned)


def changed_keys(before: Library, after: Library) -> frozenset[str]:
    """The keys of entries of refs.bib that are new, or read otherwise than before."""
    old = {key: reference.bibtex for key, reference in before.references.items()}
    return frozenset(key for key, each in after.references.items() if old.get(key) != each.bibtex)
