"""Only the public internet is asked, whatever a link, a name or a redirect says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from asking import LOOPBACK, look_at, transport
from servers.web_server import WebServer

from commonplace.registry.failure import Cause, FailedError, Failure
from commonplace.registry.guard import Guard, is_public
from commonplace.registry.transport import Reply, Request
from commonplace.verdicts import Verdict


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(FailedError):
        Guard(look_up=lambda host, port: [address]).addresses("innocent.example", 80)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "64:ff9b::8.8.8.8"])
def test_an_address_of_the_public_internet_is_let_through(address: str) -> None:
    assert Guard(look_up=lambda host, port: [address]).addresses("good.example", 443) == (address,)


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    guard = Guard(look_up=lambda host, port: ["8.8.8.8", "127.0.0.1"])
    with pytest.raises(FailedError) as caught:
        guard.addresses("rebinding.example", 80)
    assert caught.value.failure.cause is Cause.PRIVATE


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]"],
)
def test_every_way_of_writing_this_machine_is_refused_and_it_is_not_asked(web: WebServer, host: str) -> None:
    answer = transport(Guard()).send(Request(f"http://{host}:{web.server_port}/"))
    assert isinstance(answer, Failure)
    assert answer.cause in (Cause.PRIVATE, Cause.NO_HOST, Cause.NO_LOOKUP)
    assert web.seen == []


@dataclass(frozen=True, slots=True)
class _OneDoor(Guard):
    """A guard to whom one port of this machine counts as the public internet."""

    port: int = 0

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        return (LOOPBACK if port == self.port else Guard()).addresses(host, port)


def test_a_redirect_to_a_private_address_is_refused(web: WebServer) -> None:
    with WebServer() as inside:
        url = f"{web.url}/away?to={inside.url}/secrets"
        outcome = look_at(url, by=transport(_OneDoor(port=web.server_port)))[url]
        assert outcome.verdict is Verdict.BROKEN
        assert "private network" in outcome.reason
        assert (len(web.seen), inside.seen) == (1, [])


def test_a_name_is_looked_up_once_for_each_connection(web: WebServer) -> None:
    asked: list[str] = []

    def changing(host: str, port: int) -> list[str]:
        """Gives a good address first, and one that must not be asked ever after."""
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    guard = Guard(allow_private=True, look_up=changing)
    answer = transport(guard).send(Request(f"http://rebinding.example:{web.server_port}/"))
    assert isinstance(answer, Reply)
    assert asked == ["rebinding.example"]
    assert web.seen[0].headers["host"] == f"rebinding.example:{web.server_port}"


def test_a_host_with_several_addresses_is_reached_at_the_one_that_answers(web: WebServer) -> None:
    guard = Guard(allow_private=True, look_up=lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert isinstance(transport(guard).send(Request(f"http://two.example:{web.server_port}/")), Reply)


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (socket.EAI_NONAME, Cause.NO_HOST),
        (socket.EAI_AGAIN, Cause.NO_LOOKUP),
        (socket.EAI_FAIL, Cause.NO_LOOKUP),
    ],
)
def test_a_host_that_is_not_there_differs_from_a_name_system_that_is_not(number: int, cause: Cause) -> None:
    def failing(host: str, port: int) -> list[str]:
        raise socket.gaierror(number, "no")

    answer = transport(Guard(look_up=failing)).send(Request("http://somewhere.example/"))
    assert isinstance(answer, Failure)
    assert answer.cause is cause


def test_a_name_that_no_host_can_have_is_never_looked_up() -> None:
    answer = transport(Guard()).send(Request(f"http://{'long' * 20}.example.test/"))
    assert isinstance(answer, Failure)
    assert answer.cause is Cause.NO_ADDRESS
