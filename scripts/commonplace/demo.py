"""What a demo beside a note is, and what running it came to, as values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from commonplace.model import Location, Source


@dataclass(frozen=True, slots=True)
class Check:
    """A public function of a demo that takes nothing: it asserts one thing, and says what it found."""

    name: str
    line: int
    sentence: str
    """What is shown, as its docstring says; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The function `figure` of a demo, with the words that stand beside and for its picture."""

    line: int
    caption: str
    alt: str
    """What is drawn and what it shows, for those who cannot see it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a demo could not be read, or not be run to its end; `line` is where."""

    line: int
    message: str
    lasting: bool = True
    """Whether the code alone decides it; what also hangs on the machine may come out otherwise next time."""


@dataclass(frozen=True)
class Demo:
    """A Python file under notes/, read and not run."""

    source: Source
    checks: tuple[Check, ...] = ()
    drawing: Drawing | None = None
    other_functions: tuple[str, ...] = ()
    """Its other functions."""
    shows: bool = False
    """Whether it shows itself to the reader who runs it."""
    fault: Fault | None = None
    """What keeps it from being run, where something does."""

    @property
    def path(self) -> str:
        """The file, relative to the library's root."""
        return self.source.path

    @property
    def note(self) -> str:
        """The path of the note that it belongs to: the one beside it."""
        return f"{self.path.removesuffix('.py')}.md"

    def at(self, line: int) -> Location:
        """The beginning of a line."""
        return Location(self.path, line)

    @cached_property
    def by_name(self) -> dict[str, Check]:
        """The checks by their names."""
        return {check.name: check for check in self.checks}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check came to."""

    name: str
    passed: bool
    said: str
    """What it found; where it failed, the assertion's message or the exception."""
    seconds: float
    line: int
    """Where it failed, else where it begins."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The figure as SVG, once for each scheme of colours."""

    light: str
    dark: str


@dataclass(frozen=True)
class Run:
    """What running a demo came to: its checks in their order, up to where a fault stopped it."""

    findings: tuple[Finding, ...] = ()
    picture: Picture | None = None
    fault: Fault | None = None
    seconds: float = 0.0
    """How long it took as a whole, with the start of Python and the figure."""

    @property
    def is_green(self) -> bool:
        """Whether it ran to its end, and every check passed."""
        return not self.fault and all(finding.passed for finding in self.findings)

    @property
    def is_lasting(self) -> bool:
        """Whether it would come out the same again, as far as one can know."""
        return not self.fault or self.fault.lasting

    def finding(self, name: str) -> Finding | None:
        """What the check of that name came to, if it ran."""
        return next((finding for finding in self.findings if finding.name == name), None)
