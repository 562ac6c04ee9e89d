"""The search box of the real book, used as a reader uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

RESULT = ".md-search-result__item"


def search(page: Page, query: str) -> None:
    """Types a query into the box, whether it is open or not."""
    page.locator("input[name=q]").fill(query)


@pytest.fixture
def home(page: Page, site: str) -> Iterator[Page]:
    """The home page; nothing may fail or be reported in its console."""
    faults = list[str]()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(site)
    yield page
    assert faults == []


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_box_a_query_finds_and_enter_goes_there(home: Page, site: str, key: str) -> None:
    home.keyboard.press(key)
    home.keyboard.type("rotary embedding")
    home.keyboard.press("Enter")
    home.wait_for_url(f"{site}papers/rope/")


def test_keys_that_open_the_box_are_letters_in_other_fields(page: Page, site: str) -> None:
    page.goto(f"{site}papers/")
    field = page.get_by_label("Filter by title or author")
    field.press_sequentially("soft/")
    expect(field).to_have_value("soft/")
    expect(page.locator("input[name=q]")).to_have_value("")


def test_a_result_shows_title_kind_year_author_and_the_matching_passage(home: Page) -> None:
    search(home, "rotary embedding")
    first = home.locator(RESULT).first
    expect(first.locator(".search-title mark")).to_have_text(["Rotary", "Embedding"])
    expect(first.locator(".search-facts")).to_have_text("paper · 2021 · Jianlin Su et al.")
    expect(first.locator(".search-passage mark").first).to_have_text(re.compile("rotary", re.IGNORECASE))
    expect(home.locator(".search-status")).to_have_text(re.compile(r"^\d+ results$"))


def test_arrows_move_through_the_results_and_typing_goes_on_with_the_query(home: Page) -> None:
    search(home, "diffusion")
    links = home.locator(f"{RESULT} a")
    expect(links.nth(1)).to_be_visible()
    for _ in range(2):
        home.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    home.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()
    home.keyboard.type("s")
    expect(home.locator("input[name=q]")).to_be_focused()
    expect(home.locator("input[name=q]")).to_have_value("diffusions")


def test_escape_closes_the_box_and_returns_to_where_the_reader_was(home: Page) -> None:
    link = home.get_by_role("link", name="Papers").first
    link.focus()
    home.keyboard.press("/")
    search(home, "lora")
    expect(home.locator(RESULT).first).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.locator(".md-search__output")).to_have_attribute("inert", "")
    expect(link).to_be_focused()


def test_tab_goes_through_the_box_and_closes_it_behind_the_last_result(home: Page) -> None:
    search(home, "whisper")
    expect(home.locator(RESULT).first).to_be_visible()
    stops = 2 + home.locator(f"{RESULT} a").count()
    for _ in range(stops):
        assert home.evaluate("document.querySelector('.md-search').contains(document.activeElement)")
        home.keyboard.press("Tab")
    expect(home.locator(".md-search__output")).to_have_attribute("inert", "")


def test_a_misspelt_word_is_corrected_and_the_reader_may_insist(home: Page) -> None:
    search(home, "qlroa")
    expect(home.locator(".search-remark")).to_have_text(
        "Showing results for qlora; search instead for qlroa."
    )
    expect(home.locator(RESULT).first).to_contain_text("QLoRA: Efficient Finetuning")
    home.get_by_role("button", name="qlroa").click()
    expect(home.locator(".search-status")).to_have_text("Nothing found. All papers")


def test_where_nothing_holds_all_the_words_those_that_hold_some_are_shown(home: Page) -> None:
    search(home, "attention zzyzx whisper")
    expect(home.locator(".search-remark")).to_have_text("Left out, as nothing holds it: zzyzx.")
    search(home, "smaller kv cache thermodynamics")
    expect(home.locator(".search-status")).to_contain_text("Nothing holds all of these words")
    expect(home.locator(RESULT).first).to_be_visible()


def test_more_results_come_on_request_and_the_first_of_them_is_focused(home: Page) -> None:
    search(home, "attention")
    home.get_by_role("button", name="Show more").click()
    expect(home.locator(f"{RESULT} a").nth(6)).to_be_focused()


def test_a_link_to_a_search_opens_it_and_closing_takes_it_out_of_the_address(page: Page, site: str) -> None:
    page.goto(f"{site}topics/peft/?q={quote('2106.09685')}")
    expect(page.locator("input[name=q]")).to_have_value("2106.09685")
    expect(page.locator(f"{RESULT} a").first).to_have_attribute("href", "/commonplace/papers/lora/")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{site}topics/peft/")


def test_a_word_found_only_in_the_text_leads_to_its_section(home: Page, site: str) -> None:
    search(home, "tokens per second speedup")
    first = home.locator(f"{RESULT} a").first
    expect(first).to_have_attribute("href", "/commonplace/papers/lora/#what-it-does-not-show")
    search(home, "two thin matrices")
    expect(first).to_have_attribute("href", "/commonplace/papers/lora/")


def test_facets_narrow_what_was_found_and_can_stand_alone(home: Page) -> None:
    search(home, "llama")
    expect(home.locator(RESULT).first).to_be_visible()
    home.get_by_role("button", name="Filter").click()
    kind = home.get_by_label("Kind")
    expect(kind.locator("option", has_text="post")).to_be_attached()
    kind.select_option("post")
    expect(home.locator(".search-facts").first).to_have_text(re.compile("^post"))
    assert all(text.startswith("post") for text in home.locator(".search-facts").all_text_contents())
    expect(home.get_by_role("button", name="Filter (1)")).to_be_visible()
    search(home, "")
    expect(home.locator(".search-status")).to_have_text("5 results")


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(home: Page) -> None:
    held = list[Route]()
    home.route("**/words.pack", lambda route: held.append(route))
    search(home, "qlroa")
    while not held:
        home.wait_for_timeout(20)
    search(home, "whisper")
    expect(home.locator(RESULT).first).to_contain_text("Whisper", ignore_case=True)
    held[0].continue_()
    home.wait_for_timeout(200)
    expect(home.locator(".search-remark")).to_be_empty()
    expect(home.locator(RESULT).first).to_contain_text("Speech")


def test_nothing_is_loaded_before_somebody_searches_and_nothing_from_elsewhere_then(
    page: Page, site: str
) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site, wait_until="networkidle")
    assert not [address for address in asked if "pagefind" in address or "search-answers" in address]
    search(page, "lora")
    expect(page.locator(RESULT).first).to_be_visible()
    assert any("/pagefind/pagefind.js" in address for address in asked)
    assert all(address.startswith(site) for address in asked)
    assert not [address for address in asked if "search_index" in address or "workers/" in address]


def test_text_of_a_query_is_never_read_as_html(home: Page) -> None:
    search(home, '<img src=x onerror="document.title=1"> lora')
    expect(home.locator(RESULT).first).to_be_visible()
    assert home.locator(".md-search-result img").count() == 0
    assert home.title() != "1"


def test_where_the_index_cannot_be_loaded_the_reader_is_told_and_led_to_the_papers(
    page: Page, site: str
) -> None:
    page.route("**/pagefind/pagefind.js", lambda route: route.abort())
    page.goto(site)
    search(page, "lora")
    expect(page.locator(".search-status")).to_have_text("Search could not be loaded. All papers")
    page.unroute("**/pagefind/pagefind.js")
    page.get_by_role("link", name="All papers").click()
    page.wait_for_url(f"{site}papers/")


def test_without_scripts_the_reader_is_led_to_the_papers(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}papers/lora/")
    expect(page.locator(".search-noscript")).to_be_visible()
    expect(page.locator("input[name=q]")).to_be_hidden()
    page.locator(".search-noscript a").click()
    page.wait_for_url(f"{site}papers/")
    context.close()


def test_on_a_phone_the_box_fills_the_screen(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(site)
    page.locator("header .md-header__button[for=__search]").tap()
    expect(page.locator("input[name=q]")).to_be_focused()
    search(page, "lora")
    expect(page.locator(RESULT).first).to_be_in_viewport()
    page.wait_for_function("document.querySelector('.md-search__inner').clientWidth === 390")
    page.locator(".md-search__icon[for=__search]").tap()
    expect(page.locator(".md-search__output")).to_have_attribute("inert", "")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_box_has_no_serious_fault_of_accessibility(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{site}?q=qlroa+zzyzx")
    expect(page.locator(RESULT).first).to_be_visible()
    page.get_by_role("button", name="Filter").click()
    page.wait_for_timeout(500)
    found = Axe().run(page).response["violations"]
    serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    assert serious == []
    context.close()
