"""Reads front matter: YAML to typed fields, each with its place; the only user of yaml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from commonplace.front_matter_schema import field_schema, schema
from commonplace.model import Diagnostic, FieldPath, FrontMatter, Kind, Location, Relation, Source, Status
from commonplace.rules import diagnose
from commonplace.suggestion import did_you_mean

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Places = dict[FieldPath, Location]


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
    values, places, faults = _values(match["yaml"], source.path)
    problems = list(_validator(kind).iter_errors(values))
    faults.extend(diagnostic for problem in problems for diagnostic in _explained(problem, places))
    front, more = _typed(_without(values, problems), places)
    return front, match.end(), (*faults, *more)


@cache
def _validator(kind: Kind) -> Draft202012Validator:
    return Draft202012Validator(schema(kind))


def _values(text: str, path: str) -> tuple[dict[str, Any], Places, list[Diagnostic]]:
    places: Places = {(): Location(path)}
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = Location(path, mark.line + 2, mark.column + 1) if mark else Location(path)
        message = f"not YAML: {fault.problem or fault.context}; put quotes around text with a colon or a sign"
        return {}, places, [diagnose("broken-front-matter", where, message)]
    except yaml.YAMLError as fault:
        return (
            {},
            places,
            [diagnose("broken-front-matter", Location(path), f"not YAML: {' '.join(str(fault).split())}")],
        )
    if node is None:
        return {}, places, []
    if not isinstance(node, yaml.MappingNode):
        where = Location(path, node.start_mark.line + 2, node.start_mark.column + 1)
        return (
            {},
            places,
            [diagnose("broken-front-matter", where, "front matter is a list of `field: value` lines")],
        )
    faults: list[Diagnostic] = []
    return _value(node, (), path, places, faults), places, faults


def _value(node: yaml.Node, at: FieldPath, path: str, places: Places, faults: list[Diagnostic]) -> Any:
    """The value of a node with every scalar as the text that was written, and where each part stands."""
    # The front matter begins on the second line of the file, and YAML counts from 0.
    places.setdefault(at, Location(path, node.start_mark.line + 2, node.start_mark.column + 1))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*at, number), path, places, faults) for number, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return None if node.tag.endswith(":null") else str(node.value)
    values: dict[str, Any] = {}
    for key, item in node.value:
        name = str(key.value)
        where = Location(path, key.start_mark.line + 2, key.start_mark.column + 1)
        if name in values:
            faults.append(diagnose("broken-front-matter", where, f"'{name}' stands twice; keep one of them"))
            continue
        values[name] = _value(item, (*at, name), path, places, faults)
        places[(*at, name)] = where
    return values


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
    return "empty" if value in (None, "", []) else f"`{value}`"


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
        places=places,
    )
    return front, faults
