"""What the stages of the link check pass to one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from commonplace.link_settings import Ignore
from commonplace.model import Location


class Scheme(StrEnum):
    """Who is asked about an address."""

    ARXIV = "arxiv"
    DOI = "doi"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands, how it is written there, and which work it is said to lead to."""

    location: Location
    written: str
    """The characters in the file, such as `http://arxiv.org/pdf/2106.09685v1.pdf`.

    They are empty where front matter speaks of a work without its address.
    """
    version: int | None = None
    """The version of a preprint that is named here."""
    reference: str = ""
    """The key of the entry of refs.bib that the address stands in."""
    claims: str = ""
    """The text of the link, or the title of the note, that may name the work."""


@dataclass(frozen=True, slots=True)
class Address:
    """One thing to ask about, however often and in whichever forms it is written."""

    scheme: Scheme
    id: str
    """An arXiv id without version, a DOI in lower case, or a normalised URL without its fragment."""
    places: tuple[Place, ...]
    fragments: tuple[str, ...] = ()
    """The anchors in a web page that links point at."""
    fault: str = ""
    """Why the identifier cannot exist, by the rules of its registry; such an address is never asked."""

    @property
    def name(self) -> str:
        """What answers and outcomes are kept under: `arXiv:2106.09685`, `doi:10.1038/nature14539`, a URL."""
        prefix = {Scheme.ARXIV: "arXiv:", Scheme.DOI: "doi:", Scheme.WEB: ""}[self.scheme]
        return prefix + self.id


@dataclass(frozen=True)
class Plan:
    """What a run asks, and what it need not ask."""

    arxiv: tuple[tuple[str, ...], ...] = ()
    """Ids without version, in batches of at most 100; a canary goes along besides."""
    dois: tuple[str, ...] = ()
    web: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Web addresses by their host, with its port where that is not the usual one."""
    fragments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The anchors to look for, by web address; most addresses have none."""
    fresh: tuple[Address, ...] = ()
    """Addresses whose last answer still holds."""
    ignored: tuple[tuple[Address, Ignore], ...] = ()
    """Addresses that a setting leaves out, with that setting."""
    unsound: tuple[Address, ...] = ()
    """Identifiers that cannot exist."""
