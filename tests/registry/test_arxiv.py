"""Whose an arXiv identifier is: asked as arXiv wants it, and never answered by one of its bad moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import AGENT, NOW, answers, outcomes, registries, run
from servers.arxiv_server import CANARY, ArxivServer, Paper
from servers.doi_server import DoiServer, Work

from commonplace.answers import Answer, Version
from commonplace.registry.arxiv import arxiv_errand
from commonplace.registry.arxiv_feed import NoFeedError, read_feed
from commonplace.registry.errands import Finding
from commonplace.registry.gap import Gap
from commonplace.registry.polite import Manners, host_of
from commonplace.verdicts import Verdict

LORA = Paper(
    "2106.09685",
    "LoRA: Low-Rank Adaptation of Large Language Models, with a Title that is Long & Folded",
    ("Edward J. Hu", "Yelong Shen"),
    published="2021-06-17T17:37:18Z",
    updated="2021-10-16T18:40:34Z",
    versions=2,
    journal="ICLR 2022",
    doi="10.1234/Some.DOI",
)
OLD = Paper("hep-th/9711200", "The Large N Limit", ("Juan M. Maldacena",), published="1997-11-27T00:00:00Z")
NOUGHT = Paper("2104.12255", "0")
GONE = "2401.00001"


@pytest.fixture
def arxiv() -> Iterator[ArxivServer]:
    with ArxivServer([LORA, OLD, NOUGHT]) as server:
        yield server


@pytest.fixture
def datacite() -> Iterator[DoiServer]:
    with DoiServer([Work("10.48550/arXiv.2106.09685", "LoRA", year=2021, agency="datacite")]) as server:
        yield server


def _ask(
    arxiv: ArxivServer, *batches: list[str], datacite: DoiServer | None = None, gap: Gap | None = None
) -> list[Finding]:
    at = registries(arxiv_api=arxiv.api, datacite=datacite.url if datacite else arxiv.url)
    host = host_of(arxiv.url)
    return run(
        [arxiv_errand(batches, at)],
        manners={host: Manners(at_once=1, one_refusal_is_enough=True)},
        turns={host: gap.turn} if gap else {},
    )


def test_an_answer_holds_what_arxiv_says(arxiv: ArxivServer) -> None:
    assert answers(_ask(arxiv, ["2106.09685"])) == {
        "arXiv:2106.09685": Answer(
            identifier="arXiv:2106.09685",
            registry="arxiv",
            asked=NOW.date(),
            exists=True,
            title="LoRA: Low-Rank Adaptation of Large Language Models, with a Title that is Long & Folded",
            authors=("Edward J. Hu", "Yelong Shen"),
            year=2021,
            versions=(Version(1, dt.date(2021, 6, 17)), Version(2, dt.date(2021, 10, 16))),
            doi="10.1234/some.doi",
            journal="ICLR 2022",
        )
    }


def test_answers_are_told_apart_by_their_id_whatever_the_order(arxiv: ArxivServer) -> None:
    found = answers(_ask(arxiv, [LORA.id, OLD.id, NOUGHT.id, CANARY.id]))
    assert {name: each.title.split(":")[0] for name, each in found.items()} == {
        "arXiv:2106.09685": "LoRA",
        "arXiv:hep-th/9711200": "The Large N Limit",
        "arXiv:2104.12255": "0",
        "arXiv:1706.03762": "Attention Is All You Need",
    }


def test_a_hundred_ids_are_one_request_that_says_how_many_it_wants() -> None:
    papers = [Paper(f"2101.{number:05}", f"Work {number}") for number in range(1, 251)]
    with ArxivServer(papers) as arxiv:
        ids = [paper.id for paper in papers]
        found = answers(_ask(arxiv, ids[:100], ids[100:200], ids[200:]))
        assert len(found) == 250
        assert [len(batch) for batch in arxiv.batches] == [101, 101, 51], "a canary goes along in each"
        assert {each.headers["user-agent"] for each in arxiv.seen} == {AGENT}


def test_an_id_is_asked_for_once_more_before_it_is_said_not_to_exist(arxiv: ArxivServer) -> None:
    found = answers(_ask(arxiv, [LORA.id, GONE], [OLD.id]))
    assert found[f"arXiv:{GONE}"] == Answer(f"arXiv:{GONE}", "arxiv", NOW.date(), exists=False)
    assert [GONE in batch for batch in arxiv.batches] == [True, False, True]


def test_what_is_missing_for_a_moment_is_found_after_all(arxiv: ArxivServer) -> None:
    late = Paper("2401.00002", "Late")

    class _Late(ArxivServer):
        def _feed(self, asked: list[str], most: int) -> tuple[int, str]:
            if len(self.seen) == 2:
                self.papers[late.id] = late
            return super()._feed(asked, most)

    with _Late([LORA]) as server:
        assert answers(_ask(server, [LORA.id, late.id]))[f"arXiv:{late.id}"].exists


@pytest.mark.parametrize("moment", ["empty", "429", "503", "truncated", "html", "bomb", "cut off"])
def test_a_bad_moment_is_waited_out_and_says_nothing(arxiv: ArxivServer, moment: str) -> None:
    arxiv.moments.extend([moment, moment])
    found = _ask(arxiv, [LORA.id])
    assert answers(found)["arXiv:2106.09685"].exists
    assert len(found) == 1
    assert len(arxiv.seen) == 3


@pytest.mark.parametrize("moment", ["empty", "429", "503", "truncated", "html", "bomb", "cut off"])
def test_of_an_arxiv_that_has_only_bad_moments_nothing_is_said(arxiv: ArxivServer, moment: str) -> None:
    arxiv.always = moment
    with DoiServer() as knows_nothing:
        found = _ask(arxiv, [LORA.id], [OLD.id], datacite=knows_nothing)
    assert answers(found) == {}
    said = outcomes(found)
    assert {each.verdict for each in said.values()} == {Verdict.UNSURE}
    assert said.keys() == {"arXiv:2106.09685", "arXiv:hep-th/9711200"}


def test_where_arxiv_gives_no_answer_datacite_is_asked(arxiv: ArxivServer, datacite: DoiServer) -> None:
    arxiv.always = "empty"
    found = _ask(arxiv, [LORA.id, OLD.id], datacite=datacite)
    assert answers(found)["arXiv:2106.09685"].registry == "datacite"
    assert outcomes(found).keys() == {"arXiv:hep-th/9711200"}, "that DataCite knows none proves nothing"


def test_after_a_403_arxiv_is_not_asked_again(arxiv: ArxivServer, datacite: DoiServer) -> None:
    arxiv.always = "403"
    found = _ask(arxiv, [LORA.id], [OLD.id], [NOUGHT.id], datacite=datacite)
    assert len(arxiv.seen) == 1
    assert answers(found)["arXiv:2106.09685"].registry == "datacite"
    assert {each.verdict for each in outcomes(found).values()} == {Verdict.BLOCKED}


def test_an_arxiv_that_wants_hours_of_peace_gets_them(arxiv: ArxivServer) -> None:
    arxiv.always, arxiv.retry_after = "429", "7200"
    with DoiServer() as knows_nothing:
        found = _ask(arxiv, [LORA.id], [OLD.id], datacite=knows_nothing)
    assert len(arxiv.seen) == 1
    assert "120 minutes" in outcomes(found)["arXiv:2106.09685"].reason


@pytest.mark.parametrize("old", [False, True])
def test_one_malformed_id_among_a_hundred_spoils_no_other(old: bool) -> None:
    papers = [Paper(f"2101.{number:05}", f"Work {number}") for number in range(1, 101)]
    with ArxivServer(papers) as arxiv:
        arxiv.malformed, arxiv.old = ("2101.00042",), old
        found = answers(_ask(arxiv, [paper.id for paper in papers]))
        assert [name for name, each in found.items() if not each.exists] == ["arXiv:2101.00042"]
        assert len(found) == 100
        assert len(arxiv.seen) == 2


def test_a_malformed_id_that_the_server_names_otherwise_is_found_by_halves() -> None:
    class _Vague(ArxivServer):
        def _feed(self, asked: list[str], most: int) -> tuple[int, str]:
            status, feed = super()._feed(asked, most)
            return status, feed.replace("format_for_2101.00003", "format_for_something")

    papers = [Paper(f"2101.{number:05}", f"Work {number}") for number in range(1, 9)]
    with _Vague(papers) as arxiv:
        arxiv.malformed = ("2101.00003",)
        found = answers(_ask(arxiv, [paper.id for paper in papers]))
        assert [name for name, each in found.items() if not each.exists] == ["arXiv:2101.00003"]
        assert len(found) == 8


@pytest.mark.parametrize(
    ("comment", "summary", "withdrawn"),
    [
        ("This paper has been withdrawn by the authors due to an error", "We show.", True),
        ("Withdrawn", "We show.", True),
        ("", "This paper has been withdrawn by the author because of an error in Lemma 3.", True),
        ("12 pages", "We study when a deposit may be withdrawn.", False),
        ("", "We show that the paper of Smith has been withdrawn from circulation.", False),
    ],
)
def test_a_withdrawn_paper_is_known_by_what_its_authors_say(
    comment: str, summary: str, withdrawn: bool
) -> None:
    paper = Paper("2301.00001", "A Work", comment=comment, summary=summary)
    with ArxivServer([paper]) as arxiv:
        assert answers(_ask(arxiv, [paper.id]))["arXiv:2301.00001"].withdrawn is withdrawn


def test_arxivs_gap_is_kept_between_all_requests_one_at_a_time(tmp_path: Path) -> None:
    with ArxivServer([LORA, OLD], gap=0.1) as arxiv:
        arxiv.moments.extend(["empty", "429"])
        _ask(arxiv, [LORA.id], [OLD.id], [GONE], gap=Gap(tmp_path / "arxiv.lock", 0.1))
        assert len(arxiv.seen) == 6
        assert min(arxiv.gaps) >= 0.1
        assert (arxiv.violations, arxiv.most_at_once) == (0, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"<feed",
        b'<!DOCTYPE feed><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        b'<?xml version="1.0"?>\n<! DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed/>',
        '<feed xmlns="http://www.w3.org/2005/Atom"></feed>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="no-such"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
    ],
)
def test_what_is_no_plain_feed_is_refused(body: bytes) -> None:
    with pytest.raises(NoFeedError):
        read_feed(body, NOW.date())
