"""The page of link health: how references stand with the registries, and what pages of the web answered."""

from __future__ import annotations

from collections import defaultdict

from commonplace.generated import HEALTH
from commonplace.library import Library
from commonplace.model import Reference
from commonplace.pages import markdown
from commonplace.pages.page import Page
from commonplace.pages.pager import first
from commonplace.pages.prose import Prose
from commonplace.pages.standing import Standing, State, standing
from commonplace.pages.web_health import web_health
from commonplace.reference_identifiers import named_identifiers
from commonplace.reference_text import label, sort_key

_HEADINGS = {
    State.ABSENT: "No such work",
    State.WRONG: "Another work",
    State.WITHDRAWN: "Withdrawn",
    State.UNSURE: "In doubt",
    State.UNCHECKED: "Not yet checked",
    State.CHECKED: "Checked",
    State.UNREGISTERED: "Without an identifier",
}
_NEVER = (
    "No registry has been asked yet. `commonplace links` asks, and keeps the answers in `refs.lock.json`."
)
_ABOUT = "Whose work each identifier is, as arXiv and the DOI registries answered on the day behind it."
_DESCRIPTION = "How every reference and every linked page of the web stands."
_MOST = 200
"""References of one state; the states that need somebody have few."""


def health_page(library: Library) -> Page:
    """Every reference under its state, then every page of the web under its verdict, the worst first."""
    prose = Prose(library, HEALTH)
    states = defaultdict[State, list[str]](list)
    for reference in sorted(library.references.values(), key=sort_key):
        found = standing(library, reference)
        states[found.state].append(_line(reference, found, prose))
    content = markdown.sections(
        "# Link health {.title}",
        _ABOUT if library.answers else _NEVER,
        *(_section(state, states[state]) for state in State if states[state]),
        web_health(library, prose),
    )
    return Page(HEALTH, "Link health", content, _DESCRIPTION, {"kind": "index"})


def _section(state: State, lines: list[str]) -> str:
    heading = f'## {_HEADINGS[state]} <span class="year">{len(lines)}</span> {{#{state.replace(" ", "-")}}}'
    return markdown.sections(heading, markdown.items(first(lines, _MOST)))


def _line(reference: Reference, found: Standing, prose: Prose) -> str:
    """One reference: its name, its identifiers, its standing."""
    identifiers = [markdown.escape(each.identifier.name) for each in named_identifiers(reference)]
    who = markdown.link(markdown.escape(label(reference)), prose.entry(reference.key))
    words = markdown.escape(found.words)
    return " · ".join([f"{who}: {prose.named_work(reference.key)}", *identifiers, words])
