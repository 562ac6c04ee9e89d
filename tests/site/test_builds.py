"""Real builds of the site: whole, repeatable, and never in place of a better one."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.request import urlopen

import markdown
import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from commonplace.site import SiteError, build, export
from commonplace.site.serve import serve
from sample_books import HEALTHY, bound, loaded, pages_of, ran


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the healthy book."""
    return site_of(bound(HEALTHY, tmp_path_factory.mktemp("healthy")))


def site_of(root: Path) -> Path:
    """The site of the book at `root`, built."""
    return build(loaded(root)).folder


def files(folder: Path) -> dict[str, bytes]:
    """The files below a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def names(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}


def address(path: str) -> str:
    """The file of the site that a page of this path becomes."""
    return path.replace("index.md", "index.html").replace(".md", "/index.html")


def test_a_page_leads_to_where_it_can_be_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPOSITORY_URL", "https://example.org/me/book/")
    book = bound(HEALTHY, tmp_path)
    (book / "pyproject.toml").unlink(missing_ok=True)  # its settings name a repository of their own
    page = (site_of(book) / "papers" / "gates" / "index.html").read_text()
    assert 'href="https://example.org/me/book/edit/main/notes/papers/gates.md"' in page


def test_every_page_of_a_healthy_book_is_in_its_site(healthy: Path) -> None:
    assert all((healthy / address(path)).is_file() for path in pages_of(loaded(HEALTHY)))


def test_a_title_with_a_formula_is_plain_in_the_tab_and_a_formula_in_the_heading(healthy: Path) -> None:
    html = (healthy / "papers/bounds/index.html").read_text(encoding="utf-8")
    title = re.search(r"<title>(.*?)</title>", html)
    heading = re.search(r"<h1.*?</h1>", html, re.DOTALL)
    assert title
    assert heading
    assert unescape(title[1]) == "On ℓ_1 Bounds & the O(n log n) Sorting of <Spectra> - Commonplace"
    assert "<Spectra>" not in title[1]
    assert "<math>" in heading[0]


def test_the_picture_of_a_note_lies_where_the_note_shows_it(healthy: Path) -> None:
    html = (healthy / "papers/gates/index.html").read_text(encoding="utf-8")
    assert '<img src="../gates.png" alt="Two gates in a row, the second one closed">' in html
    assert (healthy / "papers/gates.png").read_bytes().startswith(b"\x89PNG")


def test_code_is_shown_as_it_was_written(healthy: Path) -> None:
    html = (healthy / "papers/gates/index.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", "", html))
    assert "In code, nothing is read: $x$ and [@ostby2017gates] and [[gates]]." in text
    assert 'price = "$5 and $6"  # [@nobody, §1] and [[nothing]]' in text
    assert "An indented block with $y$ and [@x] as well." in text


def test_two_builds_of_a_book_are_the_same_to_the_last_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SOURCE_DATE_EPOCH says the day that the list of pages for search engines bears."""
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    one, other = (files(site_of(bound(HEALTHY, tmp_path / name))) for name in ("one", "other"))
    assert one == other
    assert b"https://example.org/book/papers/gates/" in one["sitemap.xml"]


def test_mkdocs_with_the_plugin_builds_the_same_site_to_the_last_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    own = files(build(ran(loaded(bound(HEALTHY, tmp_path / "own")))).folder)
    settings = load_config(str(bound(HEALTHY, tmp_path / "mkdocs") / "mkdocs.yml"), strict=True)
    mkdocs_build(settings)
    theirs = files(Path(settings.site_dir))
    assert own.keys() == theirs.keys()
    assert [name for name, data in own.items() if data != theirs[name]] == []


def test_a_second_build_takes_the_place_of_the_first_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    root = bound(HEALTHY, tmp_path)
    site_of(root)
    (root / "notes/papers/wide.md").unlink()
    before = names(root)
    site = site_of(root)
    assert not (site / "papers/wide").exists()
    assert names(root) == before


def _broken_settings(root: Path) -> str:
    (root / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    return "error parsing the configuration file"


def _wrong_settings(root: Path) -> str:
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        settings.replace("docs_dir: notes", "docs_dir: nowhere"), encoding="utf-8"
    )
    return "Config value 'docs_dir'"


