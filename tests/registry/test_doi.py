"""Whose a DOI is: Crossref's word, or DataCite's, or at least that of the registry that gives DOIs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from asking import NOW, answers, look_at, outcomes, registries, run, transport
from servers.doi_server import DoiServer, Work
from servers.web_server import WebServer

from commonplace.answers import Answer, Version
from commonplace.registry.archive import archive_errand
from commonplace.registry.crossref import read_work, read_works
from commonplace.registry.datacite import read_doi
from commonplace.registry.doi import doi_errands
from commonplace.registry.errands import Finding
from commonplace.registry.registries import Registries
from commonplace.registry.transport import Body, Reply, Request
from commonplace.verdicts import Verdict

NATURE = Work("10.1038/nature14539", "Deep learning", (("Yann", "LeCun"), ("Yoshua", "Bengio")))
SICI = Work("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2", "Semicolons")
COMMA = Work("10.1000/a,b", "A comma", subtitle="and what follows it")
ZENODO = Work("10.5281/zenodo.1234", "A data set", (("Grace", "Hopper"),), 2019, "datacite")
JALC = Work("10.11501/3219010", "Elsewhere", agency="jalc")
GONE = "10.1000/gone"


@pytest.fixture
def doi() -> Iterator[DoiServer]:
    with DoiServer([NATURE, SICI, COMMA, ZENODO, JALC]) as server:
        yield server


def _at(doi: DoiServer, **settings: str) -> Registries:
    urls = dict.fromkeys(("doi", "crossref", "datacite", "wayback"), doi.url)
    return registries(**{**urls, **settings})


def _ask(doi: DoiServer, *dois: str, **settings: str) -> list[Finding]:
    return run(doi_errands([each.lower() for each in dois], _at(doi, **settings)))


def test_an_answer_holds_what_crossref_says(doi: DoiServer) -> None:
    assert answers(_ask(doi, NATURE.doi)) == {
        "doi:10.1038/nature14539": Answer(
            identifier="doi:10.1038/nature14539",
            registry="crossref",
            asked=NOW.date(),
            exists=True,
            title="Deep learning",
            authors=("Yann LeCun", "Yoshua Bengio"),
            year=2015,
        )
    }


def test_crossref_is_asked_about_many_at_once_and_told_who_asks() -> None:
    works = [Work(f"10.1000/work.{number}", f"Work {number}") for number in range(100)]
    with DoiServer(works) as doi:
        found = answers(_ask(doi, *(work.doi for work in works), contact="keeper@example.org"))
        assert len(found) == 100
        assert sorted(each.query["rows"] for each in doi.seen) == ["20", "40", "40"]
        assert {each.query["mailto"] for each in doi.seen} == {"keeper@example.org"}


def test_a_doi_that_was_never_given_out_does_not_exist(doi: DoiServer) -> None:
    found = answers(_ask(doi, NATURE.doi, GONE))
    assert found[f"doi:{GONE}"] == Answer(f"doi:{GONE}", "doi.org", NOW.date(), exists=False)


def test_what_crossref_does_not_know_datacite_may(doi: DoiServer) -> None:
    answer = answers(_ask(doi, ZENODO.doi))["doi:10.5281/zenodo.1234"]
    assert (answer.registry, answer.title, answer.authors) == ("datacite", "A data set", ("Grace Hopper",))


def test_a_doi_of_another_agency_exists_and_that_is_all_that_is_said(doi: DoiServer) -> None:
    answer = answers(_ask(doi, JALC.doi))["doi:10.11501/3219010"]
    assert (answer.registry, answer.exists, answer.title) == ("doi.org", True, "")


@pytest.mark.parametrize("work", [SICI, COMMA])
def test_dois_with_awkward_signs_reach_the_registries_whole(doi: DoiServer, work: Work) -> None:
    answer = answers(_ask(doi, work.doi))[f"doi:{work.doi.lower()}"]
    assert answer.title.startswith(work.title)
    assert answer.registry == "crossref"


def test_a_subtitle_belongs_to_the_title(doi: DoiServer) -> None:
    assert answers(_ask(doi, COMMA.doi))["doi:10.1000/a,b"].title == "A comma: and what follows it"


@pytest.mark.parametrize(
    "down", [{"crossref"}, {"crossref", "datacite"}, {"crossref", "datacite", "doi.org"}]
)
def test_of_registries_that_cannot_be_asked_nothing_is_said(doi: DoiServer, down: set[str]) -> None:
    doi.down = down
    found = _ask(doi, NATURE.doi)
    assert answers(found) == {}
    assert outcomes(found)["doi:10.1038/nature14539"].verdict is Verdict.UNSURE


def test_that_a_doi_was_never_given_out_is_known_without_crossref(doi: DoiServer) -> None:
    doi.down = {"crossref", "datacite"}
    assert not answers(_ask(doi, GONE))[f"doi:{GONE}"].exists


def test_a_limit_that_crossref_names_is_kept() -> None:
    works = [Work(f"10.1000/work.{number}", f"Work {number}") for number in range(120)]
    with DoiServer(works) as doi:
        doi.limits = {"x_rate_limit_limit": "10", "x_rate_limit_interval": "1s"}
        assert len(answers(_ask(doi, *(work.doi for work in works)))) == 120
        first, *_, last = (each.at for each in doi.seen)
        assert last - first >= 0.1, "the reply to the first names the limit, and the last waits for it"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"message": 3}', b'{"data": {"attributes": []}}', b"[" * 99999]
)
def test_replies_of_another_shape_say_nothing(body: bytes) -> None:
    assert read_works(body, NOW.date()) is None
    assert read_work(body, NOW.date()) is None
    assert read_doi(body, "doi:10.1/x", NOW.date()) is None


def test_datacite_dates_the_versions_of_a_preprint() -> None:
    work = Work(
        "10.48550/arXiv.2106.09685",
        "LoRA",
        agency="datacite",
        versions=("2021-06-17T17:37:18Z", "2021-10-16T18:40:34Z"),
        published_as="10.1234/Proceedings",
    )
    with DoiServer([work]) as doi:
        reply = transport().send(Request(f"{doi.url}/dois/{work.doi}", body=Body.ALL))
    assert isinstance(reply, Reply)
    answer = read_doi(reply.body, "arXiv:2106.09685", NOW.date())
    assert answer is not None
    assert answer.versions == (Version(1, dt.date(2021, 6, 17)), Version(2, dt.date(2021, 10, 16)))
    assert answer.doi == "10.1234/proceedings"


def test_a_dead_page_comes_with_the_archives_copy() -> None:
    with WebServer() as web, DoiServer(copies=[f"{web.url}/status/404"]) as archive:
        dead = look_at(f"{web.url}/status/404", f"{web.url}/status/410")
        found = outcomes(run([archive_errand(each, _at(archive)) for each in dead.values()]))
        assert found.keys() == {f"{web.url}/status/404"}, "where there is no copy, nothing is added"
        assert found[f"{web.url}/status/404"].archived.endswith(f"/web/20240102030405/{web.url}/status/404")
        assert not any(target.startswith("/web/2024") for target in archive.targets), "it is not fetched"
