"""The section on how the works of a topic are related: a picture of it, and the same in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from commonplace.generated import RELATED
from commonplace.library import Library
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.drawing import Work, draw
from commonplace.pages.layers import Tie
from commonplace.pages.prose import Prose
from commonplace.plain_text import title_text
from commonplace.reference_text import first_year
from commonplace.relations import RELATIONS

HEADING = f"## How they are related {{#{RELATED}}}"

_FEWEST = 2
"""Relations that a picture shows better than a sentence."""
_MOST = 24
"""Works in a picture; more of them can no longer be told apart."""


def sentences(library: Library, works: Sequence[Note], prose: Prose) -> str:
    """A list of the works that rest on others of the same topic or stand beside them, with how they do."""
    lines = [
        f"{prose.named(work)} {'; '.join(ties)}"
        for work in works
        if (ties := list(_within(library, work, works, prose)))
    ]
    return markdown.block(markdown.items(lines), "relations") if lines else ""


def _within(library: Library, work: Note, works: Sequence[Note], prose: Prose) -> Iterator[str]:
    """The relations of a work to others of the same topic, a verb with its works each."""
    members = {other.front.ref for other in works}
    for name, kind in RELATIONS.items():
        related = [r.target for r in work.front.relations if r.kind == name and r.target in members]
        if related:
            yield f"{kind.verb} {markdown.listed([prose.named_work(key) for key in related])}"


def picture(library: Library, works: Sequence[Note], prose: Prose) -> str:
    """The works that are related, by year, with lines between them; empty where there is little to see."""
    shown = {
        work.front.ref: Work(title_text(markdown.capitalized(library.name(work))), year, prose.to(work))
        for work in works
        if (reference := library.reference_of(work)) and (year := first_year(reference))
    }
    ties = _ties(works, shown)
    counted = Counter(key for tie in ties for key in (tie.earlier, tie.later))
    most = {key for key, _ in counted.most_common(_MOST)}
    ties = [tie for tie in ties if tie.earlier in most and tie.later in most]
    if len(ties) < _FEWEST:
        return ""
    tied = {key: work for key, work in shown.items() if any(key in (t.earlier, t.later) for t in ties)}
    return draw(tied, ties, _caption(ties, len(tied), len(counted)))


def _ties(works: Sequence[Note], shown: Mapping[str, Work]) -> list[Tie]:
    """One line for every two works that are related, a solid one if any of their relations is."""
    found: dict[frozenset[str], Tie] = {}
    for work in works:
        for relation in work.front.relations:
            ends = frozenset((relation.target, work.front.ref))
            if relation.kind in RELATIONS and len(ends) > 1 and ends <= shown.keys():
                tie = Tie(relation.target, work.front.ref, RELATIONS[relation.kind].rests_on)
                if tie.rests or ends not in found:
                    found[ends] = tie
    return list(found.values())


def _caption(ties: Sequence[Tie], drawn: int, related: int) -> str:
    rests, beside = any(tie.rests for tie in ties), not all(tie.rests for tie in ties)
    solid = "a solid line leads down to a work that rests on the one above" if rests else ""
    dashed = "a dashed line joins works that are compared or stand side by side" if beside else ""
    most = f" Drawn are the {drawn} works with the most relations, of {related}." if drawn < related else ""
    return f"By year: {'; '.join(filter(None, [solid, dashed]))}.{most}"
