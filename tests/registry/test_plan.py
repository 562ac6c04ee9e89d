"""A run asks for each address once, and for nothing that is still fresh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import NOW, TODAY, lora

from commonplace.answers import Answer
from commonplace.link_history import History
from commonplace.link_settings import Ignore
from commonplace.model import Location
from commonplace.registry.plan import plan
from commonplace.registry.values import Address, Place, Plan, Scheme
from commonplace.verdicts import Outcome, Verdict

HERE = Place(Location("notes/a.md"), "")
PAGE = Address(Scheme.WEB, "https://a.org/b", (replace(HERE, written="http://a.org/b"),))
LORA = Address(Scheme.ARXIV, "2106.09685", (HERE,))
DOI = Address(Scheme.DOI, "10.1038/nature14539", (HERE,))


def planned(
    *addresses: Address,
    answers: Iterable[Answer] = (),
    outcomes: Iterable[Outcome] = (),
    ignore: Iterable[Ignore] = (),
) -> Plan:
    known = {answer.identifier: answer for answer in answers}
    return plan(addresses, known, History().after(outcomes), ignore, NOW)


def asks(made: Plan) -> bool:
    return bool(made.arxiv or made.dois or made.web)


def test_two_thousand_preprints_take_twenty_requests_and_leave_one_for_a_second_look() -> None:
    addresses = [Address(Scheme.ARXIV, f"2106.{number:05}", (HERE,)) for number in range(1, 2001)]
    made = planned(*addresses)
    assert [len(batch) for batch in made.arxiv] == [100] * 20
    assert {id_ for batch in made.arxiv for id_ in batch} == {address.id for address in addresses}


def test_each_address_goes_to_its_registry_or_host() -> None:
    other = Address(Scheme.WEB, "https://b.org:8080/", (HERE,), ("part",))
    made = planned(LORA, DOI, PAGE, other)
    assert made.arxiv == (("2106.09685",),)
    assert made.dois == ("10.1038/nature14539",)
    assert made.web == {"a.org": ("https://a.org/b",), "b.org:8080": ("https://b.org:8080/",)}
    assert made.fragments == {"https://b.org:8080/": ("part",)}


@pytest.mark.parametrize(("days", "is_fresh"), [(0, True), (13, True), (14, False)])
def test_the_latest_version_of_a_preprint_is_asked_for_every_fortnight(days: int, *, is_fresh: bool) -> None:
    made = planned(LORA, answers=[lora(asked=TODAY - dt.timedelta(days))])
    assert asks(made) is not is_fresh
    assert made.fresh == ((LORA,) if is_fresh else ())


def test_known_versions_are_never_asked_for_again() -> None:
    versioned = Address(Scheme.ARXIV, "2106.09685", (replace(HERE, version=1), replace(HERE, version=2)))
    assert not asks(planned(versioned, answers=[lora(asked=dt.date(2021, 7, 1))]))


def test_a_version_that_is_newer_than_the_answer_is_asked_for() -> None:
    newer = Address(Scheme.ARXIV, "2106.09685", (HERE, replace(HERE, version=3)))
    assert asks(planned(newer, answers=[lora(asked=TODAY)]))


@pytest.mark.parametrize(("days", "is_fresh"), [(6, True), (7, False)])
def test_a_doi_is_asked_for_every_week(days: int, *, is_fresh: bool) -> None:
    answer = Answer(DOI.name, "crossref", TODAY - dt.timedelta(days), exists=True)
    assert asks(planned(DOI, answers=[answer])) is not is_fresh


@pytest.mark.parametrize("address", [LORA, DOI])
def test_what_did_not_exist_is_asked_for_the_next_day(address: Address) -> None:
    yesterday = TODAY - dt.timedelta(1)
    assert asks(planned(address, answers=[Answer(address.name, "arxiv", yesterday, exists=False)]))
    assert not asks(planned(address, answers=[Answer(address.name, "arxiv", TODAY, exists=False)]))


@pytest.mark.parametrize("verdict", Verdict)
def test_a_page_is_asked_again_by_what_it_answered(verdict: Verdict) -> None:
    hours = {Verdict.BROKEN: 1, Verdict.UNSURE: 1, Verdict.SUSPECT: 24}.get(verdict, 7 * 24)
    lifetime = dt.timedelta(hours=hours)
    minute = dt.timedelta(minutes=1)
    old, young = (Outcome(PAGE.id, verdict, "", NOW - age) for age in (lifetime, lifetime - minute))
    assert asks(planned(PAGE, outcomes=[old]))
    assert not asks(planned(PAGE, outcomes=[young]))


def test_an_ignored_address_is_not_asked_until_its_day_has_passed() -> None:
    ignore = Ignore("https://a.org/*", "slow", TODAY, Location("pyproject.toml"))
    assert planned(PAGE, ignore=[ignore]).ignored == ((PAGE, ignore),)
    assert asks(planned(PAGE, ignore=[replace(ignore, until=TODAY - dt.timedelta(1))]))


@pytest.mark.parametrize(("pattern", "fits"), [("http://a.org/b", True), ("*a.org*", True), ("a.org", False)])
def test_a_pattern_is_held_against_the_whole_address_as_written_or_normalised(
    pattern: str, *, fits: bool
) -> None:
    made = planned(PAGE, ignore=[Ignore(pattern, "why", None, Location("pyproject.toml"))])
    assert asks(made) is not fits


def test_what_cannot_exist_is_never_asked() -> None:
    unsound = Address(Scheme.ARXIV, "1713.00001", (HERE,), fault="there is no month 13")
    made = planned(unsound)
    assert (made.unsound, asks(made)) == ((unsound,), False)


@given(st.sets(st.integers(1, 99999), max_size=400), st.sets(st.integers(1, 99999), max_size=50))
def test_every_address_is_in_just_one_part(ids: set[int], pages: set[int]) -> None:
    addresses = [Address(Scheme.ARXIV, f"2106.{number:05}", (HERE,)) for number in ids]
    addresses += [Address(Scheme.WEB, f"https://{number % 7}.org/{number}", (HERE,)) for number in pages]
    ignore = Ignore("https://3.org/*", "why", None, Location("pyproject.toml"))
    made = planned(*addresses, ignore=[ignore])
    asked = [
        *(id_ for batch in made.arxiv for id_ in batch),
        *(url for urls in made.web.values() for url in urls),
    ]
    assert sorted([*asked, *(address.id for address, _ in made.ignored)]) == sorted(
        each.id for each in addresses
    )
    assert all(len(batch) <= 100 for batch in made.arxiv)
