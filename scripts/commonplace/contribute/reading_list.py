"""Reads a reading list, in Markdown or plain text: the works that it names, each with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from commonplace.contribute.list_addresses import Address, addresses
from commonplace.contribute.list_lines import ListLine, list_lines
from commonplace.contribute.list_titles import (
    clean,
    from_address,
    is_prose,
    reads_like_title,
    says_something,
)
from commonplace.contribute.list_words import people_around, people_behind, words_apart
from commonplace.contribute.work import Work

_DOCUMENT = ".pdf"
_UNTITLED = "nothing beside its address reads like a title"
_INSIDE = "it leads to a file beside the list"


@dataclass(frozen=True)
class Mention:
    """A work that a list names: what the list says of it, and the headings that it stands under."""

    line: int
    work: Work
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leftover:
    """Something in a list that may be meant as a work and cannot be placed, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Aside:
    """Words that name a work if the library knows one by them; `is_heading` where they head a section."""

    line: int
    text: str
    is_heading: bool


@dataclass(frozen=True)
class ReadingList:
    """What a list holds, each sort in the order of its lines."""

    mentions: tuple[Mention, ...]
    leftovers: tuple[Leftover, ...]
    asides: tuple[Aside, ...] = ()


def read_list(text: str, today: dt.date) -> ReadingList:
    """The works of a list. Nobody is asked: what is said of each is what the list says."""
    reader = _Reader(list_lines(text), today)
    return ReadingList(tuple(reader.mentions()), tuple(reader.leftovers), tuple(reader.asides))


class _Reader:
    """Goes through the lines of one list, and keeps what is no work."""

    def __init__(self, lines: Sequence[ListLine], today: dt.date) -> None:
        self._lines = lines
        self._found = [addresses(line.text, today) for line in lines]
        self._has_title = sum(line.level == 1 for line in lines) == 1
        self.leftovers: list[Leftover] = []
        self.asides: list[Aside] = []

    def mentions(self) -> Iterator[Mention]:
        headings: list[ListLine] = []
        within = 0
        for at, line in enumerate(self._lines):
            if line.level:
                headings = [above for above in headings if above.level < line.level]
            works = tuple(self._works(at))
            # What stands below a work is about it, unless it has an address of its own.
            if not works and at >= within:
                works = self._titled(at)
            if works and at >= within:
                within = self._beneath(at).stop
            above = tuple(heading.text for heading in headings)
            yield from (Mention(line.number, work, above) for work in works)
            headings += [line] if line.level else []

    def _works(self, at: int) -> Iterator[Work]:
        """The works that the addresses of a line lead to."""
        found = self._found[at]
        faulty = [each for each in found if each.fault]
        self._leave(at, [(each.written, each.fault) for each in faulty])
        known = _together([each for each in found if each.is_known_to_registries])
        if len(known) > 1:
            yield from (replace(each.work or Work(), title=clean(each.label)) for each in known)
        elif known:
            yield self._told(at, known[0])
        elif not faulty:
            yield from self._elsewhere(at)

    def _elsewhere(self, at: int) -> Iterator[Work]:
        """The works at web addresses of which no registry knows: those that have a title here."""
        for each in self._found[at]:
            told = self._told(at, each)
            if each.work and _names_a_work(told, each, self._lines[at].text):
                yield told
            else:
                self._leave(at, [(each.label or each.written, _UNTITLED if each.work else _INSIDE)])

    def _leave(self, at: int, left: Sequence[tuple[str, str]]) -> None:
        self.leftovers.extend(Leftover(self._lines[at].number, text, reason) for text, reason in left)

    def _told(self, at: int, address: Address) -> Work:
        """The work at an address, with what its line says of it, or the line above."""
        line, found, work = self._lines[at].text, self._found[at], address.work or Work()
        titled = (each for each in (address, *found) if each is address or says_something(each.label))
        if link := next((each for each in titled if each.label), None):
            authors, year = people_around(line[: link.start], line[link.end :])
            return replace(work, title=clean(link.label), authors=authors, year=year)
        before, behind = line[: found[0].start], line[found[-1].end :]
        if not clean(before):
            before, behind = behind, ""
        title, people = words_apart(before)
        authors, year = people if any(people) else people_behind(behind)
        title = title or self._title_above(at) or from_address(urlsplit(work.url).path)
        return replace(work, title=title, authors=authors, year=year)

    def _title_above(self, at: int) -> str:
        """The title on the line above an address that has none on its own line."""
        above = self._lines[at - 1] if at else None
        if not above or self._found[at - 1] or is_prose(above.text):
            return ""
        return clean(above.text) if _below(self._lines[at], above) or reads_like_title(above.text) else ""

    def _titled(self, at: int) -> tuple[Work, ...]:
        """The work that a line without an address names by its whole title."""
        line, beneath = self._lines[at], self._beneath(at)
        if self._found[at] or "](" in line.text or (line.level == 1 and self._has_title):
            return ()
        title, (authors, year) = words_apart(line.text)
        whole = reads_like_title(title if authors else line.text)
        if whole and not self._is_label(beneath) and not self._is_title_of_next(at):
            return (Work(title, authors, year),)
        led = any(self._lines[b].level or self._found[b] for b in beneath)
        said = any("](" not in self._lines[b].text for b in beneath)
        if title and not led and (said or not line.level):
            self.asides.append(Aside(line.number, title, bool(line.level)))
        return ()

    def _beneath(self, at: int) -> range:
        """The lines that belong to a line: up to the next that is no deeper, or the next such heading."""
        end = at + 1
        while end < len(self._lines) and _below(self._lines[end], self._lines[at]):
            end += 1
        return range(at + 1, end)

    def _is_label(self, beneath: range) -> bool:
        """Whether the lines beneath a line are works themselves, so that it only says of what kind."""
        if any(self._lines[b].level or any(each.work for each in self._found[b]) for b in beneath):
            return True
        titles = sum(reads_like_title(self._lines[b].text) for b in beneath)
        return 2 * titles > len(beneath) > 0

    def _is_title_of_next(self, at: int) -> bool:
        """Whether the next line is the address of what this one names."""
        following = self._found[at + 1] if at + 1 < len(self._lines) else ()
        return bool(following) and not clean(self._lines[at + 1].text[: following[0].start])


def _names_a_work(told: Work, address: Address, line: str) -> bool:
    """Whether a web page is taken for a work: it has a whole title or a line of its own, or is a document."""
    alone = not address.in_caption and address.end - address.start >= len(line) - 1
    whole = says_something(told.title) or urlsplit(told.url).path.endswith(_DOCUMENT)
    return bool(told.title) and (whole or alone)


def _below(line: ListLine, top: ListLine) -> bool:
    """Whether a line belongs to another further up, as far as the two tell."""
    if line.level:
        return 0 < top.level < line.level
    return bool(top.level) or line.depth > top.depth


def _together(known: Sequence[Address]) -> list[Address]:
    """Addresses of one work as one: the same identifier twice, or an arXiv id with a publisher's DOI."""
    by_name: dict[str, Address] = {}
    for each in sorted(known, key=lambda each: not each.label):
        if each.work:
            by_name.setdefault(each.work.identifiers[0], each)
    found = sorted(by_name.values(), key=lambda each: each.start)
    preprints = [each.work for each in found if each.work and each.work.arxiv]
    published = [each.work for each in found if each.work and each.work.doi]
    if len(preprints) == len(published) == 1 and len(found) == 2:
        label = found[0].label or found[1].label
        return [replace(found[0], label=label, work=replace(preprints[0], doi=published[0].doi))]
    return found
