"""What asking for a page of the web came to, and when, as a value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What asking came to."""

    OK = "ok"
    MOVED = "moved"
    """It has permanently gone to another address."""
    BROKEN = "broken"
    BLOCKED = "blocked"
    """The other side does not talk to programs, so nothing is known."""
    UNSURE = "unsure"
    """No answer this time, after all tries."""
    SUSPECT = "suspect"
    """It answers, but what it answers is most likely not what was linked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking came to for a web address, or for an identifier whose registry gave no answer.

    A registry's answer is an Answer, never an Outcome: one of an identifier is `blocked` or `unsure`.
    """

    address: str
    """The name of the Address that was asked."""
    verdict: Verdict
    reason: str
    """What happened, in words that follow a colon: `404 Not Found`, `the certificate has expired`."""
    asked: dt.datetime
    """When, in UTC."""
    moved_to: str = ""
    """The new address, where the old one has permanently moved."""
    title: str = ""
    """What the page calls itself, where that was read."""
    missing: tuple[str, ...] = ()
    """The anchors of Plan.fragments that the page does not have."""
    archived: str = ""
    """The address of a copy in an archive, where one was looked for and found."""
