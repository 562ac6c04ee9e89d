"""Asks a web address whether it still leads where it did, and says so in one of six verdicts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from commonplace.registry.errands import Errand, Found, Steps
from commonplace.registry.failure import Cause, Failure
from commonplace.registry.following import Arrival, followed
from commonplace.registry.html_page import HtmlPage, read_html
from commonplace.registry.registries import Registries
from commonplace.registry.transport import Body, Ending, Reply, Request
from commonplace.verdicts import Outcome, Verdict

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
_BROKEN = frozenset({404, 410})
_BLOCKED = frozenset({401, 402, 403, 407, 418, 451, 999})
_LOST = frozenset({Cause.NO_ADDRESS, Cause.PRIVATE, Cause.NO_HOST, Cause.REFUSED, Cause.TLS})
"""Causes that another day is not likely to change."""

# A part of a title, in words alone, that says that the page is not there and nothing else.
_CODE = r"(?:(?:http|status|error|code|oops|sorry|404|410) )*"
_THING = (
    r"(?:(?:the|this|that|your) )?(?:requested )?"
    r"(?:page|file|document|article|content|resource|site|url|item) (?:you (?:requested|are looking for) )?"
)
_GONE = (
    r"(?:(?:is|was|could|can) ?)?not (?:be )?(?:found|available)|(?:isnt|wasnt|couldnt|cant) (?:be )?found"
    r"|(?:does not|doesnt|no longer) exists?|(?:is )?no longer (?:available|here)"
    r"|has been (?:removed|deleted)"
)
_NOT_HERE = re.compile(rf"{_CODE}(?:{_THING})?(?:{_GONE})|{_CODE}(?:404|410)(?: error| gone)?")
_JOINTS = re.compile(r"\s[|–—·•:»«-]+\s|\s*[|•»«]\s*")
_HOME = re.compile(
    r"/?(?:(?:index|home|default)(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-zA-Z]{2})?)?/?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Finding:
    verdict: Verdict
    reason: str


def web_errand(url: str, fragments: Sequence[str], registries: Registries) -> Errand:
    """Finds out about one address, and about the anchors in it that links point at."""
    return Errand(_steps(url, fragments, registries), registries.settings.deadline)


def _steps(url: str, fragments: Sequence[str], registries: Registries) -> Steps:
    request = Request(url, body=Body.PAGE, accept=_ACCEPT)
    arrival = yield from followed(request, registries.persistence)
    yield Found((outcome(url, fragments, arrival, registries.now()),))


def outcome(url: str, fragments: Sequence[str], arrival: Arrival, asked: dt.datetime) -> Outcome:
    """What an arrival says of the address that led to it."""
    page = _page(arrival.answer)
    finding = _finding(url, arrival, page)
    has_moved = finding.verdict is Verdict.MOVED
    is_there = has_moved or finding.verdict is Verdict.OK
    return Outcome(
        address=url,
        verdict=finding.verdict,
        reason=finding.reason,
        asked=asked,
        moved_to=arrival.moved_to if has_moved else "",
        title=page.title if page else "",
        missing=_missing(fragments, arrival.answer, page) if is_there else (),
    )


def _page(answer: Reply | Failure) -> HtmlPage | None:
    if isinstance(answer, Failure) or not answer.body:
        return None
    return read_html(answer.body, answer.headers.get("Content-Type", ""))


def _finding(url: str, arrival: Arrival, page: HtmlPage | None) -> _Finding:
    answer = arrival.answer
    if arrival.fault:
        return _Finding(Verdict.BROKEN, arrival.fault)
    if isinstance(answer, Failure):
        return _Finding(
            Verdict.BROKEN if answer.cause in _LOST else Verdict.UNSURE, _at(arrival, answer.reason)
        )
    if not 200 <= answer.status < 300:
        said = f"{answer.status} {answer.phrase}".strip()
        return _Finding(_verdict_of_status(answer.status), _at(arrival, said))
    if doubt := _doubt(url, arrival, answer, page):
        return _Finding(Verdict.SUSPECT, doubt)
    if arrival.moved_to and arrival.moved_to != url:
        return _Finding(Verdict.MOVED, f"it has moved to {arrival.moved_to}")
    return _Finding(Verdict.OK, f"{answer.status} {answer.phrase}".strip())


def _at(arrival: Arrival, reason: str) -> str:
    """A reason with the place where it arose, where a redirect led there."""
    return f"{reason}, at {arrival.hops[-1].url}" if arrival.hops else reason


def _verdict_of_status(status: int) -> Verdict:
    if status in _BROKEN:
        return Verdict.BROKEN
    return Verdict.BLOCKED if status in _BLOCKED else Verdict.UNSURE


def _doubt(url: str, arrival: Arrival, reply: Reply, page: HtmlPage | None) -> str:
    """Why an address that answers is most likely not what was linked; empty where nothing says so."""
    if reply.ending is Ending.BROKEN:
        return "the page breaks off before its end"
    if page and (said := _says_not_here(page)):
        return f"it answers {reply.status}, but the page calls itself '{said}'"
    if arrival.hops and not _is_home(url) and _is_home(arrival.hops[-1].url) and _is_same_site(url, arrival):
        return f"it leads to the home page {arrival.hops[-1].url}"
    return ""


def _says_not_here(page: HtmlPage) -> str:
    """The title or heading by which a page says that what was asked for is not there."""
    return next((text for text in (page.title, page.heading) if any(map(_is_not_here, _parts(text)))), "")


def _parts(text: str) -> list[str]:
    """A title without the name of its site, which may stand before or behind."""
    parts = [part for part in _JOINTS.split(text) if part.strip()]
    return parts[:2] + parts[-1:]


def _is_not_here(text: str) -> bool:
    words = re.findall(r"\w+", re.sub("['’]", "", text.lower()))
    return bool(_NOT_HERE.fullmatch(" ".join(words)))


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and bool(_HOME.fullmatch(parts.path))


def _is_same_site(url: str, arrival: Arrival) -> bool:
    """Whether the end lies on the host of the beginning, or one above or below it."""
    first, last = ((urlsplit(each).hostname or "") for each in (url, arrival.hops[-1].url))
    first, last = first.removeprefix("www."), last.removeprefix("www.")
    return first == last or first.endswith(f".{last}") or last.endswith(f".{first}")


def _missing(fragments: Sequence[str], answer: Reply | Failure, page: HtmlPage | None) -> tuple[str, ...]:
    """The fragments that the page has no anchor for; of a page that was not read to its end, none."""
    if page is None or isinstance(answer, Failure) or answer.ending is not Ending.WHOLE:
        return ()
    return tuple(each for each in fragments if not _has(page, each))


def _has(page: HtmlPage, fragment: str) -> bool:
    name = unquote(fragment)
    known = {fragment, name, f"user-content-{name}"}
    return name.lower() == "top" or bool(known & page.anchors)
