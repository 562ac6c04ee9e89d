"""The demos of the real book can fail: a sign, a constant or an exponent turns the right claims red."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from commonplace.checks.run import check_demos
from commonplace.demo_code import read_code
from commonplace.demo_settings import DemoSettings
from commonplace.demos.running import runs
from commonplace.library import Library
from commonplace.model import Source
from sample_books import ROOT, loaded

SLIPS = [
    # note, what stands in its demo, what slips in, the checks that see it
    ("lora", "W0 @ x + B @ (A @ x)", "W0 @ x - B @ (A @ x)", {"merge_is_exact"}),
    ("lora", "96 * 2 * (2 * 12_288 * rank)", "96 * 2 * (12_288 * rank)", {"gpt3_parameters"}),
    ("ddpm", "beta**2 / (2 *", "beta / (2 *", {"the_dropped_weight_is_not_monotone"}),
    ("ddpm", "(x_t - beta /", "(x_t + beta /", {"predicting_noise_gives_the_posterior_mean"}),
    ("ddpm", "error**2)", "error**3)", {"distortion_is_what_its_error_costs"}),
    ("qlora", "1 - 1 / 30", "1 - 1 / 31", {"nf4_from_normal_quantiles"}),
    ("qlora", "32 / (64 * 256)", "32 / 64", {"double_quantization"}),
]


@cache
def book() -> Library:
    return loaded(ROOT)


@pytest.mark.parametrize(("name", "right", "wrong", "red"), SLIPS)
def test_a_slip_turns_the_right_claims_red(name: str, right: str, wrong: str, red: set[str]) -> None:
    [note] = [note for note in book().works if note.slug == name]
    sound = book().demos[note.path]
    assert sound.source.text.count(right) == 1
    broken = read_code(Source(sound.path, sound.source.text.replace(right, wrong)))
    [(_, run)] = runs([broken], DemoSettings())
    assert {finding.name for finding in run.findings if not finding.passed} == red
    found = check_demos(replace(book(), demos={note.path: broken}, runs={note.path: run}))
    claims = [claim for claim in note.markup.claims if claim.check in red]
    assert [fault.location for fault in found if fault.rule == "failing-check"] == [
        note.source.at(claim.span.start) for claim in claims
    ]
    assert claims
