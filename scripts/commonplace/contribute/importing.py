"""Makes drafts of the works of a reading list, and says of each line what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial, reduce

from commonplace.answers import Answer
from commonplace.contribute.doubts import are_unlike, refusal, remarks
from commonplace.contribute.drafts import Draft, Drafts
from commonplace.contribute.list_titles import says_something
from commonplace.contribute.note_template import Fields, stub
from commonplace.contribute.reading_list import Aside, Mention, ReadingList
from commonplace.contribute.registry_words import Ask, described
from commonplace.contribute.shelf import Held, Shelf
from commonplace.contribute.work import Work
from commonplace.library import Library
from commonplace.model import Kind


class Fate(StrEnum):
    """What came of a line."""

    TOOK = "took"
    MERGED = "merged"
    UNPLACED = "could not place"


@dataclass(frozen=True, slots=True)
class Placing:
    """What came of a line of a list, and why or where, in words."""

    line: int
    fate: Fate
    title: str
    remark: str


@dataclass(frozen=True)
class Import:
    """What an import came to. `unanswered` are the identifiers of which no registry could be asked."""

    drafts: tuple[Draft, ...]
    placings: tuple[Placing, ...]
    unanswered: tuple[str, ...]


def import_works(library: Library, listed: ReadingList, ask: Ask | None, today: dt.date) -> Import:
    """Drafts of every work of a list that the library lacks. Without `ask`, the list's own words are used."""
    run = _Import(library, today)
    asked = run.worth_asking(listed.mentions) if ask else ()
    answers = ask(asked) if ask and asked else {}
    placings = [
        *(run.place(mention, answers) for mention in _complete(listed.mentions)),
        *(Placing(each.line, Fate.UNPLACED, each.text, each.reason) for each in listed.leftovers),
        *run.asides(listed.asides),
    ]
    placings.sort(key=lambda placing: placing.line)
    unanswered = tuple(name for name in asked if name not in answers)
    return Import(tuple(run.drafts.drafts), tuple(placings), unanswered)


class _Import:
    """One run: what the library holds, and what the list has added to it so far."""

    def __init__(self, library: Library, today: dt.date) -> None:
        self._library = library
        self._shelf = Shelf(library)
        self._lines: dict[str, int] = {}
        self._text = partial(stub, added=today)
        self.drafts = Drafts(library, self._shelf)

    def worth_asking(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """The identifiers of works that the library lacks, each once; an entry of a .bib file is whole."""
        lacking = (m.work for m in mentions if not m.work.bibtex and not self._shelf.find(m.work))
        return tuple(dict.fromkeys(work.identifiers[0] for work in lacking if work.identifiers))

    def place(self, mention: Mention, answers: Mapping[str, Answer]) -> Placing:
        """Drafts the work of a mention, or says why not."""
        work = mention.work
        if held := self._held(work):
            return self._merged(mention, held)
        answer = answers.get(work.identifiers[0]) if work.identifiers else None
        if not answer:
            return self._taken(mention, ())
        if reason := refusal(work, answer):
            return Placing(mention.line, Fate.UNPLACED, _called(work), reason)
        told = replace(mention, work=described(work, answer))
        held = self._shelf.find(told.work)
        return self._merged(told, held) if held else self._taken(told, remarks(work, answer))

    def _held(self, work: Work) -> Held | None:
        """The work, if it is there; one that nothing but a name identifies is asked for by name as well."""
        named = bool(work.title) and not work.identifiers and not says_something(work.title)
        return self._shelf.find(work) or (self._shelf.called(work.title) if named else None)

    def _taken(self, mention: Mention, known: tuple[str, ...]) -> Placing:
        draft = self.drafts.add(mention.work, None, self._text, self._fields(mention))
        self._lines[draft.key] = mention.line
        lacking = (f"nobody said: {', '.join(draft.missing)}",) if draft.missing else ()
        remark = "; ".join((f"{draft.key}, {draft.note}", *lacking, *known))
        return Placing(mention.line, Fate.TOOK, draft.title or draft.key, remark)

    def _merged(self, mention: Mention, held: Held) -> Placing:
        """What comes of a work that is there: nothing, or the note that it lacks."""
        named = _called(mention.work)
        if mention.work.identifiers and are_unlike(mention.work.title, held.title):
            remark = f"{mention.work.identifiers[0]} is '{held.title}', {self._place(held)}"
            return Placing(mention.line, Fate.UNPLACED, named, remark)
        if held.note:
            return Placing(mention.line, Fate.MERGED, named, f"with {self._place(held)}")
        draft = self.drafts.add(mention.work, held, self._text, self._fields(mention))
        self._lines[held.key] = mention.line
        return Placing(mention.line, Fate.MERGED, named, f"with {held.entry}, which now has {draft.note}")

    def _place(self, held: Held) -> str:
        """Where a work is: in the library, or further up in the list."""
        return f"line {self._lines[held.key]}" if held.key in self._lines else held.where

    def _fields(self, mention: Mention) -> Fields:
        topics = (topic for heading in reversed(mention.headings) for topic in self._topics(heading))
        return {"topics": tuple(topics)[:1]}

    def _topics(self, heading: str) -> Iterator[str]:
        """The topic that a heading calls, whole or without or within its parentheses."""
        before, _, behind = heading.partition("(")
        for name in (heading, before, behind.rstrip(") ")):
            yield from (note.slug for note in self._library.called(name) if note.kind is Kind.TOPIC)

    def asides(self, asides: Sequence[Aside]) -> Iterator[Placing]:
        """Lines that name a work by a word or by the beginning of its title."""
        for aside in asides:
            whole = says_something(aside.text)
            held = self._shelf.called(aside.text) if aside.is_heading or whole else None
            if held:
                yield Placing(aside.line, Fate.MERGED, aside.text, f"with {self._place(held)}")
            elif aside.is_heading:
                remark = "a heading without an address or a whole title under it"
                yield Placing(aside.line, Fate.UNPLACED, aside.text, remark)


def _complete(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, each first one of an identifier with what later ones say of the same."""
    later: dict[str, list[Work]] = {}
    for work in (mention.work for mention in mentions):
        for name in work.identifiers[:1]:
            later.setdefault(name, []).append(work)
    for mention in mentions:
        others = later.pop(mention.work.identifiers[0], []) if mention.work.identifiers else []
        yield replace(mention, work=reduce(_joined, others, mention.work))


def _joined(work: Work, other: Work) -> Work:
    better = says_something(other.title) and not says_something(work.title)
    return replace(
        work,
        title=other.title if better else work.title,
        authors=work.authors or other.authors,
        year=work.year or other.year,
    )


def _called(work: Work) -> str:
    return work.title or (work.identifiers or (work.url,))[0]
