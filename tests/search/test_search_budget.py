"""Search stays within its budget of bytes: 350 KB to the first result, on any connection."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser import bytes_to_first_result

BUDGET = 350_000


@pytest.mark.parametrize("query", ["low rank adaptation", "2106.09685", "transfomer"])
def test_the_first_result_costs_less_than_the_budget(
    page: Page, site: str, query: str, record_property: Callable[[str, object], None]
) -> None:
    """`make bench` measures the same for a book of 10,000 notes."""
    page.goto(site, wait_until="networkidle")
    cost = bytes_to_first_result(page, query)
    record_property(f"bytes to the first result for {query!r}", f"{cost:,}")
    assert cost <= BUDGET
