"""A demo as readers meet it: from the claim to its check, to the code; the figure in their colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import served
from commonplace.site import build
from sample_books import HEALTHY, bound, loaded, ran

NOTE = "papers/gates/"


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the healthy book's site."""
    with served(build(ran(loaded(bound(HEALTHY, tmp_path_factory.mktemp("demos"))))).folder) as address:
        yield address


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_tested_claim_leads_to_its_check_and_that_to_the_code(healthy: str, page: Page) -> None:
    page.goto(healthy + NOTE)
    page.locator(".claims .tested a").first.click()
    check = page.locator(".checks li").first
    expect(check).to_contain_text("the outputs are <the same>")
    expect(check).to_be_in_viewport()
    check.get_by_role("link", name="one_gate_suffices").click()
    expect(page.get_by_text("def one_gate_suffices()")).to_be_in_viewport()


def test_the_code_opens_by_keyboard_without_scripts(healthy: str, plain: Page) -> None:
    plain.goto(healthy + NOTE)
    code = plain.get_by_text("def one_gate_suffices()")
    expect(code).not_to_be_visible()
    plain.locator("details.code summary").press("Enter")
    expect(code).to_be_visible()


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_only_the_figure_in_the_reader_s_colours_is_loaded(
    healthy: str, page: Page, scheme: Literal["light", "dark"], other: str
) -> None:
    """From the second page on: which colours they prefer, the theme keeps when it has first been asked."""
    asked = list[str]()
    page.emulate_media(color_scheme=scheme)
    page.goto(healthy)
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response(f"**/gates-{scheme}.svg"):
        page.goto(f"{healthy}{NOTE}#demo")
    expect(page.locator(f".drawing .{scheme}")).to_be_visible()
    expect(page.locator(f".drawing .{other}")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert not [address for address in asked if other in address]


def test_a_figure_keeps_its_room_before_it_has_come(healthy: str, page: Page) -> None:
    page.route("**/*.svg", lambda route: route.abort())
    page.goto(f"{healthy}{NOTE}#demo")
    box = page.locator(".drawing img:visible").bounding_box()
    assert box
    assert box["width"] / box["height"] == pytest.approx(640 / 360, rel=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_gets_the_figure_for_white(healthy: str, page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{healthy}{NOTE}#demo")
    page.emulate_media(media="print")
    expect(page.locator(".drawing .light")).to_be_visible()
    expect(page.locator(".drawing .dark")).to_be_hidden()
