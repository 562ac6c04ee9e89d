"""Why a request brought no reply, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """What went wrong before a server had said anything that can be read as HTTP."""

    NO_ADDRESS = "no address"
    """The text is no address of the web, or of another kind than http and https."""
    PRIVATE = "private"
    """It leads into a private network, which is never asked."""
    NO_HOST = "no host"
    """The name system knows no such host."""
    NO_LOOKUP = "no look-up"
    """The name system could not be asked."""
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    RESET = "reset"
    EMPTY = "empty"
    GARBLED = "garbled"
    TIMED_OUT = "timed out"
    LEFT_ALONE = "left alone"
    """The host wants no more requests in this run, so none was sent."""


_SPOKE = frozenset({Cause.TLS, Cause.RESET, Cause.EMPTY, Cause.GARBLED})


@dataclass(frozen=True, slots=True)
class Failure:
    """A request without a reply: the cause, and what happened in words that follow a colon."""

    cause: Cause
    reason: str

    @property
    def shows_network(self) -> bool:
        """Whether something on the other side did answer, if not in words of HTTP."""
        return self.cause in _SPOKE


class FailedError(Exception):
    """Carries a Failure through code that is not ours; nothing outside the transport sees it."""

    def __init__(self, cause: Cause, reason: str) -> None:
        super().__init__(reason)
        self.failure = Failure(cause, reason)
