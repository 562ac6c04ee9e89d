"""Finds the addresses and identifiers in a line of a reading list, with the words that each link has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from commonplace.contribute.work import Work, addressed
from commonplace.identifiers import BadIdentifierError

_PARENTHESES = r"\([^\s()]*\)"
_LINK = re.compile(
    rf"""(?P<image>!?)\[(?P<label>(?:[^\[\]]++|\[[^\[\]]*+\](?:\([^()]*+\))?+){{0,40}}+)\]
         \(\s*<?(?P<url>(?:[^\s()<>]|{_PARENTHESES})*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""",
    re.VERBOSE,
)
_ARXIV_ID = r"(?:\d{4}\.\d{3,6}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_BARE = re.compile(
    rf"""<?(?P<web>https?://(?:[^\s<>()\[\]"“”]|{_PARENTHESES})+)>?
       | (?P<arxiv>(?i:arxiv)[:\s]\s*{_ARXIV_ID})\b
       | (?P<doi>(?i:\bdoi):?\s*10\.\d{{4,9}}/[^\s<>"]+)""",
    re.VERBOSE,
)
_ENDS = ".,;:!?*_\\|"
_ANYTHING = re.compile(
    r"(?:the\s+)?(?:full\s+)?(?:pdf|paper|link|arxiv|abs|abstract|preprint|html|code|here|doi|url|source|project|"
    r"page|website|site|web|blog|post|video|slides|github|talk|official|repo|implementation|\d+)(?:\s*page)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Address:
    """An address in a line: where it stands, its words, and the work that it alone identifies."""

    start: int
    end: int
    written: str
    label: str
    """The link's own words; empty where it has none, or such as lead to anything: `pdf`, `here`."""
    work: Work | None = None
    """None for an address inside the list or of no web page."""
    fault: str = ""
    """Why the identifier cannot exist."""
    in_caption: bool = False
    """Whether it stands in the caption of a picture, most often as the picture's source."""

    @property
    def is_known_to_registries(self) -> bool:
        """Whether a registry says whose it is."""
        return bool(self.work and self.work.identifiers)


def addresses(text: str, today: dt.date) -> tuple[Address, ...]:
    """The addresses in a line, in their order; a picture's own is none, those in its caption are."""
    found: list[Address] = []
    for each in _written(text):
        work, fault = _work(each.written, today)
        if work or fault or each.label:
            found.append(replace(each, work=work, fault=fault))
    return tuple(found)


def _written(text: str) -> Iterator[Address]:
    """Each address with its words, and where it stands with them."""
    at = 0
    for link in _LINK.finditer(text):
        yield from _bare(text, at, link.start())
        at = link.end()
        label = link["label"].strip()
        if link["image"]:
            for each in _written(label):
                yield replace(each, start=link.start(), end=link.end(), in_caption=True)
        elif not link["url"].startswith("#"):
            yield Address(link.start(), link.end(), link["url"], "" if _says_nothing(label) else label)
    yield from _bare(text, at, len(text))


def _says_nothing(label: str) -> bool:
    return bool(_ANYTHING.fullmatch(label.strip("[]() "))) or bool(_BARE.fullmatch(label)) or "![" in label


def _bare(text: str, start: int, end: int) -> Iterator[Address]:
    for match in _BARE.finditer(text, start, end):
        written = match[0].strip("<>").rstrip(_ENDS)
        if match["arxiv"]:
            written = "arXiv:" + re.split(r"[:\s]\s*", written, maxsplit=1)[1]
        elif match["doi"]:
            written = "doi:" + written[written.index("10.") :]
        yield Address(match.start(), match.end(), written, "")


def _work(written: str, today: dt.date) -> tuple[Work | None, str]:
    try:
        return addressed(written, today), ""
    except BadIdentifierError as fault:
        return None, str(fault)
