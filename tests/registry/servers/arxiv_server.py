"""Speaks arXiv's API on loopback as its own server does, bad moments included."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from commonplace.identifiers import BadIdentifierError, parse_arxiv_id
from servers.loopback import Exchange, Loopback, Seen

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query</title>
  <id>http://arxiv.org/api/x</id>
"""
_PAGE = "<!DOCTYPE html><html><head><title>arXiv.org</title></head><body>We will be back soon.</body></html>"
_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>&b;</title></feed>'
)


@dataclass(frozen=True)
class Paper:
    """A work on the server; its title may hold line breaks, as arXiv's do."""

    id: str
    title: str
    authors: tuple[str, ...] = ("Ada Lovelace",)
    published: str = "2017-06-12T17:57:34Z"
    updated: str = "2017-06-12T17:57:34Z"
    versions: int = 1
    comment: str = ""
    journal: str = ""
    doi: str = ""
    summary: str = "We show something."
    first_title: str = ""
    """What its first version was called, where that was something else."""


CANARY = Paper(
    "1706.03762",
    "Attention Is All You Need",
    ("Ashish Vaswani", "Noam Shazeer"),
    updated="2023-08-02T00:41:18Z",
    versions=7,
)


class ArxivServer(Loopback):
    """The API at `/api/query`.

    `moments` holds what the next requests meet, one each: `empty`, `429`, `503`, `403`, `truncated`, `html`,
    `bomb`, `cut off`; `always` is met by every request. `gap` is the time that the server wants between two
    requests: an earlier one gets a 429, and counts as a violation, as does a second one at a time.
    """

    def __init__(self, papers: Iterable[Paper] = (), *, gap: float = 0.0) -> None:
        super().__init__()
        self.papers = {paper.id: paper for paper in (*papers, CANARY)}
        self.gap = gap
        self.moments: deque[str] = deque()
        self.always = ""
        self.retry_after = ""
        self.malformed: tuple[str, ...] = ()
        """Ids that this server calls malformed, whatever the rules say."""
        self.old = False
        """Whether it answers 200 to a malformed id, as older servers did."""
        self.violations = 0
        self._one = threading.Lock()

    @property
    def api(self) -> str:
        """The address of the API."""
        return f"{self.url}/api/query"

    @property
    def batches(self) -> list[list[str]]:
        """The ids of each request."""
        return [each.query["id_list"].split(",") for each in self.seen]

    def answer(self, exchange: Exchange, seen: Seen) -> None:
        """One query, or the bad moment that is due."""
        if not self._one.acquire(blocking=False):
            self.violations += 1
            exchange.reply(429, "Rate exceeded.", "text/plain")
            return
        try:
            self._answer(exchange, seen)
        finally:
            self._one.release()

    def _answer(self, exchange: Exchange, seen: Seen) -> None:
        if self.gap and len(self.seen) > 1 and self.gaps[-1] < self.gap:
            self.violations += 1
            exchange.reply(429, "Rate exceeded.", "text/plain")
            return
        moment = self.always or (self.moments.popleft() if self.moments else "")
        asked = seen.query.get("id_list", "").split(",")
        status, feed = self._feed(asked, int(seen.query.get("max_results", 10)))
        self._send(exchange, moment, status, feed)

    def _send(self, exchange: Exchange, moment: str, status: int, feed: str) -> None:
        kind = "application/atom+xml; charset=utf-8"
        again = {"Retry_After": self.retry_after} if self.retry_after else {}
        if moment in ("429", "503", "403"):
            exchange.reply(int(moment), "Rate exceeded.", "text/plain", **again)
        elif moment == "empty":
            exchange.reply(200, f"{_HEAD}</feed>\n", kind)
        elif moment == "truncated":
            exchange.reply(200, feed[: len(feed) * 2 // 3], kind)
        elif moment == "html":
            exchange.reply(200, _PAGE)
        elif moment == "bomb":
            exchange.reply(200, _BOMB, kind)
        elif moment == "cut off":
            exchange.reset()
        else:
            exchange.reply(status, feed, kind)

    def _feed(self, asked: list[str], most: int) -> tuple[int, str]:
        for each in asked:
            if each in self.malformed or not _is_well_formed(each):
                return 200 if self.old else 400, f"{_HEAD}{_error(each)}</feed>\n"
        found = {}
        for each in asked:
            id_, _, version = each.partition("v")
            paper = self.papers.get(id_)
            if paper and (not version or int(version) <= paper.versions):
                number = int(version or paper.versions)
                found[f"{id_}v{number}"] = _entry(paper, number)
        # Not in the order asked.
        entries = [found[name] for name in sorted(found, reverse=True)][:most]
        return 200, f"{_HEAD}{''.join(entries)}</feed>\n"


def _is_well_formed(written: str) -> bool:
    try:
        parse_arxiv_id(written)
    except BadIdentifierError:
        return False
    return True


def _error(written: str) -> str:
    return f"""  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_{escape(written)}</id>
    <title>Error</title>
    <summary>incorrect id format for {escape(written)}</summary>
    <author><name>arXiv api core</name></author>
  </entry>
"""


def _entry(paper: Paper, version: int) -> str:
    folded = re.sub(
        r"(.{30,50}) ",
        r"\1\n  ",
        escape(paper.first_title if version == 1 and paper.first_title else paper.title),
    )
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    extras = "".join(
        f'<arxiv:{name} xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(value)}</arxiv:{name}>'
        for name, value in (("comment", paper.comment), ("journal_ref", paper.journal), ("doi", paper.doi))
        if value
    )
    return f"""  <entry>
    <id>http://arxiv.org/abs/{paper.id}v{version}</id>
    <updated>{paper.updated if version > 1 else paper.published}</updated>
    <published>{paper.published}</published>
    <title>{folded}</title>
    <summary>  {escape(paper.summary)}
    </summary>
    {authors}{extras}
    <link title="pdf" href="http://arxiv.org/pdf/{paper.id}v{version}" rel="related"/>
  </entry>
"""
