"""The lines that place a note among others: what it rests on, led to, stands beside, and its paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from commonplace.library import Library
from commonplace.model import Note
from commonplace.pages import markdown
from commonplace.pages.on_paths import on_paths
from commonplace.pages.prose import Prose
from commonplace.relations import RELATIONS, RelationKind

_GROUPS = ("Rests on", "Led to", "Beside it")


@dataclass(frozen=True, slots=True)
class Tie:
    """One kind of relation, seen from a work: its own to others, or that of others to it."""

    kind: RelationKind
    outward: bool

    @property
    def group(self) -> str:
        """The line that it stands in."""
        if not self.kind.rests_on:
            return "Beside it"
        return "Rests on" if self.outward else "Led to"

    def sentence(self, works: list[str]) -> str:
        """The works, as Markdown, with the verb that ties them to the work of the page."""
        named = markdown.listed(works)
        if self.outward:
            return f'<span class="how">{self.kind.verb}</span> {named}'
        verb = self.kind.verb if len(works) == 1 else self.kind.plural
        return f'{named} <span class="how">{verb} it</span>'


def lineage(library: Library, note: Note, prose: Prose) -> str:
    """A line for each group of works with how they are related, and for each reading path."""
    groups = defaultdict[str, dict[Tie, list[str]]](lambda: defaultdict(list))
    for tie, key in _ties(library, note):
        if key in library.references:
            groups[tie.group][tie].append(prose.named_work(key))
    lines = [
        f"**{group}** {markdown.dotted(tie.sentence(works) for tie, works in groups[group].items())}"
        for group in _GROUPS
        if groups[group]
    ]
    lines += on_paths(library, note, prose)
    return markdown.block(markdown.items(lines), "lineage") if lines else ""


def _ties(library: Library, note: Note) -> Iterator[tuple[Tie, str]]:
    """Each relation from whichever end it was declared, with the key of the other work."""
    for relation in note.front.relations:
        if kind := RELATIONS.get(relation.kind):
            yield Tie(kind, outward=True), relation.target
    for other, relation in library.relations_to(note.front.ref):
        if kind := RELATIONS.get(relation.kind):
            yield Tie(kind, outward=False), other.front.ref
