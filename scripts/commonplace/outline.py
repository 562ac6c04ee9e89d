"""What others take from a note, their pages and the rules, and what its own page takes from others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from hashlib import blake2b

from commonplace.folding import fold
from commonplace.markup import scan
from commonplace.markup.anchors import anchors_in
from commonplace.markup.html import is_local
from commonplace.model import (
    Citation,
    Claim,
    FrontMatter,
    Link,
    Markup,
    Outline,
    Source,
    Unverified,
    Wikilink,
)

_NOT_SHOWN = frozenset({"places"})


def outline(source: Source, slug: str, front: FrontMatter, markup: Markup) -> Outline:
    """The outline of a note with these parts."""
    cells = list(_cells(front))
    doubts = [*markup.of(Unverified), *(claim for claim in markup.claims if claim.unverified)]
    links = [front.code, *sorted(link.url for link in markup.of(Link))]
    return Outline(
        text=_digest(source.text),
        face=_digest(f"{list(_shown(front))}{[_counted(claim) for claim in markup.claims]}"),
        key=front.ref,
        slug=slug,
        names=tuple(sorted({fold(name) for name in (slug, front.name, front.title, *front.aliases) if name})),
        cites=_cites([markup]),
        calls=_calls([markup]),
        cells=(*_cites(cells), *_calls(cells)),
        ties=tuple(dict.fromkeys(relation.target for relation in front.relations)),
        members=(*front.topics, *front.reading),
        steps=tuple(front.steps),
        doubts=len(doubts),
        links=_digest("\n".join(links)),
        bearing=_digest(f"{list(_shown(front))}{list(_places(front))}{list(_ways(markup))}"),
    )


def _cites(passages: list[Markup]) -> tuple[str, ...]:
    found = (cite.key for each in passages for token in each.of(Citation) for cite in token.cites)
    return tuple(dict.fromkeys(found))


def _calls(passages: list[Markup]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(token.target) for each in passages for token in each.of(Wikilink)))


def _shown(front: FrontMatter) -> Iterator[object]:
    for each in fields(front):
        if each.name == "relations":
            yield [(relation.kind, relation.target) for relation in front.relations]
        elif each.name not in _NOT_SHOWN:
            yield getattr(front, each.name)


def _places(front: FrontMatter) -> Iterator[object]:
    for path, where in front.places.items():
        yield path, where.line, where.column


def _ways(markup: Markup) -> Iterator[list[str]]:
    """What leads to a place in the note, and what leads from it to others, each as it is written."""
    yield sorted(anchors_in(markup))
    yield sorted({cite.key for token in markup.of(Citation) for cite in token.cites})
    yield sorted({token.target for token in markup.of(Wikilink)})
    yield sorted({link.url for link in markup.of(Link) if is_local(link.url)})
    yield sorted({claim.check for claim in markup.claims})


def _counted(claim: Claim) -> tuple[bool, str]:
    return claim.unverified, claim.check


def _cells(front: FrontMatter) -> Iterator[Markup]:
    for cells in front.cells.values():
        for text in cells.values():
            if "[" in text or "@" in text:
                yield scan(text)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
