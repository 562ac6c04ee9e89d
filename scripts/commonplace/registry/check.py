"""Checks the links of a library: collects them, plans, asks, records what comes, and says what it means."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from commonplace.files import read_text
from commonplace.library import Library
from commonplace.model import Diagnostic, Source
from commonplace.registry.addresses import SITE_FILE, collect, touched
from commonplace.registry.archive import archive_errand
from commonplace.registry.arxiv import first_titles_errand
from commonplace.registry.asking import Asker, identifier_errands
from commonplace.registry.doubts import in_doubt
from commonplace.registry.errands import Errand
from commonplace.registry.findings import Known, findings, ignore_findings
from commonplace.registry.history import read_history
from commonplace.registry.plan import plan
from commonplace.registry.recorder import Recorder
from commonplace.registry.values import Address, Outcome, Plan, Verdict
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
    ignore = library.settings.links.ignore
    planned = plan(chosen, library.answers, read_history(library.root), ignore, now)
    return Scope(library, everything, chosen, planned)


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
    run = _Run(asker, recorder, time.monotonic() + seconds)
    run.ask(_errands(scope.plan, asker), watch)
    if scope.to_ask and not run.reached:
        raise UnreachableError(recorder.first_doubt or "nothing answered in time")
    if doubtful := list(in_doubt(scope.library, scope.chosen, recorder.known)):
        run.ask([first_titles_errand(doubtful, asker.registries)])
    if scope.is_whole:
        recorder.forget_all_but(scope.everything)
    if archive:
        run.ask(archive_errand(each, asker.registries) for each in _dead(scope, recorder.known))
    return Checked(scope, recorder.known, tuple(sorted(_asked(scope.plan) - recorder.names)))


@dataclass
class _Run:
    """Errands one after another, with one end to them all."""

    asker: Asker
    recorder: Recorder
    until: float
    reached: bool = False
    """Whether anything has answered."""

    def ask(self, errands: Iterable[Errand], watch: Callable[[int], None] = lambda number: None) -> None:
        """Runs errands, and records what they find."""
        asking = self.asker.errands()
        try:
            for found in asking.run(errands, self.until - time.monotonic()):
                self.reached = self.reached or asking.reached.is_set()
                self.recorder.add(found, is_sure=self.reached)
                watch(len(found))
        finally:
            self.recorder.write()


def _errands(plan: Plan, asker: Asker) -> Iterator[Errand]:
    yield from identifier_errands(plan.arxiv, plan.dois, asker.registries)
    for url in chain.from_iterable(plan.web.values()):
        fragments = plan.fragments.get(url, ())
        yield web_errand(url, fragments, asker.registries)


def _asked(plan: Plan) -> set[str]:
    ids = (f"arXiv:{each}" for each in chain.from_iterable(plan.arxiv))
    return {*ids, *(f"doi:{each}" for each in plan.dois), *chain.from_iterable(plan.web.values())}


def _dead(scope: Scope, known: Known) -> Iterator[Outcome]:
    """What was found of pages that are gone, as far as no copy of them is known."""
    records = known.history.records
    for record in (records[each.id] for each in scope.chosen if each.id in records):
        is_dead = record.outcome.verdict is Verdict.BROKEN or record.is_lasting
        if is_dead and not record.outcome.archived:
            yield record.outcome
