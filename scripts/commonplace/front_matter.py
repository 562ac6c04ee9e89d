"""Reads front matter: typed fields, each with its place, and what is wrong in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from commonplace.front_matter_schema import field_schema, schema
from commonplace.front_matter_yaml import Places, read_yaml
from commonplace.model import Diagnostic, FrontMatter, Kind, Location, Relation, Source, Status
from commonplace.rules import diagnose
from commonplace.suggestion import did_you_mean

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST = 60
"""Characters of a wrong value that a message repeats."""


def read_front_matter(source: Source, kind: Kind) -> tuple[FrontMatter, int, tuple[Diagnostic, ...]]:
    """The front matter, the offset of the body behind it, and what is wrong in it."""
    start = Location(source.path)
    match = _BLOCK.match(source.text)
    if not match:
        if source.text.startswith("---\n"):
            fault = diagnose(
                "broken-front-matter", start, "the front matter has no end; close it with a line of ---"
            )
            return FrontMatter(places={(): start}), len(source.text), (fault,)
        return FrontMatter(places={(): start}), 0, ()
    values, places, faults = read_yaml(match["yaml"], source.path)
    problems = list(_validator(kind).iter_errors(values))
    faults.extend(diagnostic for problem in problems for diagnostic in _explained(problem, places))
    front, more = _typed(_without(values, problems), places)
    return front, match.end(), (*faults, *more)


@cache
def _validator(kind: Kind) -> Draft202012Validator:
    # The library's own rule compares every two items where they are not all of one type.
    validator: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"uniqueItems": _repeated}
    )
    return validator(schema(kind))


def _repeated(_rules: object, _wanted: object, items: object, _schema: object) -> Iterator[ValidationError]:
    texts = [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
    if len(set(texts)) < len(texts):
        yield ValidationError("an item stands twice")


def _explained(problem: ValidationError, places: Places) -> Iterator[Diagnostic]:
    """A fault of the schema, as its author can mend it."""
    path = tuple(problem.absolute_path)
    name = ".".join(map(str, path))
    if unknown := _unknown(problem):
        within = f" in {name}" if name else ""
        for field in unknown:
            where = FrontMatter(places=places).place(*path, field)
            yield diagnose("unknown-field", where, f"no field '{field}'{within}{_meant(problem, field)}")
        return
    about = str(field_schema(str(path[0])).get("description", "")) if path else ""
    message = f"'{name}' cannot be {_shown(problem.instance)}" + (f"; {about}" if about else "")
    yield diagnose("broken-front-matter", FrontMatter(places=places).place(*path), message)


def _unknown(problem: ValidationError) -> list[str]:
    """The fields of a fault that the schema does not know, where that is the fault."""
    if problem.validator != "additionalProperties" or not isinstance(problem.schema, Mapping):
        return []
    given: Any = problem.instance
    return sorted(set(given) - set(problem.schema.get("properties", {})))


def _meant(problem: ValidationError, field: str) -> str:
    return did_you_mean(field, problem.schema["properties"]) if isinstance(problem.schema, Mapping) else ""


def _without(values: dict[str, Any], problems: list[ValidationError]) -> dict[str, Any]:
    """The values without what is at fault: an unknown field alone, else the whole field that holds it."""
    for problem in problems:
        held: Any = values
        if unknown := _unknown(problem):
            for step in problem.absolute_path:
                held = held[step]
            for field in unknown:
                del held[field]
    faulty = {p.absolute_path[0] for p in problems if p.absolute_path and not _unknown(p)}
    return {name: value for name, value in values.items() if name not in faulty}


def _shown(value: object) -> str:
    if value in (None, "", []):
        return "empty"
    text = str(value)
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[:_LONGEST]}…`"


def _typed(values: Mapping[str, Any], places: Places) -> tuple[FrontMatter, list[Diagnostic]]:
    added, faults = None, list[Diagnostic]()
    if "added" in values:
        try:
            added = dt.date.fromisoformat(values["added"])
        except ValueError:
            message = f"there is no day {values['added']}; write the year, month and day as 2026-11-21"
            faults.append(diagnose("broken-front-matter", places[("added",)], message))
    relations = tuple(
        Relation(kind, target, places[("relations", kind, number)])
        for kind, targets in values.get("relations", {}).items()
        for number, target in enumerate(targets)
    )
    front = FrontMatter(
        ref=values.get("ref", ""),
        name=values.get("name", ""),
        title=values.get("title", ""),
        topics=tuple(values.get("topics", ())),
        aliases=tuple(values.get("aliases", ())),
        status=Status(values.get("status", Status.COMPLETE)),
        added=added,
        code=values.get("code", ""),
        read=int(values["read"].removeprefix("v")) if "read" in values else None,
        relations=relations,
        facts=values.get("facts", {}),
        compare=values.get("compare", {}),
        reading=values.get("reading", {}),
        steps=values.get("steps", {}),
        places=places,
    )
    return front, faults
