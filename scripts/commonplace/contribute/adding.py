"""Drafts one new work, named by an identifier, an address or its title."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from commonplace.answers import Answer
from commonplace.contribute.drafts import Draft, Drafts
from commonplace.contribute.list_titles import clean, from_address
from commonplace.contribute.note_template import Fields, note_to_fill
from commonplace.contribute.registry_words import Ask, described, remarks_on
from commonplace.contribute.shelf import Held, Shelf
from commonplace.contribute.work import Work, addressed
from commonplace.library import Library


class UnknownWorkError(Exception):
    """A work of which too little is known to add it; the message says why, and what to do."""


@dataclass(frozen=True)
class Wish:
    """What a person asked for; a slug that is empty is made from the title."""

    written: str
    topics: tuple[str, ...] = ()
    slug: str = ""


@dataclass(frozen=True)
class Addition:
    """What came of it: a draft, or the work that is there already; both where it only lacked its note."""

    draft: Draft | None
    held: Held | None
    unanswered: bool = False
    """Whether a registry was to be asked and none could be."""
    remarks: tuple[str, ...] = ()


def add_work(library: Library, wish: Wish, ask: Ask | None, today: dt.date) -> Addition:
    """A draft of the work, unless the library has it and a note on it. Without `ask` nobody is asked.

    Raises:
        BadIdentifierError: the identifier cannot exist.
        UnknownWorkError: the registry has no such work, or nothing says what it is called.
        UnwritableError: the slug cannot be had, or the registry cannot be read.

    """
    shelf = Shelf(library)
    work = _named(wish.written, today, may_ask=ask is not None)
    held = shelf.find(work)
    answers = ask(work.identifiers[:1]) if ask and work.identifiers and not held else {}
    answer = answers.get(work.identifiers[0]) if work.identifiers else None
    if answer:
        work = _answered(work, answer)
        held = shelf.find(work)
    if held and held.note:
        return Addition(None, held)
    fields = _fields(wish, work, answer)
    draft = Drafts(library, shelf).add(work, held, partial(note_to_fill, added=today), fields, wish.slug)
    unanswered = ask is not None and bool(work.identifiers) and not held and not answer
    return Addition(draft, held, unanswered, remarks_on(work, answer) if answer else ())


def _named(written: str, today: dt.date, *, may_ask: bool) -> Work:
    work = addressed(written, today)
    if work and work.url:
        title = from_address(urlsplit(work.url).path)
        if not title:
            raise UnknownWorkError(f"nothing says what is at {work.url}; give its title, and --offline")
        return replace(work, title=title)
    if not work and may_ask:
        raise UnknownWorkError(
            f"'{written}' is no arXiv id, DOI or address, and no registry can be asked for a title alone; "
            "add --offline to begin with the title"
        )
    return work or Work(title=clean(written))


def _answered(work: Work, answer: Answer) -> Work:
    if not answer.exists:
        raise UnknownWorkError(f"{answer.registry} knows no {answer.identifier}; look at the number again")
    return described(work, answer)


def _fields(wish: Wish, work: Work, answer: Answer | None) -> Fields:
    """The front matter's fields; the version that is read now is the one that was named, else the latest."""
    latest = answer.versions[-1].number if answer and answer.versions else None
    version = (work.arxiv.version if work.arxiv else None) or latest
    return {"topics": wish.topics, "read": f"v{version}" if version else ""}
