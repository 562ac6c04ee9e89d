"""Whatever a server sends, a run goes on: its words become values, and none of them stops the program."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from asking import NOW, QUICKLY, transport
from hypothesis import given, settings
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict
from servers.loopback import Exchange, Loopback, Seen

from commonplace.registry.arxiv_feed import NoFeedError, read_feed
from commonplace.registry.crossref import read_work, read_works
from commonplace.registry.datacite import read_doi
from commonplace.registry.failure import Failure
from commonplace.registry.following import MOST_HOPS, Arrival, followed
from commonplace.registry.html_page import read_html
from commonplace.registry.transport import Body, Reply, Request
from commonplace.registry.web import outcome

_PIECES = st.lists(st.sampled_from([*'<![]>-/&#x;"=? ', "CDATA", "title", "h1", "if", "meta charset="]))
_ENCODINGS = st.sampled_from(
    ["utf-8", "utf-16", "idna", "punycode", "base64", "zip", "unicode_escape", "utf-7", "no-such", ""]
)
_NAMES = (
    "message items DOI title author given family name issued date-parts data attributes titles creators "
    "publicationYear dates date dateType dateInformation relatedIdentifiers relationType relatedIdentifier"
)
_LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["\ud800", "9" * 5000])


def _objects(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(values, max_size=3) | st.dictionaries(st.sampled_from(_NAMES.split()), values, max_size=4)


_JSON: st.SearchStrategy[object] = st.recursive(_LEAVES, _objects, max_leaves=12)


def _can_be_kept(*texts: str) -> bool:
    return all(text.encode("utf-8").decode("utf-8") == text for text in texts)


@given(_PIECES.map("".join) | st.text(), _ENCODINGS)
def test_any_page_can_be_read(text: str, encoding: str) -> None:
    page = read_html(text.encode("utf-8", "replace"), f"text/html; charset={encoding}")
    assert _can_be_kept(page.title, page.heading)


@given(st.binary())
def test_any_bytes_can_be_read_as_a_page(body: bytes) -> None:
    assert _can_be_kept(read_html(body, "text/html").title)


@given(_JSON)
def test_any_reply_of_a_doi_registry_can_be_read(document: object) -> None:
    body = json.dumps(document).encode()
    works = read_works(body, NOW.date()) or {}
    found = [*works.values(), read_work(body, NOW.date()), read_doi(body, "doi:10.1/x", NOW.date())]
    assert all(each is None or _can_be_kept(each.title, *each.authors) for each in found)


@given(st.sampled_from(["1", "999", "1000", "9" * 5000]), st.text(max_size=5))
def test_an_entry_of_a_feed_with_an_absurd_version_is_left_out(version: str, title: str) -> None:
    safe = "".join(sign for sign in title if sign.isalnum())
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        f"<id>http://arxiv.org/abs/2101.00001v{version}</id><title>{safe}</title></entry></feed>"
    )
    assert bool(read_feed(body.encode(), NOW.date()).answers) == (len(version) <= 3)


@given(st.binary() | st.text().map(lambda text: f"<feed>{text}</feed>".encode("utf-8", "replace")))
def test_any_bytes_are_a_feed_or_none(body: bytes) -> None:
    with pytest.raises(NoFeedError):
        read_feed(body, NOW.date())


_LOCATIONS = st.text() | st.sampled_from(
    [
        "http://[::1",
        "http://[::1]:99999/",
        "//",
        "http://",
        "http:///x",
        "https:x",
        "HTTP://A.TEST:80",
        "?",
        "#",
        "/\x00",
        "\\\\host\\share",
        "http://a.test:port/",
        "javascript:alert(1)",
        "x" * 9000,
        "http://\ud800/",
        "%zz",
        "http://a.test/%",
    ]
)


def _arrive(locations: list[str], status: int) -> tuple[Arrival, int]:
    """Where redirects lead that a server gives one after another, and how often it was asked."""
    steps = followed(Request("http://a.test/start"), QUICKLY)
    request, asked = next(steps), 0
    while True:
        asked += 1
        headers = CaseInsensitiveDict({"Location": locations[asked % len(locations)]})
        try:
            request = steps.send(Reply(request.url, status, "Found", headers))
        except StopIteration as end:
            arrival: Arrival = end.value
            return arrival, asked


@given(st.lists(_LOCATIONS, min_size=1, max_size=4), st.sampled_from([301, 302, 308]))
def test_redirects_lead_to_an_end_wherever_they_point(locations: list[str], status: int) -> None:
    arrival, asked = _arrive(locations, status)
    assert arrival.fault
    assert asked <= MOST_HOPS + 1
    said = outcome("http://a.test/start", (), arrival, NOW)
    assert len(said.reason) < 1000


def test_a_failure_at_the_end_of_redirects_says_where_it_arose() -> None:
    steps = followed(Request("http://a.test/start"), QUICKLY)
    next(steps)
    steps.send(Reply("http://a.test/start", 302, "Found", CaseInsensitiveDict({"Location": "/end"})))
    arrival = None
    answer: Reply | Failure = Reply("http://a.test/end", 410, "Gone")
    try:
        steps.send(answer)
    except StopIteration as end:
        arrival = end.value
    assert arrival is not None
    assert outcome("http://a.test/start", (), arrival, NOW).reason == "410 Gone, at http://a.test/end"


class _Raw(Loopback):
    """Sends these bytes and nothing else."""

    words = b""

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        exchange.wfile.write(self.words)
        exchange.hang_up()


@pytest.fixture(scope="module")
def raw() -> Iterator[_Raw]:
    with _Raw() as server:
        yield server


_HEADERS = st.sampled_from(
    [
        b"Content-Length: -1",
        b"Content-Length: 5, 7",
        b"Content-Length: many",
        b"Content-Length: 99999999999999999999",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: chunked, chunked",
        b"Content-Encoding: gzip, gzip, deflate",
        b"Content-Encoding: br",
        b"Content-Type: text/html; charset=\xff",
        b"Set-Cookie: \xff\xfe=;;;=; expires=never; max-age=x; domain=..",
        b"Location: http://[",
        b"Retry-After: \xff",
        b": nameless",
        b"\xff\xff: \x00",
        b" folded",
    ]
)
_STARTS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK",
        b"HTTP/1.0 200",
        b"HTTP/9.9 999 \xff",
        b"HTTP/1.1 -1 x",
        b"HTTP/1.1 302 F",
        b"ICY 200 OK",
    ]
)


def _written(start: bytes, headers: list[bytes], body: bytes) -> bytes:
    return b"\r\n".join([start, b"Content-Type: text/html", *headers, b"", body])


@given(st.binary() | st.builds(_written, _STARTS, st.lists(_HEADERS, max_size=4), st.binary()))
@settings(deadline=None)
def test_whatever_bytes_a_server_sends_asking_comes_to_a_value(raw: _Raw, words: bytes) -> None:
    raw.words = words
    answer = transport(seconds=5.0).send(Request(f"{raw.url}/", body=Body.PAGE))
    assert isinstance(answer, Reply | Failure)
    said = outcome(f"{raw.url}/", (), Arrival((), answer), NOW)
    assert _can_be_kept(said.reason, said.title)
