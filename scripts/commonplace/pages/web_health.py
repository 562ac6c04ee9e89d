"""The part of the page of link health about plain pages of the web."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from commonplace.library import Library
from commonplace.link_history import Record
from commonplace.pages import markdown
from commonplace.pages.linked_pages import linked_pages
from commonplace.pages.pager import first
from commonplace.pages.prose import Prose
from commonplace.verdicts import Verdict

_HEADINGS = {
    Verdict.BROKEN: "Broken",
    Verdict.SUSPECT: "Perhaps not what was linked",
    Verdict.MOVED: "Moved",
    Verdict.UNSURE: "No answer this time",
    Verdict.BLOCKED: "Closed to programs",
    Verdict.OK: "There",
}
"""The verdicts in words, the worst first."""
_NEVER = (
    "Nothing is known of them here: `commonplace links` asks, and keeps the answers in `.cache/links.json`."
)
_ABOUT = (
    "What each page that a note or an entry links answered when it was last asked; "
    "those that the settings leave out are not among them."
)
_MOST = 200
"""Pages of one verdict."""


def web_health(library: Library, prose: Prose) -> str:
    """Every page of the web that is linked under its last verdict, the worst first; empty where none is."""
    linked = linked_pages(library, prose)
    if not linked:
        return ""
    verdicts = defaultdict[Verdict, list[str]](list)
    for address, names in linked.items():
        if record := library.visits.get(address):
            verdicts[_verdict(record)].append(_line(record, names))
    return markdown.sections(
        "## Pages on the web {#web}",
        _ABOUT if library.visits else _NEVER,
        _unasked(len(linked) - sum(map(len, verdicts.values()))) if library.visits else "",
        *(_section(verdict, verdicts[verdict]) for verdict in _HEADINGS if verdicts[verdict]),
    )


def _verdict(record: Record) -> Verdict:
    return Verdict.BROKEN if record.is_lasting else record.outcome.verdict


def _unasked(number: int) -> str:
    pages = markdown.count(number, "page on the web was", "pages on the web were")
    return f"{pages} not yet asked." if number else ""


def _section(verdict: Verdict, lines: list[str]) -> str:
    heading = f'### {_HEADINGS[verdict]} <span class="year">{len(lines)}</span> {{#web-{verdict}}}'
    return markdown.sections(heading, markdown.items(first(lines, _MOST)))


def _line(record: Record, names: Iterable[str]) -> str:
    """One page: its address, what it answered and when, what links it."""
    outcome = record.outcome
    said = f"moved to {_link(outcome.moved_to)}" if outcome.moved_to else markdown.escape(outcome.reason)
    return f"{_link(outcome.address)} · {said}, on {outcome.asked.date()} · in {markdown.listed(list(names))}"


def _link(address: str) -> str:
    return markdown.link(markdown.escape(address), address)
