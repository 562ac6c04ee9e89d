"""Asks about the links of a library as planned, records each answer as it comes, and follows up doubts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from commonplace.registry.archive import archive_errand
from commonplace.registry.arxiv import first_titles_errand
from commonplace.registry.asking import Asker, identifier_errands
from commonplace.registry.doubts import in_doubt
from commonplace.registry.errands import Errand
from commonplace.registry.findings import Known
from commonplace.registry.recorder import Recorder
from commonplace.registry.scope import Checked, Scope, UnreachableError
from commonplace.registry.values import Plan
from commonplace.registry.web import web_errand
from commonplace.verdicts import Outcome, Verdict


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
    # What could not be read may name what seems to stand nowhere.
    if scope.is_whole and not scope.library.diagnostics:
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
            self.reached = self.reached or asking.reached.is_set()
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
