"""How fast a host may be asked by now: slower after each complaint, faster again after good replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from commonplace.registry.failure import Cause, Failure
from commonplace.registry.polite import Manners, asked_gap, asked_pause, is_busy
from commonplace.registry.transport import Reply

LONGEST_PAUSE = 60.0
"""Seconds. A host that asks for more is left alone for the rest of the run."""
_MOST_SILENCES = 4
_FIRST_GAP, _WIDEST_GAP = 0.1, 10.0
_GOOD_REPLIES = 10
"""Replies without a complaint after which the gap is halved."""
_SILENT = frozenset({Cause.TIMED_OUT, Cause.UNREACHABLE, Cause.NO_LOOKUP})


@dataclass
class Pace:
    """The pace of one host. Moments are seconds of a monotonic clock."""

    manners: Manners
    not_before: float = 0.0
    """The moment before which nothing may be asked."""
    gap: float = 0.0
    """Seconds from one request to the next."""
    left_alone: Failure | None = None
    """Why nothing more is asked in this run."""
    _least_gap: float = 0.0
    _silences: int = 0
    _good: int = 0

    @property
    def at_once(self) -> int:
        """How many requests it may be sent at a time."""
        return 1 if self.gap > self._least_gap else self.manners.at_once

    def sent(self, moment: float) -> None:
        """Keeps the next request away from one that is sent now."""
        self.not_before = max(self.not_before, moment + self.gap)

    def heed(self, answer: Reply | Failure, moment: float) -> None:
        """Takes in what came of a request."""
        if isinstance(answer, Failure):
            self._heed_failure(answer)
            return
        self._silences = 0
        self._heed_limit(min(asked_gap(answer), _WIDEST_GAP), moment)
        if answer.status == 403 and self.manners.one_refusal_is_enough:
            self.left_alone = Failure(Cause.LEFT_ALONE, "it has forbidden all asking (403)")
        elif is_busy(answer):
            self._slow_down(asked_pause(answer, dt.datetime.now(dt.UTC)), moment)
        else:
            self._recover()

    def _heed_limit(self, gap: float, moment: float) -> None:
        if gap > self._least_gap:
            self._least_gap = gap
            self.gap = max(self.gap, gap)
            self.sent(moment)

    def _heed_failure(self, failure: Failure) -> None:
        self._silences = self._silences + 1 if failure.cause in _SILENT else 0
        if self._silences >= _MOST_SILENCES:
            words = f"{failure.reason}, and so {_MOST_SILENCES} times in a row on this host"
            self.left_alone = self.left_alone or Failure(failure.cause, words)

    def _slow_down(self, pause: float, moment: float) -> None:
        self._good = 0
        self.gap = min(max(2 * self.gap, _FIRST_GAP), _WIDEST_GAP)
        self.not_before = max(self.not_before, moment + max(pause, self.gap))
        if pause > LONGEST_PAUSE:
            words = f"it asks to be left alone for {pause / 60:.0f} minutes"
            self.left_alone = Failure(Cause.LEFT_ALONE, words)

    def _recover(self) -> None:
        self._good += 1
        if self._good >= _GOOD_REPLIES:
            self._good = 0
            half = self.gap / 2 if self.gap > _FIRST_GAP else 0.0
            self.gap = max(half, self._least_gap)


class Paces(dict[str, Pace]):
    """The pace of each host, for as long as anything is asked in a run."""

    def __init__(self, manners: Mapping[str, Manners], ordinary: Manners) -> None:
        super().__init__()
        self._manners = manners
        self._ordinary = ordinary

    def __missing__(self, host: str) -> Pace:
        """The pace of a host that was not asked before."""
        self[host] = Pace(self._manners.get(host, self._ordinary))
        return self[host]
