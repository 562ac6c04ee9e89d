"""Pull requests come from strangers: whatever a note, a field or an entry holds, nothing of it runs.

The book in tests/books/hostile calls `ran` or asks evil.example by every trick that its authors knew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest
from markdown_it import MarkdownIt
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from browser import served
from commonplace.site import build
from sample_books import HOSTILE, bound, loaded, pages_of

LIBRARY = loaded(HOSTILE)
PAGES = pages_of(LIBRARY)

# What is wrong in a page as it was written: everything that could run or ask another host. `within` is
# where notes have their say; outside of it stand the theme's own scripts and forms.
FAULTS = """
([html, within]) => {
  const written = new DOMParser().parseFromString(html, "text/html");
  const forbidden = `script, style, iframe, frame, object, embed, applet, form, input, textarea, select,
    button, base, meta, link, svg, template, video, audio, source, track, noscript, dialog, portal, marquee,
    maction, annotation-xml, mglyph, foreignobject, animate, set, use`;
  const addresses = ["href", "src", "action", "formaction", "xlink:href", "data", "cite", "background",
    "poster", "ping", "srcset", "longdesc", "manifest"];
  const faults = [];
  for (const element of written.querySelectorAll("*")) {
    const said = element.outerHTML.slice(0, 160);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || name === "srcdoc") faults.push(`${name}: ${said}`);
      if (addresses.includes(name) && !/^(https?|mailto):$/.test(new URL(value, location).protocol))
        faults.push(`scheme: ${said}`);
    }
  }
  for (const element of written.querySelectorAll(`:is(${within}) *`)) {
    const said = element.outerHTML.slice(0, 160);
    if (element.matches(forbidden)) faults.push(`element: ${said}`);
    for (const { name, value } of element.attributes) {
      if (name === "id" && value.startsWith("__")) faults.push(`the theme's: ${said}`);
      if (name === "class" && /(^|\\s)md-/.test(value)) faults.push(`the theme's: ${said}`);
      if (name.startsWith("data-md")) faults.push(`the theme's: ${said}`);
      if (name === "style" && !/^text-align: *\\w+;?$/.test(value)) faults.push(`style: ${said}`);
    }
  }
  return faults;
}
"""
SCRIPTS = "() => [...document.scripts].map((script) => script.src || script.id || script.textContent).sort()"


def _by_commonplace(root: Path) -> Path:
    return build(loaded(root)).folder


def _by_mkdocs(root: Path) -> Path:
    config = load_config(str(root / "mkdocs.yml"))
    mkdocs_build(config)
    return Path(config.site_dir)


@pytest.fixture(scope="module", params=[_by_commonplace, _by_mkdocs])
def hostile(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the hostile book's site, built by each of the two ways."""
    root = bound(HOSTILE, tmp_path_factory.mktemp("hostile"))
    note = root / "notes/papers/\"><img src=x onerror=ran('file')>`<b>.md"
    note.write_text("Named by a stranger. [@tags2020]", encoding="utf-8")
    with served(request.param(root)) as site:
        yield site


class Watched:
    """A page that keeps what it should never see: calls of `ran`, dialogs, requests to other hosts."""

    def __init__(self, browser: Browser) -> None:
        self.seen: list[str] = []
        self.page = browser.new_page()
        self.page.expose_function("ran", lambda what: self.seen.append(f"ran: {what}"))
        self.page.on("dialog", lambda dialog: self.seen.append(f"dialog: {dialog.message}"))
        self.page.on("popup", lambda popup: self.seen.append(f"popup: {popup.url}"))
        self.page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        self.page.route("**", self._route)

    def _route(self, route: Any) -> None:
        if route.request.url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            self.seen.append(f"request: {route.request.url}")
            route.abort()


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[Watched]:
    """A page under watch, for all tests of this file."""
    watched = Watched(browser)
    yield watched
    watched.page.close()


def faults(page: Page) -> Any:
    """What is wrong in the page that is open, as it came from the server."""
    html = page.evaluate("async () => (await fetch(location.href)).text()")
    return page.evaluate(FAULTS, [html, "article, .md-sidebar--secondary .md-ellipsis"])


def address(path: str) -> str:
    """The address of a page, from the site's."""
    return path.removesuffix("index.md").replace(".md", "/")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_a_hostile_note_runs_or_asks_another_host(
    hostile: str, watched: Watched, path: str
) -> None:
    watched.seen.clear()
    watched.page.goto(hostile + address(path))
    at = watched.page.url
    watched.page.wait_for_load_state("networkidle")
    assert faults(watched.page) == []
    assert watched.page.url == at
    assert watched.seen == []


@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_page_has_the_scripts_of_the_theme_and_no_other(
    hostile: str, watched: Watched, path: str
) -> None:
    watched.page.goto(f"{hostile}404.html")
    own = [script.removeprefix(hostile) for script in watched.page.evaluate(SCRIPTS)]
    watched.page.goto(hostile + address(path))
    scripts = [script.removeprefix(hostile) for script in watched.page.evaluate(SCRIPTS)]
    assert len(scripts) == len(own)
    assert not any("ran(" in script for script in scripts)


def test_a_note_whose_name_is_hostile_is_as_inert_as_the_others(hostile: str, watched: Watched) -> None:
    watched.seen.clear()
    watched.page.goto(f"{hostile}papers/")
    watched.page.get_by_role("link", name="onerror=ran('file')").click()
    watched.page.wait_for_load_state("networkidle")
    assert "Named by a stranger." in watched.page.inner_text("article")
    assert faults(watched.page) == []
    assert watched.seen == []


def test_what_a_hostile_note_says_is_shown_as_text(hostile: str, watched: Watched) -> None:
    watched.page.goto(f"{hostile}papers/tags/")
    assert "<svg onload=ran('svg')>" in watched.page.inner_text("article")
    assert "ran('bib title')" in watched.page.title()


def test_search_shows_what_a_hostile_note_holds_as_text(hostile: str, watched: Watched) -> None:
    watched.page.goto(hostile)
    watched.seen.clear()
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("script")
    results = watched.page.locator(".md-search-result__list")
    results.locator("a").first.wait_for()
    assert "<script>ran(" in results.inner_text()
    assert results.locator("script, img, svg, iframe").count() == 0
    assert watched.seen == []


def _by_python_markdown(text: str) -> str:
    extensions = ["attr_list", "md_in_html", "tables", "footnotes", "def_list", "admonition", "fenced_code"]
    return markdown.markdown(text, extensions=extensions)


def _by_commonmark(text: str) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return str(reader.render(text))


@pytest.mark.parametrize("engine", [_by_python_markdown, _by_commonmark])
@pytest.mark.parametrize("path", PAGES)
def test_exported_markdown_is_inert_in_other_engines_that_clean_nothing(
    site: str, watched: Watched, path: str, engine: Any
) -> None:
    text = PAGES[path].text().split("---\n", 2)[2]
    watched.page.goto(f"{site}404.html")
    watched.seen.clear()
    html = f"<!doctype html><main>{engine(text)}</main>"
    watched.page.set_content(html)
    assert watched.page.evaluate(FAULTS, [html, "main"]) == []
    assert [each for each in watched.seen if not each.startswith("request:")] == []
