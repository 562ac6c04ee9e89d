"""What code scanning is told: valid SARIF, with every rule explained."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft4Validator
from outcomes import CLEAN, HINTED, SICK

from commonplace.report import Outcome, render
from commonplace.rules import catalogue

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))


def log(outcome: Outcome) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(str(render(outcome, "sarif", hints=False)))
    return document


def run(outcome: Outcome) -> dict[str, Any]:
    (only,) = log(outcome)["runs"]
    return dict(only)


@pytest.mark.parametrize("outcome", [SICK, HINTED, CLEAN])
def test_a_log_is_valid_by_the_schema_of_sarif(outcome: Outcome) -> None:
    Draft4Validator.check_schema(SCHEMA)
    Draft4Validator(SCHEMA).validate(log(outcome))


def test_results_read_as_their_golden_file() -> None:
    golden = HERE / "golden" / "sick.sarif-results.json"
    results = [{k: v for k, v in result.items() if k != "ruleIndex"} for result in run(SICK)["results"]]
    if "REWRITE_GOLDEN" in os.environ:
        golden.write_text(f"{json.dumps(results, indent=2)}\n", encoding="utf-8")
    assert results == json.loads(golden.read_text(encoding="utf-8"))


def test_every_rule_is_there_with_its_help() -> None:
    rules = run(CLEAN)["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["help"]["text"]) for rule in rules] == [
        (rule.name, rule.remedy) for rule in catalogue().values()
    ]


def test_a_result_points_at_its_rule() -> None:
    only = run(SICK)
    rules = only["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in only["results"]] == [
        diagnostic.rule for diagnostic in SICK.diagnostics
    ]


def test_addresses_are_relative_to_the_library() -> None:
    places = [result["locations"][0]["physicalLocation"] for result in run(SICK)["results"]]
    addresses = [place["artifactLocation"]["uri"] for place in places]
    assert not any(urlsplit(address).scheme or address.startswith("/") for address in addresses)
    assert [unquote(address) for address in addresses] == [each.location.path for each in SICK.diagnostics]
