"""Follows redirects one by one, with the cookies that they set, to where they end."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from requests.cookies import RequestsCookieJar
from requests.utils import requote_uri

from commonplace.registry.failure import Failure
from commonplace.registry.persistence import Persistence
from commonplace.registry.transport import Reply, Request

MOST_HOPS = 10
_LONGEST, _SHOWN = 4000, 200
"""Characters of an address that is followed, and of one that is shown."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect: where it leads, and whether for good."""

    url: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where an address leads in the end."""

    hops: tuple[Hop, ...]
    answer: Reply | Failure
    fault: str = ""
    """What is wrong with the redirects themselves, in words; the answer is then the last of them."""

    @property
    def moved_to(self) -> str:
        """The address that permanent redirects, with no other before them, lead to; empty without any."""
        url = ""
        for hop in self.hops:
            if not hop.permanent:
                break
            url = hop.url
        return url


def followed(request: Request, persistence: Persistence) -> Generator[Request, Any, Arrival]:
    """The end of the redirects that begin with a request."""
    hops: tuple[Hop, ...] = ()
    request = replace(request, cookies=RequestsCookieJar())
    seen = set[_State]()
    while True:
        seen.add(_state(request))
        answer: Reply | Failure = yield from persistence.asked(request)
        if isinstance(answer, Failure) or answer.status not in _REDIRECTS:
            return Arrival(hops, answer)
        target = _target(request.url, answer)
        hops = (*hops, Hop(target, answer.status in _PERMANENT))
        if fault := _dead_end(target):
            return Arrival(hops, answer, fault)
        request = replace(request, url=target, cookies=_cookies(request, answer), after=0.0)
        if fault := _endless(hops, _state(request) in seen):
            return Arrival(hops, answer, fault)


def _target(url: str, reply: Reply) -> str:
    """The address in `Location`, made whole; empty where there is none."""
    written = reply.headers.get("Location", "")
    with suppress(UnicodeError):
        # Headers are read as Latin-1, and servers write UTF-8.
        written = written.encode("latin-1").decode("utf-8")
    written = written.strip()
    try:
        return requote_uri(urljoin(url, written)) if written else ""
    except ValueError:
        return written


def _cookies(request: Request, reply: Reply) -> RequestsCookieJar:
    jar = RequestsCookieJar()
    jar.update(request.cookies or RequestsCookieJar())
    jar.update(reply.cookies)
    return jar


_State = tuple[str, tuple[tuple[str, str | None], ...]]


def _state(request: Request) -> _State:
    """What a server can tell two requests of a circle apart by."""
    cookies = sorted((each.name, each.value or "") for each in request.cookies or ())
    return urldefrag(request.url).url, tuple(cookies)


def _dead_end(target: str) -> str:
    """Why a redirect cannot be followed; empty where it can."""
    if not target:
        return "a redirect that leads nowhere"
    try:
        is_web = urlsplit(target).scheme in ("http", "https") and bool(urlsplit(target).hostname)
    except ValueError:
        is_web = False
    if is_web and len(target) <= _LONGEST:
        return ""
    return f"a redirect to {_short(target)}, which is no address of the web"


def _endless(hops: tuple[Hop, ...], been_there: bool) -> str:
    """Why redirects that can be followed have no end; empty where they may have one."""
    if been_there:
        return f"redirects that go round in a circle: {' → '.join(_short(hop.url) for hop in hops[-3:])}"
    return f"more than {MOST_HOPS} redirects" if len(hops) > MOST_HOPS else ""


def _short(url: str) -> str:
    return url if len(url) <= _SHOWN else f"{url[:_SHOWN]}…"
