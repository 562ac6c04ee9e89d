"""Reads the YAML of front matter into plain values, each with its place; the only user of yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import yaml

from commonplace.model import Diagnostic, FieldPath, Location
from commonplace.rules import diagnose

Places = dict[FieldPath, Location]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 8
"""Levels of lists and mappings; fields need three, and a file of brackets must not exhaust the stack."""
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(text: str, path: str) -> tuple[dict[str, Any], Places, list[Diagnostic]]:
    """The fields in the front matter of the file `path`, where each part stands, and what is wrong.

    Every scalar is the text that was written. What stands before a fault of syntax is kept.
    """
    reader = _Reader(path, yaml.parse(text, Loader=_LOADER))
    values: dict[str, Any] = {}
    try:
        reader.read(values)
    except _RefusedError as fault:
        reader.report(fault.mark, str(fault))
    except yaml.MarkedYAMLError as fault:
        problem = f"not YAML: {fault.problem or fault.context}"
        mark = fault.problem_mark or fault.context_mark
        reader.report(mark, f"{problem}; put quotes around text with a colon or a sign")
    except yaml.YAMLError as fault:
        reader.report(None, f"not YAML: {' '.join(str(fault).split())}")
    return values, reader.places, reader.faults


class _Mark(Protocol):
    line: int
    column: int


class _RefusedError(Exception):
    """YAML that front matter has no use for."""

    def __init__(self, message: str, mark: _Mark | None) -> None:
        super().__init__(message)
        self.mark = mark


class _Reader:
    """Turns the events of the parser into values; aliases, which could multiply them, are refused."""

    def __init__(self, path: str, events: Iterator[yaml.Event]) -> None:
        self.path = path
        self.events = events
        self.places: Places = {(): Location(path)}
        self.faults: list[Diagnostic] = []

    def read(self, values: dict[str, Any]) -> None:
        """Puts every field into `values` as soon as it is read."""
        first = next(e for e in self.events if isinstance(e, yaml.NodeEvent | yaml.StreamEndEvent))
        if isinstance(first, yaml.MappingStartEvent):
            self._fields((), values)
        elif isinstance(first, yaml.NodeEvent):
            self.report(first.start_mark, "front matter is a list of `field: value` lines")

    def report(self, mark: _Mark | None, message: str) -> None:
        """Keeps a fault."""
        self.faults.append(diagnose("broken-front-matter", self._where(mark), message))

    def _where(self, mark: _Mark | None) -> Location:
        # The front matter begins on the second line of the file, and YAML counts from 0.
        return Location(self.path, mark.line + 2, mark.column + 1) if mark else Location(self.path)

    def _fields(self, at: FieldPath, values: dict[str, Any]) -> None:
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise _RefusedError("the name of a field is a word", key.start_mark)
            path = (*at, key.value)
            value = self._value(next(self.events), path)
            if key.value in values:
                self.report(key.start_mark, f"'{key.value}' stands twice; keep one of them")
                continue
            values[key.value] = value
            self.places[path] = self._where(key.start_mark)

    def _value(self, event: yaml.Event, at: FieldPath) -> Any:
        self.places.setdefault(at, self._where(event.start_mark))
        if isinstance(event, yaml.ScalarEvent):
            return None if event.implicit[0] and event.value in _EMPTY else event.value
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError("put quotes around text that begins with an asterisk", event.start_mark)
        if len(at) > _DEEPEST:
            raise _RefusedError("lists within lists within lists; write plain fields", event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(at)
        values: dict[str, Any] = {}
        self._fields(at, values)
        return values

    def _items(self, at: FieldPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*at, len(items))))
        return items
