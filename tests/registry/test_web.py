"""What is said of a web address: every broken link is named for what it is, and no sound one is suspected."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from asking import look_at, transport
from servers import certificates
from servers.web_server import Case, Web, WebServer

from commonplace.verdicts import Outcome, Verdict


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture(scope="module")
def whole_web() -> Iterator[Web]:
    with ExitStack() as stack:
        servers = {
            "expired": WebServer(tls=certificates.expired()),
            "self-signed": WebServer(tls=certificates.self_signed()),
            "other-host": WebServer(tls=certificates.sound("other.example.test")),
        }
        addresses = {name: f"{stack.enter_context(server).url}/" for name, server in servers.items()}
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            addresses["closed"] = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
            addresses["no-host"] = "http://nowhere.invalid/"
            yield Web(stack.enter_context(WebServer()), addresses)


@pytest.fixture(scope="module")
def said(whole_web: Web) -> dict[str, Outcome]:
    """What is said of all cases when they are asked for in one run."""
    cases = [*whole_web.broken(), *whole_web.traps()]
    return look_at(*(case.url for case in cases), by=transport(trust=certificates.trust(), seconds=3.0))


def _only(web: WebServer, path: str, *fragments: str) -> Outcome:
    return look_at(web.url + path, fragments=fragments)[web.url + path]


@pytest.mark.parametrize("number", range(20))
def test_a_broken_link_is_named_for_what_it_is(whole_web: Web, said: dict[str, Outcome], number: int) -> None:
    case: Case = whole_web.broken()[number]
    assert said[case.url].verdict == case.verdict, case.name
    assert case.words in said[case.url].reason, case.name


@pytest.mark.parametrize("number", range(15))
def test_a_link_that_only_looks_broken_is_fine(whole_web: Web, said: dict[str, Outcome], number: int) -> None:
    case: Case = whole_web.traps()[number]
    assert (said[case.url].verdict, said[case.url].missing) == (case.verdict, ()), said[case.url].reason


@pytest.mark.parametrize("status", [401, 403, 418, 451, 999])
def test_a_server_that_turns_programs_away_blocks(web: WebServer, status: int) -> None:
    outcome = _only(web, f"/status/{status}")
    assert outcome.verdict is Verdict.BLOCKED
    assert str(status) in outcome.reason
    assert len(web.seen) == 1, "what is refused is not asked for again"


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_not_asked_for_again(web: WebServer, status: int) -> None:
    assert _only(web, f"/status/{status}").verdict is Verdict.BROKEN
    assert len(web.seen) == 1


@pytest.mark.parametrize("path", ["/moved", "/moved-308", "/moved-then-elsewhere"])
def test_a_page_that_has_moved_for_good_comes_with_its_new_address(web: WebServer, path: str) -> None:
    outcome = _only(web, path)
    assert outcome.verdict is Verdict.MOVED
    new = "/elsewhere-today" if "then" in path else "/new/place"
    assert outcome.moved_to == web.url + new


def test_a_redirect_for_now_is_no_move_even_to_a_page_that_has_moved(web: WebServer) -> None:
    outcome = _only(web, "/for-now")
    assert (outcome.verdict, outcome.moved_to) == (Verdict.OK, "")


def test_a_page_that_has_moved_to_nothing_is_broken(web: WebServer) -> None:
    outcome = _only(web, "/moved-to-404")
    assert (outcome.verdict, outcome.moved_to) == (Verdict.BROKEN, "")
    assert outcome.reason.endswith(f"at {web.url}/status/404")


def test_a_site_that_has_gone_over_to_https_has_moved(web: WebServer) -> None:
    with WebServer(tls=certificates.sound()) as secure:
        url = f"{web.url}/away-for-good?to={secure.url}/paper"
        outcome = look_at(url, by=transport(trust=certificates.trust()))[url]
        assert (outcome.verdict, outcome.moved_to) == (Verdict.MOVED, f"{secure.url}/paper")
        assert secure.targets == ["/paper"]


def test_an_anchor_that_a_page_does_not_have_is_missing(web: WebServer) -> None:
    outcome = _only(web, "/anchors", "methods", "old", "readme", "gr%C3%B6%C3%9Fe", "top", "results")
    assert outcome.verdict is Verdict.OK
    assert outcome.missing == ("results",)
    assert len(web.seen) == 1, "one page is asked for once, however many anchors are looked for"


def test_what_a_page_calls_itself_is_kept(web: WebServer) -> None:
    assert _only(web, "/highway").title == "Highway 404: Not Found on Maps | Atlas"


@pytest.mark.parametrize("path", ["/no-longer-here", "/heading-404"])
def test_a_page_that_says_it_is_not_there_is_suspect(web: WebServer, path: str) -> None:
    assert _only(web, path).verdict is Verdict.SUSPECT


@pytest.mark.parametrize("path", ["/zipped", "/chunked", "/status/204", "/caf%C3%A9", "/to-accents"])
def test_ordinary_ways_of_sending_a_page_are_understood(web: WebServer, path: str) -> None:
    assert _only(web, path).verdict is Verdict.OK


def test_a_link_to_a_home_page_may_be_redirected_to_it(web: WebServer) -> None:
    assert look_at(f"{web.url}/index.html")[f"{web.url}/index.html"].verdict is Verdict.OK


def test_cookies_that_change_with_each_redirect_do_not_go_on_for_ever(web: WebServer) -> None:
    outcome = _only(web, "/ever-new-cookie")
    assert outcome.verdict is Verdict.BROKEN
    assert len(web.seen) == 11


def test_cookies_of_one_address_are_not_sent_for_another(web: WebServer) -> None:
    look_at(f"{web.url}/cookie", by=(shared := transport()))
    look_at(f"{web.url}/cookie?again", by=shared)
    assert len(web.seen) == 4, "each address comes without cookies first"


def test_a_unicode_host_is_asked_by_its_name_in_ascii(web: WebServer) -> None:
    url = f"http://bücher.example.test:{web.server_port}/"
    assert look_at(url)[url].verdict is Verdict.OK
    assert web.seen[0].headers["host"] == f"xn--bcher-kva.example.test:{web.server_port}"


def test_one_that_never_answers_is_unsure_in_the_end(web: WebServer) -> None:
    url = f"{web.url}/hangs"
    outcome = look_at(url, by=transport(seconds=0.2))[url]
    assert outcome.verdict is Verdict.UNSURE
    assert len(web.seen) == 3
