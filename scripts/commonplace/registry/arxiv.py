"""Asks arXiv whose its identifiers are, in batches; where it cannot be reached, DataCite."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from commonplace.answers import Answer
from commonplace.registry import datacite
from commonplace.registry.arxiv_feed import Feed, NoFeedError, read_feed
from commonplace.registry.errands import Errand, Finding, Found, Steps
from commonplace.registry.failure import Failure
from commonplace.registry.registries import Registries
from commonplace.registry.transport import Ending, Reply, Request
from commonplace.verdicts import Outcome, Verdict

BATCH = 100
CANARY = "1706.03762"
"""An id that exists for certain: a feed without it is one of the server's bad moments."""
_ACCEPT = "application/atom+xml"
_JSON = "application/vnd.api+json"


@dataclass
class _Open:
    """What of a batch is still to be found out."""

    missing: list[str] = field(default_factory=list)
    """Ids that a sound feed did not have."""
    unanswered: list[str] = field(default_factory=list)
    reason: str = ""
    """Why arXiv is asked no more; empty while it is."""
    blocked: bool = False


def arxiv_errand(batches: Sequence[Sequence[str]], registries: Registries) -> Errand:
    """Finds out about ids without version: all by one errand, since arXiv is asked one thing at a time."""
    return Errand(_steps(batches, registries))


def _steps(batches: Sequence[Sequence[str]], registries: Registries) -> Steps:
    still = _Open()
    for batch in batches:
        found = yield from _ask(batch, registries, still)
        yield Found(tuple(found.values()))
        still.missing += [each for each in batch if each not in found and each not in still.unanswered]
    # An id may be missing from a feed for a moment only, so nothing is said not to exist at first.
    missing, still.missing = still.missing, []
    for at in range(0, len(missing), BATCH):
        batch = missing[at : at + BATCH]
        found = yield from _ask(batch, registries, still)
        gone = [each for each in batch if each not in found and each not in still.unanswered]
        yield Found((*found.values(), *(_unknown(each, registries) for each in gone)))
    if still.unanswered:
        verdict = Verdict.BLOCKED if still.blocked else Verdict.UNSURE
        errands = (Errand(_fallback(each, registries, verdict, still.reason)) for each in still.unanswered)
        yield Found((), then=tuple(errands))


def first_titles_errand(answers: Sequence[Answer], registries: Registries) -> Errand:
    """Finds out what preprints were called at first, and gives their answers with that added."""
    return Errand(_first_titles(answers, registries))


def _first_titles(answers: Sequence[Answer], registries: Registries) -> Steps:
    by_id = {each.identifier.removeprefix("arXiv:"): each for each in answers}
    by_id.pop(CANARY, None)
    ids = list(by_id)
    for at in range(0, len(ids), BATCH):
        asked = [f"{each}v1" for each in ids[at : at + BATCH]]
        feed = yield from _sound_feed(asked, registries)
        if isinstance(feed, Feed):
            titles = {each: feed.answers[each].title for each in by_id if each in feed.answers}
            yield Found(tuple(_called_at_first(by_id[each], title) for each, title in titles.items()))


def _called_at_first(answer: Answer, title: str) -> Answer:
    first, *later = answer.versions
    return replace(answer, versions=(replace(first, title=title), *later))


def _unknown(arxiv_id: str, registries: Registries) -> Answer:
    return Answer(f"arXiv:{arxiv_id}", "arxiv", registries.today, exists=False)


def _ask(
    ids: Sequence[str], registries: Registries, still: _Open
) -> Generator[Request, Any, dict[str, Answer]]:
    """The answers of those of `ids` that a sound feed has or names as malformed."""
    if not ids or still.reason:
        still.unanswered += ids
        return {}
    outcome = yield from _sound_feed(ids, registries)
    if isinstance(outcome, _Refusal):
        still.reason, still.blocked = outcome.reason, outcome.blocked
        still.unanswered += ids
        return {}
    malformed = {each: _unknown(each, registries) for each in ids if each in outcome.malformed}
    if not outcome.malformed:
        return {each: outcome.answers[each] for each in ids if each in outcome.answers}
    if malformed:
        rest = yield from _ask([each for each in ids if each not in malformed], registries, still)
        return {**malformed, **rest}
    # The server names an id that nobody asked for: halves tell which one it means.
    return (yield from _halves(ids, registries, still))


def _halves(
    ids: Sequence[str], registries: Registries, still: _Open
) -> Generator[Request, Any, dict[str, Answer]]:
    if len(ids) == 1:
        return {ids[0]: _unknown(ids[0], registries)}
    middle = len(ids) // 2
    first = yield from _ask(ids[:middle], registries, still)
    second = yield from _ask(ids[middle:], registries, still)
    return {**first, **second}


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why arXiv gives no feed after all tries."""

    reason: str
    blocked: bool = False


def _sound_feed(ids: Sequence[str], registries: Registries) -> Generator[Request, Any, Feed | _Refusal]:
    """A feed that holds the canary, or that names malformed ids; bad moments are waited out."""
    asked = ids if CANARY in ids else (*ids, CANARY)
    # Without a number the rest of ten is left out, without a word.
    query = urlencode({"id_list": ",".join(asked), "max_results": len(asked)}, safe=",/")
    url = f"{registries.settings.arxiv_api}?{query}"
    fault = ""
    for attempt in range(registries.persistence.tries):
        after = registries.persistence.pause_before(attempt)
        answer: Reply | Failure = yield from registries.asked(url, _ACCEPT, after)
        if isinstance(answer, Failure):
            return _Refusal(answer.reason)
        if answer.status not in (200, 400):
            return _Refusal(f"{answer.status} {answer.phrase}", answer.status == 403)
        try:
            feed = _read(answer, registries)
        except NoFeedError as bad:
            fault = str(bad)
            continue
        if feed.malformed or CANARY in feed.answers:
            return feed
        fault = "the feed is empty"
    return _Refusal(fault)


def _read(reply: Reply, registries: Registries) -> Feed:
    if reply.ending is not Ending.WHOLE:
        raise NoFeedError("the feed breaks off")
    return read_feed(reply.body, registries.today)


def _fallback(arxiv_id: str, registries: Registries, verdict: Verdict, reason: str) -> Steps:
    """What DataCite says, which costs arXiv nothing. That it knows no such id yet proves nothing."""
    url = datacite.doi_url(registries.settings.datacite, datacite.arxiv_doi(arxiv_id))
    answer: Reply | Failure = yield from registries.asked(url, _JSON)
    name = f"arXiv:{arxiv_id}"
    found: Finding | None = None
    if isinstance(answer, Reply) and answer.status == 200:
        found = datacite.read_doi(answer.body, name, registries.today)
    yield Found((found or Outcome(name, verdict, f"arXiv gave no answer: {reason}", registries.now()),))
