"""The schemas that editors read: what is committed is what the code holds, and every note passes it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from commonplace.cli_contribute import schema
from commonplace.library import load_library
from commonplace.model import Kind, Note

ROOT = Path(__file__).parents[1]
KINDS = [kind.name.lower() for kind in Kind]


def printed(kind: str) -> str:
    done = CliRunner().invoke(schema, [kind])
    assert done.exit_code == 0
    return done.output


def front_matter(note: Note) -> dict[str, Any]:
    # Editors differ in what they take `yes` and `2026-11-21` for; as text every note must pass.
    block = note.source.text[: note.body_start].strip("-\n")
    values: dict[str, Any] = yaml.load(block, yaml.BaseLoader) or {}  # noqa: S506 - it makes nothing but text
    return values


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_the_printed_one(kind: str) -> None:
    """Where this fails, `make format` writes the schemas anew."""
    assert (ROOT / "schemas" / f"{kind}.json").read_text(encoding="utf-8") == printed(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_note_of_the_book_passes(kind: str) -> None:
    document = json.loads(printed(kind))
    Draft7Validator.check_schema(document)
    notes = [
        note for note in load_library(ROOT, dt.date(2026, 11, 21)).notes if note.kind is Kind[kind.upper()]
    ]
    assert notes
    faults = {
        note.path: [error.message for error in Draft7Validator(document).iter_errors(front_matter(note))]
        for note in notes
    }
    assert {path: messages for path, messages in faults.items() if messages} == {}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("work", {"topicz": ["peft"]}),
        ("work", {"topics": "peft"}),
        ("work", {"relations": {"invents": ["x2020y"]}}),
        ("work", {"status": "done"}),
        ("topic", {"ref": "hu2021lora"}),
        ("topic", {"steps": {"lora": "why"}}),
        ("path", {"reading": {"lora": "why"}}),
        ("path", {"steps": ["lora"]}),
        ("page", {"reading": {"lora": "why"}}),
    ],
)
def test_a_field_or_a_value_that_no_note_may_have_fails(kind: str, values: dict[str, Any]) -> None:
    assert not Draft7Validator(json.loads(printed(kind))).is_valid(values)
