"""What the front matter of a note may hold, as one JSON Schema for each kind of note."""

from __future__ import annotations

from typing import Any

from commonplace.model import Kind, Status
from commonplace.relations import RELATIONS

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT, "uniqueItems": True}
SLUG_PATTERN = "^[a-z0-9][a-z0-9.-]*$"
_SLUG = {"type": "string", "pattern": SLUG_PATTERN}
# YAML reads `yes` and `4` as other types than text; a cell of a table is whatever was written.
_CELLS = {"type": "object", "additionalProperties": {"type": ["string", "boolean", "number"]}}
_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

_EVERY: dict[str, Any] = {
    "title": {**_TEXT, "description": "The title, where it does not come from refs.bib."},
    "aliases": {**_TEXTS, "description": "Other names, found by search and by [[wikilinks]]; e.g. [PEFT]"},
    "added": {**_DATE, "description": "The day the note was added; e.g. 2026-11-21"},
}

_WORK: dict[str, Any] = {
    "ref": {
        **_TEXT,
        "description": "The key in refs.bib of the work that the note is about; e.g. hu2021lora",
    },
    "name": {**_TEXT, "description": "What the work is called in running text; e.g. LoRA"},
    "topics": {
        "type": "array",
        "items": _SLUG,
        "uniqueItems": True,
        "description": "Slugs of notes in notes/topics, the main one first; e.g. [peft]",
    },
    "status": {"enum": [str(status) for status in Status], "description": "stub, or complete where absent"},
    "code": {"type": "string", "pattern": "^https?://", "description": "The address of the authors' code"},
    "read": {
        "type": "string",
        "pattern": "^v[1-9][0-9]{0,3}$",
        "description": "The version of the preprint that the note was written from; e.g. v2",
    },
    "relations": {
        "type": "object",
        "properties": dict.fromkeys(RELATIONS, _TEXTS),
        "additionalProperties": False,
        "description": "Relations to earlier works, by kind; e.g. {builds-on: [hu2021lora]}",
    },
    "facts": {**_CELLS, "description": "Cells of the topic's comparison table; e.g. {merges: yes}"},
}

_TOPIC: dict[str, Any] = {
    "compare": {**_CELLS, "description": "Columns of the comparison: fact to heading; e.g. {merges: Merges}"},
    "reading": {
        **_CELLS,
        "description": "The reading order: slug to why it comes now; e.g. {lora: The idea}",
    },
}

_PATH: dict[str, Any] = {
    "steps": {
        **_CELLS,
        "description": "The steps: slug of a work or topic to why it comes now; e.g. {lora: What was left}",
    },
}

_OWN = {Kind.WORK: _WORK, Kind.TOPIC: _TOPIC, Kind.PATH: _PATH, Kind.PAGE: dict[str, Any]()}


def schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of the front matter of notes of this kind."""
    return {
        # The draft that every editor knows; what is used here means the same in the later ones.
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {**_EVERY, **_OWN[kind]},
        "additionalProperties": False,
    }


def field_schema(name: str) -> dict[str, Any]:
    """The schema of one top-level field, of whichever kind of note it belongs to."""
    fields: dict[str, Any] = {**_EVERY, **_WORK, **_TOPIC, **_PATH}
    return dict(fields.get(name, {}))
