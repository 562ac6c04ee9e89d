"""No host is asked more, or faster, than it can bear; while one makes a pause, the others go on."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from email.utils import format_datetime
from pathlib import Path

import pytest
from asking import NOW, look_at, registries, run
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict
from servers.loopback import Exchange, Loopback, Seen
from servers.web_server import WebServer, page

from commonplace.registry.failure import Cause, Failure
from commonplace.registry.gap import Gap
from commonplace.registry.pace import LONGEST_PAUSE, Pace
from commonplace.registry.polite import Manners, asked_gap, asked_pause, host_of
from commonplace.registry.transport import Reply
from commonplace.registry.web import web_errand
from commonplace.verdicts import Verdict


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def _reply(status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply("http://a.test/", status, "", CaseInsensitiveDict(named))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Example.org/a", "example.org"),
        ("http://example.org:80/", "example.org"),
        ("https://example.org:443/", "example.org"),
        ("https://example.org:8443/", "example.org:8443"),
        ("http://me@example.org/", "example.org"),
        ("http://[::1]:99999/", "::1"),
    ],
)
def test_a_host_is_counted_once_however_it_is_written(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120.0),
        (format_datetime(NOW + dt.timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - dt.timedelta(days=1), usegmt=True), 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("", 0.0),
    ],
)
def test_a_pause_is_understood_in_seconds_and_as_a_date(written: str, seconds: float) -> None:
    assert asked_pause(_reply(429, Retry_After=written), NOW) == seconds


@given(st.text())
def test_whatever_a_server_writes_as_a_pause_is_a_number_of_seconds(written: str) -> None:
    assert asked_pause(_reply(429, Retry_After=written), NOW) >= 0.0


def test_a_registrys_limit_is_a_gap() -> None:
    assert asked_gap(_reply(X_Rate_Limit_Limit="50", X_Rate_Limit_Interval="1s")) == 0.02
    assert asked_gap(_reply(X_Rate_Limit_Limit="many", X_Rate_Limit_Interval="1s")) == 0.0
    assert asked_gap(_reply()) == 0.0


def test_a_host_that_complains_is_asked_one_at_a_time_and_further_apart() -> None:
    pace = Pace(Manners(at_once=2))
    pace.heed(_reply(429), 100.0)
    assert (pace.at_once, pace.gap) == (1, 0.1)
    pace.heed(_reply(429), 100.0)
    assert pace.gap == 0.2
    pace.heed(_reply(503, Retry_After="7"), 100.0)
    assert (pace.gap, pace.not_before) == (0.4, 107.0)


def test_a_host_that_no_longer_complains_is_asked_as_before() -> None:
    pace = Pace(Manners(at_once=2))
    pace.heed(_reply(429), 0.0)
    for _ in range(10):
        pace.heed(_reply(), 0.0)
    assert (pace.at_once, pace.gap) == (2, 0.0)


def test_a_limit_that_a_host_names_is_kept_for_good() -> None:
    pace = Pace(Manners(at_once=2))
    pace.heed(_reply(X_Rate_Limit_Limit="5", X_Rate_Limit_Interval="1s"), 0.0)
    for _ in range(30):
        pace.heed(_reply(), 0.0)
    assert (pace.at_once, pace.gap) == (2, 0.2)


def test_an_error_without_a_wish_for_a_pause_slows_nothing_down() -> None:
    pace = Pace(Manners(at_once=2))
    pace.heed(_reply(503), 0.0)
    assert (pace.at_once, pace.gap, pace.not_before) == (2, 0.0, 0.0)


def test_a_host_that_wants_a_long_pause_is_left_alone() -> None:
    pace = Pace(Manners())
    pace.heed(_reply(429, Retry_After=str(int(LONGEST_PAUSE) * 60)), 0.0)
    assert pace.left_alone == Failure(Cause.LEFT_ALONE, "it asks to be left alone for 60 minutes")


def test_a_host_that_keeps_silent_is_given_up_after_a_few_requests() -> None:
    pace = Pace(Manners())
    for _ in range(4):
        assert pace.left_alone is None
        pace.heed(Failure(Cause.TIMED_OUT, "no reply within 15 s"), 0.0)
    assert pace.left_alone is not None


class _Meeting(Loopback):
    """Answers the first two requests only when all others of the meeting have two as well."""

    def __init__(self, barrier: threading.Barrier) -> None:
        super().__init__()
        self._barrier = barrier

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        if self.seen.index(seen) < 2:
            self._barrier.wait(timeout=20)
        exchange.reply(200, page("Here"))


def test_two_requests_at_a_time_reach_a_host_and_hosts_are_asked_side_by_side() -> None:
    with ExitStack() as stack:
        barrier = threading.Barrier(6)
        servers = [stack.enter_context(_Meeting(barrier)) for _ in range(3)]
        look_at(*(f"{server.url}/{number}" for number in range(12) for server in servers))
        assert [len(server.seen) for server in servers] == [12, 12, 12]
        assert [server.most_at_once for server in servers] == [2, 2, 2]


def test_a_redirect_counts_for_the_host_that_it_leads_to(web: WebServer) -> None:
    with ExitStack() as stack:
        doors = [stack.enter_context(WebServer()) for _ in range(5)]
        web.delay = 0.02
        outcomes = look_at(
            *(f"{door.url}/away?to={web.url}/{n}{k}" for n, door in enumerate(doors) for k in "abc")
        )
        assert {each.verdict for each in outcomes.values()} == {Verdict.OK}
        assert len(web.seen) == 15
        assert web.most_at_once <= 2


class _Waiting(Loopback):
    """Asks for a pause at first, and keeps how much another server had been asked when that was over."""

    def __init__(self, other: WebServer) -> None:
        super().__init__()
        self._other = other
        self.others_by_then = 0

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        if self.visits[seen.path] == 1:
            exchange.reply(429, Retry_After="1")
        else:
            self.others_by_then = self.others_by_then or len(self._other.seen)
            exchange.reply(200, page("Here"))


def test_while_one_host_makes_a_pause_the_others_go_on(web: WebServer) -> None:
    with _Waiting(web) as busy:
        outcomes = look_at(f"{busy.url}/a", f"{busy.url}/b", *(f"{web.url}/{number}" for number in range(30)))
        assert {each.verdict for each in outcomes.values()} == {Verdict.OK}
        assert busy.others_by_then == 30
        assert max(busy.gaps) >= 1.0, "the pause is as long as it was asked for"


class _Strict(Loopback):
    """Bears a request each `gap` seconds, and not one earlier."""

    gap = 0.11

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        before = [each.at for each in self.seen if each is not seen]
        early = bool(before) and seen.at - max(before) < self.gap
        exchange.reply(429 if early else 200, page("Here"))


def test_no_link_to_a_strict_host_is_taken_for_broken() -> None:
    with _Strict() as strict:
        outcomes = look_at(*(f"{strict.url}/{number}" for number in range(15)))
        assert {each.verdict for each in outcomes.values()} == {Verdict.OK}
        assert len(strict.seen) <= 30, "it is slowed down for, not stormed"


def test_a_host_that_forbids_asking_is_asked_no_more_where_one_refusal_is_enough(web: WebServer) -> None:
    errands = [web_errand(f"{web.url}/status/403?{number}", (), registries()) for number in range(5)]
    run(errands, manners={host_of(web.url): Manners(at_once=1, one_refusal_is_enough=True)})
    assert len(web.seen) == 1


def test_a_gap_is_kept_after_what_another_process_did(tmp_path: Path) -> None:
    clock, slept = [1000.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    gap = Gap(tmp_path / ".cache" / "arxiv.lock", 3.0, lambda: clock[0], sleep)
    with gap.turn():
        clock[0] += 5.0
    clock[0] += 1.0
    with gap.turn():
        pass
    clock[0] += 10.0
    with gap.turn():
        pass
    assert slept == [0.0, 2.0, 0.0]


@pytest.mark.parametrize("written", ["", "nonsense", "99999999999"])
def test_where_nobody_knows_when_the_last_turn_ended_the_whole_gap_is_kept(
    tmp_path: Path, written: str
) -> None:
    (tmp_path / "arxiv.last").write_text(written)
    slept: list[float] = []
    with Gap(tmp_path / "arxiv.lock", 3.0, lambda: 1000.0, slept.append).turn():
        pass
    assert slept == [3.0]


def test_one_has_the_turn_at_a_time(tmp_path: Path) -> None:
    gap = Gap(tmp_path / "arxiv.lock", 0.0)
    inside, most, guard = [0], [0], threading.Lock()

    def work() -> None:
        for _ in range(5):
            with gap.turn():
                with guard:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                with guard:
                    inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
