"""Connects to the very network addresses that were checked, with a time for each reply as a whole."""

from __future__ import annotations

import errno
import http.client
import io
import socket
import ssl
import time
from typing import Any

import certifi
from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import create_connection

from commonplace.registry.failure import Cause, FailedError
from commonplace.registry.guard import Guard


class _TimedReader(io.RawIOBase):
    """What a server sends, until a moment that no dripping of single bytes can put off."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        self._raw = raw
        self._sock = sock
        # urllib3 gives the socket the time that is left for the reply just before it is read.
        self._until = time.monotonic() + (sock.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    """A reply whose status, headers and body together have one deadline."""

    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp = io.BufferedReader(_TimedReader(self.fp.detach(), sock))


class _Pinned(HTTPConnection):
    """A connection to an address that a guard let through; the host's name stays in Host and in TLS."""

    guard: Guard
    response_class = _TimedResponse

    def _new_conn(self) -> socket.socket:
        port = self.port or self.default_port
        until = time.monotonic() + float(self.timeout or 0)
        failed = FailedError(Cause.NO_HOST, f"there is no host {self.host}")
        for address in self.guard.addresses(self.host, port):
            try:
                left = max(until - time.monotonic(), 0.001)
                return create_connection((address, port), left, socket_options=self.socket_options)
            except OSError as fault:
                failed = _not_connected(fault)
        raise failed


def _not_connected(fault: OSError) -> FailedError:
    if isinstance(fault, ConnectionRefusedError):
        return FailedError(Cause.REFUSED, "the connection was refused")
    if isinstance(fault, TimeoutError) and fault.errno != errno.ETIMEDOUT:
        return FailedError(Cause.TIMED_OUT, "no connection was made in time")
    return FailedError(Cause.UNREACHABLE, f"the host cannot be reached ({fault.strerror or fault})")


def public_authorities() -> ssl.SSLContext:
    """Whom to trust about certificates: the authorities that browsers know."""
    return ssl.create_default_context(cafile=certifi.where())


class PinnedAdapter(HTTPAdapter):
    """The way of requests to the network, with pinned connections and no look at the environment."""

    def __init__(self, guard: Guard, trust: ssl.SSLContext, connections: int) -> None:
        self._trust = trust
        self._classes = (
            type("PinnedHTTP", (_Pinned,), {"guard": guard}),
            type("PinnedHTTPS", (_Pinned, HTTPSConnection), {"guard": guard}),
        )
        super().__init__(pool_connections=connections, pool_maxsize=connections)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """The pools, whose connections are pinned."""
        super().init_poolmanager(*arguments, **options)
        plain, secure = self._classes
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PinnedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("PinnedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: object, cert: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The host, and one TLS context for all hosts instead of one that is loaded for each connection."""
        host, _ = super().build_connection_pool_key_attributes(request, verify=True)
        return host, {"ssl_context": self._trust}

    def cert_verify(self, *arguments: object) -> None:
        """Nothing: the TLS context verifies."""
