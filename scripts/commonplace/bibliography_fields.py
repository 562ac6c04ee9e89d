"""Names the fields of the registry's entries and finds where they stand."""

from __future__ import annotations

import re

from bibtexparser.model import Field

from commonplace.model import Location, Source

REGISTRY = "refs.bib"
_NAME = re.compile(r"(?<![^\s,={}\"])(?P<name>[^\s,={}\"]++)\s*+=")


def field_name(each: Field) -> str:
    """The name of a field, without a comment that stands above it."""
    return str(each.key).rpartition("\n")[2].strip().lower()


class FieldPlaces:
    """The places of the fields of one file: the parser keeps their lines, not their columns."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._line = 0
        self._columns: dict[str, int] = {}

    def of(self, each: Field) -> Location:
        """Where the name of a field begins."""
        number = (each.start_line or 0) + 1
        if number != self._line:
            names = list(_NAME.finditer(self._source.line(number)))
            self._line = number
            self._columns = {match["name"].lower(): match.start() + 1 for match in reversed(names)}
        return Location(REGISTRY, number, self._columns.get(field_name(each), 1))
