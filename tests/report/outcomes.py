"""What checks came to, for tests of how it is reported."""

from __future__ import annotations

from commonplace.model import Diagnostic, Location, Severity
from commonplace.report import Outcome

EXTENT = {"note": 61, "reference": 62}
UNKNOWN = Diagnostic(
    Location("notes/papers/lora.md", 3, 1),
    "unknown-field",
    "no field 'topcs'; did you mean 'topics'?",
    Severity.ERROR,
)
# A path and a message with every sign that one of the forms has a meaning of its own for.
AWKWARD = Diagnostic(
    Location("notes/100% odd, really: ü.md", 2, 1),
    "broken-front-matter",
    "50% of `{a: b}`,\r\nso <b>\x1b[31m[red]\u202e",
    Severity.WARNING,
)
HINT = Diagnostic(Location("refs.bib", 7), "broken-silence", "say why", Severity.HINT)

SICK = Outcome((UNKNOWN, AWKWARD, HINT), EXTENT)
HINTED = Outcome((HINT,), EXTENT)
CLEAN = Outcome((), EXTENT)