def _no_settings(root: Path) -> str:
    (root / "mkdocs.yml").unlink()
    return "mkdocs.yml' does not exist"


def _failing_plugin(root: Path) -> str:
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}\nhooks: [hook.py]\n", encoding="utf-8")
    hook = "def on_post_build(config):\n    raise RuntimeError('the hook gave up')\n"
    (root / "hook.py").write_text(hook, encoding="utf-8")
    return "the hook gave up"


@pytest.mark.parametrize("fault", [_broken_settings, _wrong_settings, _no_settings, _failing_plugin])
def test_a_build_that_fails_says_why_and_leaves_the_last_good_site(
    tmp_path: Path, healthy: Path, fault: Callable[[Path], str]
) -> None:
    root = bound(HEALTHY, tmp_path)
    (root / "site").mkdir()
    (root / "site/index.html").write_text("the last good one", encoding="utf-8")
    reason = fault(root)
    before = names(root)
    with pytest.raises(SiteError) as raised:
        site_of(root)
    assert str(raised.value).startswith("the site was not built:\n  ")
    assert reason in str(raised.value)
    assert files(root / "site") == {"index.html": b"the last good one"}
    assert names(root) - {"__pycache__", ".cache"} == before


def test_only_pictures_are_published_from_beside_the_notes_and_none_of_the_themes_files_is_replaced(
    tmp_path: Path, healthy: Path
) -> None:
    root = bound(HEALTHY, tmp_path)
    for name in ("evil.html", "picture.svg", "assets/works.js", "assets/commonplace.css", "papers/loose.py"):
        (root / "notes" / name).parent.mkdir(exist_ok=True)
        (root / "notes" / name).write_text("not the theme's", encoding="utf-8")
    assert {name: data for name, data in files(site_of(root)).items() if b"not the theme's" in data} == {}
    assert files(root / "site").keys() == files(healthy).keys()


def test_exported_headings_have_their_anchors_and_blocks_their_classes_in_other_engines() -> None:
    page = pages_of(loaded(HEALTHY))["papers/gates.md"]
    html = markdown.markdown(page.body, extensions=["attr_list", "md_in_html", "tables", "fenced_code"])
    assert '<h2 id="method">Method</h2>' in html
    assert re.search('<h1 class="title">Gates: A Study</h1>', html)
    assert re.search(r'<div class="byline">\s*<p>Åse Østby', html)
    assert '<a class="cite" href="bounds.md"' in html


def test_an_export_holds_every_page_as_it_is_rendered(tmp_path: Path) -> None:
    library = loaded(HEALTHY)
    assert export(library, tmp_path / "export") == len(pages_of(library))
    texts = {path: page.text().encode() for path, page in pages_of(library).items()}
    assert files(tmp_path / "export") == texts


def test_a_preview_shows_a_note_and_what_is_changed_in_it(tmp_path: Path) -> None:
    book = bound(HEALTHY, tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "commonplace", "serve", "--root", str(book), "--address", address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as preview:  # noqa: S603 - this program
        try:
            _until_shown(f"http://{address}/papers/gates/", "Gates")
            note = book / "notes" / "papers" / "gates.md"
            note.write_text(f"{note.read_text()}\nA sentence added while it was shown.\n")
            _until_shown(f"http://{address}/papers/gates/", "added while it was shown")
        finally:
            preview.terminate()


def _until_shown(url: str, words: str) -> None:
    """Looks until the page holds the words; a minute without them is a failure."""
    for _ in range(600):
        try:
            with urlopen(url, timeout=5) as reply:  # noqa: S310 - an address of loopback
                if words in reply.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{url} never showed '{words}'")


def test_a_preview_whose_address_is_taken_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SiteError, match="name another with --address"):
            serve(bound(HEALTHY, tmp_path), f"127.0.0.1:{taken.getsockname()[1]}")


def test_a_preview_without_settings_of_the_site_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    with pytest.raises(SiteError, match="does not exist"):
        serve(tmp_path, "127.0.0.1:0")
