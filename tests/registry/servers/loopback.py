"""A server on loopback that keeps what it saw: every request, its moment, and how many there were at once."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Seen:
    """A request as it came in."""

    method: str
    target: str
    """The path and query as they were sent."""
    headers: dict[str, str]
    """By lower-case name."""
    at: float
    """The moment, in seconds of the server's own clock."""
    connection: int
    """The number of the connection that it came over."""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}


class Loopback(ThreadingHTTPServer):
    """A server for a test; what it answers is decided by a subclass."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, *, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        super().__init__((address, 0), Exchange)
        self.seen: list[Seen] = []
        self.delay = 0.0
        """Seconds before each answer."""
        self.most_at_once = 0
        self._at_once = 0
        self._connections = 0
        self._lock = threading.Lock()
        self._tls = tls
        self._scheme = "https" if tls else "http"

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"{self._scheme}://{self.server_address[0]!s}:{self.server_port}"

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        """Answers one request."""
        raise NotImplementedError

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [each.target for each in self.seen]

    @property
    def gaps(self) -> list[float]:
        """The seconds between one request and the next, as the server saw them."""
        moments = [each.at for each in self.seen]
        return [later - earlier for earlier, later in pairwise(moments)]

    @property
    def visits(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(each.path for each in self.seen)

    def forget(self) -> None:
        """Begins anew."""
        with self._lock:
            self.seen.clear()
            self.most_at_once = 0

    @contextmanager
    def counted(self, exchange: Exchange) -> Iterator[Seen]:
        """Keeps a request, and counts it as under way."""
        with self._lock:
            headers = {name.lower(): value for name, value in exchange.headers.items()}
            moment = time.monotonic()
            seen = Seen(exchange.command, exchange.path, headers, moment, exchange.connection_number)
            self.seen.append(seen)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            time.sleep(self.delay)
            yield seen
        finally:
            with self._lock:
                self._at_once -= 1

    def number(self) -> int:
        """The number of a new connection."""
        with self._lock:
            self._connections += 1
            return self._connections

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Shakes hands in the thread of the connection, so that a client that hangs holds up no other."""
        with suppress(OSError):
            if not self._tls:
                super().finish_request(request, client_address)
                return
            with self._tls.wrap_socket(request, server_side=True) as secure:
                super().finish_request(secure, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: clients come and go as they like."""

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class Exchange(BaseHTTPRequestHandler):
    """One request and the answer to it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.connection_number = cast(Loopback, self.server).number()

    def do_GET(self) -> None:
        server = cast(Loopback, self.server)
        with server.counted(self) as seen, suppress(BrokenPipeError, ConnectionResetError):
            server.answer(self, seen)

    do_HEAD = do_GET  # noqa: N815 - the name that the standard library looks for

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def reply(
        self,
        status: int = 200,
        body: str | bytes = "",
        kind: str = "text/html; charset=utf-8",
        phrase: str | None = None,
        **headers: str,
    ) -> None:
        """Answers in the ordinary way; an underscore in a header's name stands for a hyphen."""
        content = body.encode() if isinstance(body, str) else body
        self.head(
            status,
            {"Content-Type": kind, "Content-Length": str(len(content)), **_named(headers)},
            phrase,
        )
        if self.command != "HEAD":
            self.wfile.write(content)

    def head(self, status: int, headers: dict[str, str], phrase: str | None = None) -> None:
        """Sends the status and headers alone."""
        self.send_response(status, phrase)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def redirect(self, status: int, location: str, **headers: str) -> None:
        """Sends the client elsewhere."""
        self.reply(status, "", Location=location, **headers)

    def hang_up(self) -> None:
        """Closes the connection without a word."""
        self.close_connection = True

    def reset(self) -> None:
        """Cuts the connection off, as a firewall does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.close_connection = True
        self.connection.close()


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
