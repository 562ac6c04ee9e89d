"""Sends one GET and gives back what came of it as a value, whatever the other side does."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http.cookiejar import CookieJar

import requests
from requests.cookies import RequestsCookieJar
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.exceptions import TimeoutError as WaitedError

from commonplace.registry.failure import Cause, FailedError, Failure
from commonplace.registry.guard import Guard
from commonplace.registry.pinned import PinnedAdapter, public_authorities

PAGE_BYTES = 512 * 1024
"""The most that is read of a page, counted after unpacking."""
_PIECE = 32 * 1024
_LONGEST_PHRASE = 100
_PAGES = ("text/html", "application/xhtml+xml")


class Body(StrEnum):
    """What to read of a reply after its headers."""

    NOTHING = "nothing"
    PAGE = "page"
    """The beginning of a page of HTML that was found; nothing of anything else."""
    ALL = "all"


class Ending(StrEnum):
    """How far a body was read."""

    WHOLE = "whole"
    CUT = "cut"
    """Reading stopped: enough was read, or the time was up."""
    BROKEN = "broken"
    """It ended before its own length, or cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class Request:
    """One GET to send."""

    url: str
    body: Body = Body.NOTHING
    limit: int = PAGE_BYTES
    """The most bytes of the body to read, counted after unpacking."""
    accept: str = "*/*"
    cookies: CookieJar | None = None
    after: float = 0.0
    """Seconds to wait before it is sent, at least."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said."""

    url: str
    status: int
    phrase: str
    """The server's words for the status."""
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict)
    body: bytes = b""
    ending: Ending = Ending.WHOLE
    cookies: RequestsCookieJar = field(default_factory=RequestsCookieJar)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a request may take, in seconds."""

    connect: float = 10.0
    """Until a connection stands, its TLS included."""
    whole: float = 60.0
    """From the first step to the last byte that is read."""


class Transport:
    """Sends requests, from many threads at once; nothing of the environment goes along."""

    def __init__(
        self,
        agent: str,
        guard: Guard,
        *,
        trust: ssl.SSLContext | None = None,
        patience: Patience = Patience(),
    ) -> None:
        # An adapter without a session: it is the session that reads proxies and .netrc from the environment.
        self._adapter = PinnedAdapter(guard, trust or public_authorities(), connections=64)
        self._agent = agent
        self._patience = patience

    def send(self, request: Request, seconds: float | None = None) -> Reply | Failure:
        """The reply, or why there is none; after `seconds` at the latest, if those are fewer than usual."""
        whole = min(self._patience.whole, self._patience.whole if seconds is None else seconds)
        timeout = Timeout(connect=min(self._patience.connect, whole), total=whole)
        try:
            prepared = self._prepared(request)
            response = self._adapter.send(prepared, stream=True, timeout=timeout)  # type: ignore[arg-type]
        except FailedError as failed:
            return failed.failure
        except (
            requests.RequestException,
            HTTPError,
            OSError,
            http.client.HTTPException,
            ValueError,
        ) as fault:
            return _failure(fault, whole)
        return _reply(request, response)

    def _prepared(self, request: Request) -> requests.PreparedRequest:
        headers = {"User-Agent": self._agent, "Accept": request.accept, "Accept-Encoding": "gzip, deflate"}
        prepared = requests.Request("GET", request.url, headers, cookies=request.cookies).prepare()
        if not (prepared.url or "").startswith(("http://", "https://")):
            raise FailedError(Cause.NO_ADDRESS, f"'{request.url}' is no address of the web")
        # A name and password in an address are nobody's to use.
        prepared.headers.pop("Authorization", None)
        return prepared


def _reply(request: Request, response: requests.Response) -> Reply:
    with response:
        body, ending = _body(request, response) if _is_wanted(request, response) else (b"", Ending.CUT)
        return Reply(
            url=response.url,
            status=response.status_code,
            phrase=(response.reason or http.client.responses.get(response.status_code, ""))[:_LONGEST_PHRASE],
            headers=response.headers,
            body=body,
            ending=ending,
            cookies=response.cookies,
        )


def _is_wanted(request: Request, response: requests.Response) -> bool:
    if request.body is not Body.PAGE:
        return request.body is Body.ALL
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return response.ok and not response.is_redirect and kind in _PAGES


def _body(request: Request, response: requests.Response) -> tuple[bytes, Ending]:
    """The body as far as it may be read, in pieces so small that no bomb unpacks in one of them."""
    raw: BaseHTTPResponse = response.raw
    read = bytearray()
    try:
        for piece in raw.stream(_PIECE, decode_content=True):
            read += piece
            if len(read) > request.limit:
                return bytes(read[: request.limit]), Ending.CUT
    except DecodeError:
        return bytes(read), Ending.BROKEN
    except (HTTPError, OSError, http.client.HTTPException, ValueError) as fault:
        late = any(isinstance(each, TimeoutError | WaitedError) for each in _causes(fault))
        return bytes(read), Ending.CUT if late else Ending.BROKEN
    return bytes(read), Ending.WHOLE


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """A fault and all that it wraps, in whichever way, from the outside in."""
    waiting, seen = [fault], set[int]()
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        wrapped = (*each.args, getattr(each, "reason", None), each.__cause__, each.__context__)
        waiting.extend(inner for inner in wrapped if isinstance(inner, BaseException))


def _failure(fault: BaseException, seconds: float) -> Failure:
    causes = list(_causes(fault))
    for kind, cause, words in _MEANINGS:
        if found := next((each for each in causes if isinstance(each, kind)), None):
            return Failure(cause, words.format(fault=_said(found), seconds=seconds))
    return Failure(Cause.GARBLED, f"the reply cannot be read ({_said(causes[-1])})")


def _said(fault: BaseException) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return fault.verify_message
    if isinstance(fault, ssl.SSLError):
        return (fault.reason or str(fault)).lower().replace("_", " ")
    return str(fault)


# The first that fits counts; subclasses stand before what they derive from.
_MEANINGS: tuple[tuple[type[BaseException], Cause, str], ...] = (
    (requests.exceptions.InvalidURL, Cause.NO_ADDRESS, "not an address: {fault}"),
    (requests.exceptions.MissingSchema, Cause.NO_ADDRESS, "not an address: {fault}"),
    (requests.exceptions.InvalidSchema, Cause.NO_ADDRESS, "not an address: {fault}"),
    (ssl.SSLCertVerificationError, Cause.TLS, "the certificate is not valid: {fault}"),
    (ssl.SSLEOFError, Cause.RESET, "the connection was cut off"),
    (ssl.SSLError, Cause.TLS, "no secure connection: {fault}"),
    (http.client.RemoteDisconnected, Cause.EMPTY, "the server closed the connection without a reply"),
    (ConnectionError, Cause.RESET, "the connection was cut off"),
    (TimeoutError, Cause.TIMED_OUT, "no reply within {seconds:.0f} s"),
    (WaitedError, Cause.TIMED_OUT, "no reply within {seconds:.0f} s"),
    (UnicodeError, Cause.NO_ADDRESS, "not an address: {fault}"),
)
