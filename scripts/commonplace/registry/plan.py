"""Decides what a run asks: each address once, by registry and host, and nothing that is still fresh."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from commonplace.answers import Answer
from commonplace.link_history import History
from commonplace.link_settings import Ignore
from commonplace.registry.values import Address, Plan, Scheme
from commonplace.verdicts import Verdict

_BATCH = 100
"""Ids in one request to arXiv; a GET becomes too long at about 650."""
_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
_LIFETIMES = {
    Verdict.OK: 7 * _DAY,
    Verdict.MOVED: 7 * _DAY,
    Verdict.BLOCKED: 7 * _DAY,
    Verdict.SUSPECT: _DAY,
    Verdict.BROKEN: _HOUR,
    Verdict.UNSURE: _HOUR,
}
"""How long what a web address answered holds; after a fault of one's own network one asks again soon."""
_PREPRINT_DAYS = 14
"""Days for which the latest version of a preprint is taken to be the latest."""
_DOI_DAYS = 7
_ABSENT_DAYS = 1


def plan(
    addresses: Iterable[Address],
    answers: Mapping[str, Answer],
    history: History,
    ignore: Iterable[Ignore],
    now: dt.datetime,
) -> Plan:
    """What to ask `now`, a time in UTC, given what is known; every address is in one part of the plan."""
    ignores = [each for each in ignore if not each.has_expired(now.date())]
    asked: list[Address] = []
    fresh: list[Address] = []
    ignored: list[tuple[Address, Ignore]] = []
    unsound: list[Address] = []
    for address in addresses:
        if covering := next((each for each in ignores if covers(each, address)), None):
            ignored.append((address, covering))
        elif address.fault:
            unsound.append(address)
        elif _is_fresh(address, answers, history, now):
            fresh.append(address)
        else:
            asked.append(address)
    return Plan(
        arxiv=tuple(_batches(_ids(asked, Scheme.ARXIV))),
        dois=tuple(_ids(asked, Scheme.DOI)),
        web=_by_host(_ids(asked, Scheme.WEB)),
        fragments={address.id: address.fragments for address in asked if address.fragments},
        fresh=tuple(fresh),
        ignored=tuple(ignored),
        unsound=tuple(unsound),
    )


def covers(ignore: Ignore, address: Address) -> bool:
    """Whether a setting ignores an address, by its name or by one of the forms in which it is written."""
    return any(map(ignore.covers, {address.name, *(place.written for place in address.places)}))


def not_ignored(addresses: Iterable[Address], ignore: Iterable[Ignore], today: dt.date) -> Iterator[Address]:
    """The addresses that no setting leaves out today."""
    ignores = [each for each in ignore if not each.has_expired(today)]
    return (address for address in addresses if not any(covers(each, address) for each in ignores))


def _ids(addresses: Iterable[Address], scheme: Scheme) -> list[str]:
    return sorted(address.id for address in addresses if address.scheme is scheme)


def _batches(ids: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(ids), _BATCH):
        yield tuple(ids[start : start + _BATCH])


def _by_host(urls: Iterable[str]) -> dict[str, tuple[str, ...]]:
    hosts = defaultdict[str, list[str]](list)
    for url in urls:
        hosts[urlsplit(url).netloc].append(url)
    return {host: tuple(hosts[host]) for host in sorted(hosts)}


def _is_fresh(address: Address, answers: Mapping[str, Answer], history: History, now: dt.datetime) -> bool:
    if address.scheme is Scheme.WEB:
        record = history.records.get(address.id)
        return record is not None and now - record.outcome.asked < _LIFETIMES[record.outcome.verdict]
    answer = answers.get(address.name)
    return answer is not None and _still_holds(answer, address, now.date())


def _still_holds(answer: Answer, address: Address, today: dt.date) -> bool:
    """Whether a registry need not be asked again: for ever where only known versions are meant."""
    age = (today - answer.asked).days
    if not answer.exists:
        return age < _ABSENT_DAYS
    if address.scheme is Scheme.DOI:
        return age < _DOI_DAYS
    versions = {place.version for place in address.places}
    latest = max((version.number for version in answer.versions), default=0)
    if any(version is not None and version > latest for version in versions):
        return False
    return None not in versions or age < _PREPRINT_DAYS
