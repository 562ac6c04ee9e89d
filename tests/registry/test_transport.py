"""One request comes to a value, whatever the other side does, and takes no more than it may."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import AGENT, transport
from servers.web_server import WebServer

from commonplace.registry.failure import Cause, Failure
from commonplace.registry.transport import PAGE_BYTES, Body, Ending, Reply, Request


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def _page(web: WebServer, path: str, seconds: float = 5.0) -> Reply:
    answer = transport(seconds=seconds).send(Request(web.url + path, body=Body.PAGE))
    assert isinstance(answer, Reply), answer
    return answer


@pytest.mark.parametrize(
    ("path", "cause"),
    [("/no-reply", Cause.EMPTY), ("/reset", Cause.RESET), ("/garbled", Cause.GARBLED)],
)
def test_a_server_that_speaks_no_http_is_a_value(web: WebServer, path: str, cause: Cause) -> None:
    answer = transport().send(Request(web.url + path))
    assert isinstance(answer, Failure)
    assert answer.cause is cause


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no address",
        "http://",
        "http:///path",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://a..b/",
        "http://exa mple.test/",
    ],
)
def test_what_is_no_address_of_the_web_is_a_value(url: str) -> None:
    answer = transport().send(Request(url))
    assert isinstance(answer, Failure)
    assert answer.cause in (Cause.NO_ADDRESS, Cause.NO_HOST)


@pytest.mark.parametrize("path", ["/hangs", "/slow-head"])
def test_a_reply_that_does_not_come_in_time_is_given_up(web: WebServer, path: str) -> None:
    answer = transport(seconds=0.3).send(Request(web.url + path))
    assert isinstance(answer, Failure)
    assert answer.cause is Cause.TIMED_OUT


def test_a_body_that_drips_is_read_until_the_time_is_up(web: WebServer) -> None:
    web.drip = 0.2
    reply = _page(web, "/slow-body", seconds=0.5)
    assert (reply.status, reply.ending) == (200, Ending.CUT)


@pytest.mark.parametrize("path", ["/huge", "/bomb"])
def test_no_more_of_a_body_is_kept_than_a_page_may_have(web: WebServer, path: str) -> None:
    tracemalloc.start()
    reply = _page(web, path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(reply.body), reply.ending) == (PAGE_BYTES, Ending.CUT)
    assert most < 16 * PAGE_BYTES, "what is unpacked is never in memory as a whole"


@pytest.mark.parametrize("path", ["/truncated", "/badly-zipped"])
def test_a_body_that_is_not_whole_says_so(web: WebServer, path: str) -> None:
    assert _page(web, path).ending is Ending.BROKEN


def test_only_pages_are_read_where_a_page_is_wanted(web: WebServer) -> None:
    assert _page(web, "/status/404").body == b""
    assert b"Zipped" in _page(web, "/zipped").body


def test_a_request_says_who_asks_and_nothing_of_the_environment(
    web: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(transport().send(Request(f"{web.url}/")), Reply)
    assert web.seen[0].headers == {
        "host": f"127.0.0.1:{web.server_port}",
        "user-agent": AGENT,
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
    }


def test_a_name_and_password_in_an_address_are_not_used(web: WebServer) -> None:
    transport().send(Request(f"http://me:secret@127.0.0.1:{web.server_port}/"))
    assert "authorization" not in web.seen[0].headers


def test_only_get_is_sent_and_connections_are_used_again(web: WebServer) -> None:
    shared = transport()
    for number in range(3):
        shared.send(Request(f"{web.url}/{number}", body=Body.PAGE))
    assert {each.method for each in web.seen} == {"GET"}
    assert {each.connection for each in web.seen} == {1}
