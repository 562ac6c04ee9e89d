"""Checks the links of a library: collects them, plans, asks, records what comes, and says what it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from commonplace.files import read_text
from commonplace.library import Library
from commonplace.model import Diagnostic, Source
from commonplace.registry.addresses import SITE_FILE, collect, touched
from commonplace.registry.archive import archive_errand
from commonplace.registry.asking import Asker, identifier_errands
from commonplace.registry.errands import Errand
from commonplace.registry.findings import Known, findings, ignore_findings
from commonplace.registry.history import read_history
from commonplace.registry.plan import plan
from commonplace.registry.recorder import Recorder
from commonplace.registry.values import Address, Plan, Verdict
from commonplace.registry.web import web_errand


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
    history = read_history(library.root)
    return Scope(
        library,
        everything,
        chosen,
        plan(chosen, library.answers, history, library.settings.links.ignore, now),
    )


def changed_keys(before: Library, after: Library) -> frozenset[str]:
    """The keys of entries of refs.bib that are new, or read otherwise than before."""
    old = {key: reference.bibtex for key, reference in before.references.items()}
    return frozenset(key for key, each in after.references.items() if old.get(key) != each.bibtex)


def check_links(
    scope: Scope, asker: Asker, *, seconds: float, archive: bool, watch: Callable[[int], None]
) -> Checked:
    """Asks what the scope plans to, for at most `seconds`, and records each answer as it comes.

    `watch` is told the number of addresses about which something new is known.

    Raises:
        UnreachableError: nothing answered at all; nothing was recorded.
        UnreadableLockError: the lock file cannot be understood; it stays as it is.

    """
    recorder = Recorder(scope.library)
    asking = asker.errands()
    try:
        for found in asking.run(_errands(scope.plan, asker), seconds):
            recorder.add(found, is_sure=asking.reached.is_set())
            watch(len(found))
    finally:
        recorder.write()
    if scope.to_ask and not asking.reached.is_set():
        raise UnreachableError(recorder.first_doubt or "nothing answered in time")
    if scope.is_whole:
        recorder.forget_all_but(scope.everything)
    if archive:
        _look_for_copies(scope, asker, recorder, seconds)
    return Checked(scope, recorder.known, tuple(sorted(_asked(scope.plan) - recorder.names)))


def _errands(plan: Plan, asker: Asker) -> Iterator[Errand]:
    yield from identifier_errands(plan.arxiv, plan.dois, asker.registries)
    for urls in plan.web.values():
        for url in urls:
            yield web_errand(
                url,
                plan.fragments.get(url, ()),
                persistence=asker.registries.persistence,
                seconds=asker.settings.deadline,
                now=asker.registries.now,
            )


def _asked(plan: Plan) -> set[str]:
    ids = {f"arXiv:{each}" for batch in plan.arxiv for each in batch}
    return {
        *ids,
        *(f"doi:{each}" for each in plan.dois),
        *(url for urls in plan.web.values() for url in urls),
    }


def _look_for_copies(scope: Scope, asker: Asker, recorder: Recorder, seconds: float) -> None:
    """Adds to the outcome of each dead page where an archive has a copy of it."""
    records = recorder.known.history.records
    dead = [records[each.id] for each in scope.chosen if each.id in records]
    wanted = [
        each.outcome
        for each in dead
        if (each.outcome.verdict is Verdict.BROKEN or each.is_lasting) and not each.outcome.archived
    ]
    errands = (archive_errand(outcome, asker.registries) for outcome in wanted)
    for found in asker.errands().run(errands, seconds):
        recorder.add(found, is_sure=True)
    recorder.write()
