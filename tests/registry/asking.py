"""Runs errands against servers on loopback, quickly: tries follow one another without long pauses."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import replace

from commonplace.answers import Answer
from commonplace.link_settings import LinkSettings
from commonplace.registry.errands import Errand, Errands, Finding, Turn
from commonplace.registry.guard import Guard
from commonplace.registry.pace import Paces
from commonplace.registry.persistence import Persistence
from commonplace.registry.polite import Manners
from commonplace.registry.registries import Registries
from commonplace.registry.timetable import Timetable
from commonplace.registry.transport import Patience, Transport
from commonplace.registry.web import web_errand
from commonplace.verdicts import Outcome

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
QUICKLY = Persistence(pause=0.02)
AGENT = "Commonplace/0.1 (+mailto:keeper@example.org)"


def look_up(host: str, port: int) -> list[str]:
    """The addresses of hosts that tests may ask; the name system itself is never asked."""
    if host.endswith(".example.test") or host == "127.0.0.1":
        return ["127.0.0.1"]
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


LOOPBACK = Guard(allow_private=True, look_up=look_up)


def transport(
    guard: Guard = LOOPBACK, *, trust: ssl.SSLContext | None = None, seconds: float = 5.0
) -> Transport:
    """A transport that reaches servers on loopback."""
    return Transport(AGENT, guard, trust=trust, patience=Patience(connect=seconds, whole=seconds))


def registries(**endpoints: str | float) -> Registries:
    """Registries at these addresses, asked without long pauses."""
    return Registries(replace(LinkSettings(), **endpoints), QUICKLY, lambda: NOW)  # type: ignore[arg-type]


def run(
    errands: Iterable[Errand],
    *,
    by: Transport | None = None,
    manners: Mapping[str, Manners] | None = None,
    turns: Mapping[str, Turn] | None = None,
    seconds: float = 30.0,
) -> list[Finding]:
    """Everything that the errands find."""
    asking = Errands((by or transport()).send, Timetable(Paces(manners or {}, Manners())), turns or {}, 16)
    return [each for found in asking.run(errands, seconds) for each in found]


def look_at(*urls: str, fragments: tuple[str, ...] = (), by: Transport | None = None) -> dict[str, Outcome]:
    """What asking for web addresses comes to, by address."""
    errands = [web_errand(url, fragments, registries(deadline=5.0)) for url in urls]
    found = run(errands, by=by)
    return {each.address: each for each in found if isinstance(each, Outcome)}


def answers(found: Iterable[Finding]) -> dict[str, Answer]:
    """The answers among what was found, by identifier."""
    return {each.identifier: each for each in found if isinstance(each, Answer)}


def outcomes(found: Iterable[Finding]) -> dict[str, Outcome]:
    """The outcomes among what was found, by address."""
    return {each.address: each for each in found if isinstance(each, Outcome)}
