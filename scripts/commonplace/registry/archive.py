"""Asks the Wayback Machine for a copy of a page that is gone."""

from __future__ import annotations

import re
from dataclasses import replace

from commonplace.registry.errands import Errand, Found, Steps
from commonplace.registry.failure import Failure
from commonplace.registry.registries import Registries
from commonplace.registry.transport import Reply, Request
from commonplace.verdicts import Outcome

_SNAPSHOT = re.compile(r"/web/\d{4,14}")


def archive_errand(outcome: Outcome, registries: Registries) -> Errand:
    """Finds the outcome again, with the address of a copy where there is one."""
    return Errand(_steps(outcome, registries))


def _steps(outcome: Outcome, registries: Registries) -> Steps:
    # It answers with a redirect to the last copy, which need not be fetched.
    request = Request(f"{registries.settings.wayback}/web/{outcome.address}")
    answer: Reply | Failure = yield from registries.persistence.asked(request)
    where = answer.headers.get("Location", "") if isinstance(answer, Reply) else ""
    if _SNAPSHOT.search(where):
        yield Found((replace(outcome, archived=where),))
