"""Where the registries are, and how they are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from commonplace.link_settings import LinkSettings
from commonplace.registry.errands import Asked
from commonplace.registry.persistence import Persistence
from commonplace.registry.transport import Body, Request

_MOST_BYTES = 32 * 1024 * 1024
"""A hundred entries with thousands of authors each stay below this."""


@dataclass(frozen=True)
class Registries:
    """What every errand to a registry needs to know."""

    settings: LinkSettings
    persistence: Persistence
    now: Callable[[], dt.datetime]
    """The moment, in UTC."""

    def asked(self, url: str, accept: str, after: float = 0.0) -> Asked:
        """The reply to one question, read to its end."""
        request = Request(url, body=Body.ALL, limit=_MOST_BYTES, accept=accept, after=after)
        return self.persistence.asked(request)

    @property
    def today(self) -> dt.date:
        """The day of an answer that comes now."""
        return self.now().date()
