"""The real book as readers meet it: in a browser, wide and narrow, light and dark, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
)

from browser import PREFIX, served
from commonplace.site import build
from sample_books import HEALTHY, bound, loaded

KINDS = {
    "home": "",
    "note": "papers/rope/",
    "topic": "topics/peft/",
    "topics": "topics/",
    "papers": "papers/",
    "bibliography": "bibliography/",
    "open": "open/",
}
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
VIEWS: dict[str, tuple[ViewportSize, Literal["light", "dark"]]] = {
    "wide-light": (WIDE, "light"),
    "wide-dark": (WIDE, "dark"),
    "narrow-light": (NARROW, "light"),
    "narrow-dark": (NARROW, "dark"),
}

every_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())


def seen(*views: str) -> pytest.MarkDecorator:
    """A test for each of these sizes of the screen with its preference of light or dark."""
    return pytest.mark.parametrize("screen", views, indirect=True)


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A browser's context for each view, so that what pages share is loaded once."""
    opened = {
        name: browser.new_context(viewport=size, color_scheme=scheme)
        for name, (size, scheme) in VIEWS.items()
    }
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def screen(contexts: dict[str, BrowserContext], request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on a screen of the view that the test names."""
    page = contexts[request.param].new_page()
    yield page
    page.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the healthy book, which has every mark of the grammar and knows where it is served."""
    root = bound(HEALTHY, tmp_path_factory.mktemp("marked"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", f"http://127.0.0.1{PREFIX}/")
        site = build(loaded(root)).folder
    with served(site) as address:
        yield address


def serious_faults(page: Page) -> list[tuple[str, str]]:
    """What keeps some readers from reading the page: each rule with the first element that breaks it."""
    found = Axe().run(page).response["violations"]
    serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in serious]


class Watch:
    """Keeps what a page should not do: complain, ask another host, ask for what is not there."""

    def __init__(self, page: Page, site: str) -> None:
        self.seen: list[str] = []
        self.site = site
        page.on("console", self._said)
        page.on("pageerror", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        self.seen += [message.text] if message.type in ("error", "warning") else []

    def _failed(self, error: Error) -> None:
        self.seen.append(str(error))

    def _asked(self, request: Request) -> None:
        self.seen += [] if request.url.startswith(self.site) else [request.url]

    def _answered(self, response: Response) -> None:
        self.seen += [f"{response.status} {response.url}"] if response.status >= 400 else []


@every_kind
@seen("wide-light", "narrow-dark")
def test_a_page_has_no_error_and_asks_no_other_host(site: str, screen: Page, address: str) -> None:
    watch = Watch(screen, site)
    screen.goto(site + address)
    screen.wait_for_load_state("networkidle")
    assert watch.seen == []


@every_kind
@seen("wide-light", "wide-dark", "narrow-light")
def test_a_page_has_no_serious_fault_of_accessibility(site: str, screen: Page, address: str) -> None:
    screen.goto(site + address)
    assert serious_faults(screen) == []


@pytest.mark.parametrize("address", ["papers/gates/", "papers/why-gates/", "about/", "open/", "404.html"])
@seen("wide-light", "wide-dark")
def test_a_page_with_every_mark_has_no_serious_fault_of_accessibility(
    marked: str, screen: Page, address: str
) -> None:
    screen.goto(marked + address)
    assert screen.get_by_role("heading", level=1).is_visible()
    assert serious_faults(screen) == []


@every_kind
@seen("narrow-light")
def test_nothing_is_wider_than_the_screen(site: str, screen: Page, address: str) -> None:
    screen.goto(site + address)
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_citation_leads_to_the_note_on_its_work(site: str, page: Page) -> None:
    page.goto(f"{site}topics/peft/")
    page.get_by_role("link", name="Hu et al., 2021").first.click()
    expect(page).to_have_url(f"{site}papers/lora/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("LoRA")


def test_a_citation_of_a_work_without_a_note_leads_to_its_entry(site: str, page: Page) -> None:
    page.goto(f"{site}papers/lora/")
    page.get_by_role("link", name="Houlsby et al., 2019").first.click()
    expect(page).to_have_url(f"{site}bibliography/#houlsby2019parameter")
    expect(page.locator(":target")).to_be_visible()


@seen("wide-light", "narrow-dark")
def test_every_formula_can_be_seen(site: str, screen: Page) -> None:
    screen.goto(f"{site}papers/rope/")
    boxes = [formula.bounding_box() for formula in screen.locator("article math").all()]
    assert len(boxes) > 20
    assert all(box and box["width"] > 2 and box["height"] > 2 for box in boxes)


@seen("narrow-light")
def test_only_a_formula_wider_than_the_screen_is_a_stop_of_the_keyboard(site: str, screen: Page) -> None:
    screen.goto(f"{site}papers/rope/")
    formulas = screen.locator(".math.display")
    wider = formulas.evaluate_all("all => all.filter((each) => each.scrollWidth > each.clientWidth).length")
    assert 0 < wider < formulas.count()
    assert screen.locator(".math.display[tabindex='0']").count() == wider


def test_the_page_for_a_wrong_address_leads_to_the_papers(marked: str, page: Page) -> None:
    watch = Watch(page, marked)
    page.goto(f"{marked}404.html")
    page.get_by_role("link", name="all papers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Papers", use_inner_text=True)
    assert watch.seen == []


def test_the_first_key_offers_to_skip_to_the_content(site: str, page: Page) -> None:
    for address in KINDS.values():
        page.goto(site + address)
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.inner_text().strip() == "Skip to content"
        page.keyboard.press("Enter")
        assert page.locator(":target").evaluate("heading => heading.tagName") == "H1"


def test_the_keyboard_reaches_search_before_the_content_and_every_stop_is_marked(
    site: str, page: Page
) -> None:
    page.goto(f"{site}papers/lora/")
    stops: list[str] = []
    for _ in range(25):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                """() => {
                  const focused = document.activeElement;
                  const outlined = getComputedStyle(focused).outlineStyle !== "none";
                  return `${focused.closest("article, [role=search], nav, .md-skip")?.tagName}-${outlined}`;
                }"""
            )
        )
    assert {stop.partition("-")[2] for stop in stops} == {"true"}
    order = list(dict.fromkeys(stop.partition("-")[0] for stop in stops))
    assert order.index("DIV") < order.index("ARTICLE")


def test_code_can_be_copied_and_keeps_its_colours(marked: str, page: Page) -> None:
    page.goto(f"{marked}papers/gates/")
    blocks = page.locator("article pre > code")
    expect(page.locator("article pre button[title='Copy to clipboard']")).to_have_count(blocks.count())
    colour = "code => getComputedStyle(code).color"
    assert blocks.first.locator(".s2").first.evaluate(colour) != blocks.first.evaluate(colour)


@seen("narrow-light")
def test_a_table_wider_than_the_screen_scrolls_by_itself(site: str, screen: Page) -> None:
    screen.goto(f"{site}topics/peft/")
    table = screen.locator(".md-typeset__scrollwrap", has=screen.locator("table")).first
    assert table.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert table.evaluate("frame => getComputedStyle(frame).overflowX") == "auto"


def test_a_heading_that_is_pointed_at_shows_the_link_to_itself(site: str, page: Page) -> None:
    page.goto(f"{site}papers/lora/")
    heading = page.locator("article h2").first
    link = heading.locator(".headerlink")
    expect(link).to_have_css("opacity", "0")
    heading.hover()
    expect(link).to_have_css("opacity", "1")
    link.click()
    expect(page.locator("h2:target")).to_have_count(1)


def test_print_shows_the_note_and_none_of_what_surrounds_it(site: str, page: Page) -> None:
    page.goto(f"{site}papers/lora/")
    parts = [page.locator(part) for part in (".md-header", ".md-tabs", ".md-sidebar", ".site-footer")]
    assert all(part.is_visible() for part in parts)
    page.emulate_media(media="print")
    assert not any(part.is_visible() for part in parts)
    assert page.locator("article h1").is_visible()


@seen("wide-light", "wide-dark")
def test_paper_is_white_whatever_the_screen_was(site: str, screen: Page) -> None:
    screen.goto(f"{site}papers/lora/")
    screen.emulate_media(media="print")
    ground, ink = (
        screen.evaluate(f"getComputedStyle(document.querySelector('{part}')).{side}")
        for part, side in (("body", "backgroundColor"), ("article .lead p", "color"))
    )
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_a_note_reads_in_full_without_scripts_and_says_where_the_index_is(site: str, plain: Page) -> None:
    plain.goto(f"{site}papers/rope/")
    article = plain.locator("article")
    assert article.is_visible()
    assert "What it does not show" in article.inner_text()
    assert plain.locator("article math").first.is_visible()
    plain.get_by_role("link", name="All papers").click()
    assert plain.url == f"{site}papers/"


class Table:
    """The table of all papers, as it is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def column(self, name: str) -> list[str]:
        """The cells of a column in the rows that are shown."""
        headings = [text.rstrip(" ↑↓") for text in self.page.locator("thead th").all_inner_texts()]
        at = headings.index(name)
        rows = self.page.locator("tbody tr:visible")
        return [row.locator("td").nth(at).inner_text() for row in rows.all()]

    def sort(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def choose(self, name: str, value: str) -> None:
        self.page.get_by_role("combobox", name=name, exact=True).select_option(value)


@pytest.fixture
def papers(site: str, page: Page) -> Table:
    """The table of all papers."""
    page.goto(f"{site}papers/")
    return Table(page)


def test_the_papers_sort_by_year_both_ways(papers: Table) -> None:
    papers.sort("Year")
    ascending = papers.column("Year")
    assert ascending == sorted(ascending)
    papers.sort("Year")
    assert papers.column("Year") == sorted(ascending, reverse=True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Topic", "Attention"),
        ("Year", "2021"),
        ("Venue", "ICLR 2022"),
        ("Kind", "post"),
    ],
)
def test_the_papers_can_be_filtered(papers: Table, column: str, value: str) -> None:
    whole = papers.column(column)
    papers.choose(column, value)
    shown = papers.column(column)
    assert 0 < len(shown) < len(whole)
    assert all(value in re.split(r",\s*", cell) for cell in shown)
    papers.choose(column, "")
    assert papers.column(column) == whole


def test_the_papers_can_be_filtered_by_whether_they_are_finished(marked: str, page: Page) -> None:
    page.goto(f"{marked}papers/")
    table = Table(page)
    table.choose("Status", "stub")
    assert table.column("Title") == ["Why Gates Work, and When They Do Not!"]


def test_filters_of_the_papers_work_together_and_the_number_shown_is_true(papers: Table) -> None:
    papers.choose("Topic", "Diffusion models")
    papers.choose("Year", "2020")
    papers.page.get_by_role("searchbox").fill("ho")
    assert papers.column("Title") == ["Denoising Diffusion Probabilistic Models"]
    assert papers.page.locator("output").inner_text().startswith("1 of ")


def test_the_papers_are_whole_without_scripts(site: str, plain: Page, papers: Table) -> None:
    plain.goto(f"{site}papers/")
    assert plain.locator("tbody tr:visible").count() == papers.page.locator("tbody tr").count()
    assert plain.get_by_role("button", name="Year").count() == 0
