"""The index in a site, made by the real Pagefind."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from commonplace.search import build_index
from sample_books import HEALTHY, loaded, written


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    build_index(loaded(HEALTHY), site)
    return site / "pagefind"


def fragments(folder: Path) -> dict[str, dict[str, object]]:
    """What the index shows of each page, by address."""
    texts = (gzip.decompress(path.read_bytes()) for path in (folder / "fragment").iterdir())
    shown = (json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts)
    return {fragment["url"]: fragment for fragment in shown}


def test_the_same_book_gives_the_same_files_to_the_last_byte(healthy: Path, tmp_path: Path) -> None:
    """Pagefind alone writes facets in another order each time; three builds would not agree by chance."""
    for name in ("second", "third"):
        build_index(loaded(HEALTHY), tmp_path / name)
        assert files(tmp_path / name / "pagefind") == files(healthy)


def test_only_what_the_browser_loads_is_in_the_site(healthy: Path) -> None:
    kinds = {
        name.split("/")[0] if "/" in name else re.sub(r"\.\w{8}\.", ".", name) for name in files(healthy)
    }
    assert kinds == {
        "filter",
        "fragment",
        "index",
        "pagefind.pf_meta",
        "pagefind.js",
        "pagefind-entry.json",
        "wasm.en.pagefind",
        "words.pack",
    }


def test_search_leads_to_the_pages_of_the_site(healthy: Path) -> None:
    addresses = set(fragments(healthy))
    assert {"/papers/gates/", "/topics/gating/"} <= addresses
    assert any(address.startswith("/bibliography/#") for address in addresses)


def test_every_facet_has_its_values(healthy: Path) -> None:
    shown = fragments(healthy)["/papers/gates/"]["filters"]
    assert isinstance(shown, dict)
    assert set(shown) == {"author", "kind", "topic", "year"}


def test_a_book_that_shrinks_leaves_nothing_of_its_old_index(tmp_path: Path) -> None:
    library = written(tmp_path, {"notes/topics/one.md": "---\ntitle: One\n---\nText.\n"})
    build_index(loaded(HEALTHY), tmp_path)
    build_index(library, tmp_path)
    assert list(fragments(tmp_path / "pagefind")) == ["/topics/one/"]


def test_an_empty_book_has_an_index_as_well(tmp_path: Path) -> None:
    build_index(written(tmp_path, {}), tmp_path)
    assert (tmp_path / "pagefind" / "pagefind.js").is_file()


def test_settings_of_the_surroundings_do_not_change_the_index(
    healthy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    build_index(loaded(HEALTHY), tmp_path)
    assert files(tmp_path / "pagefind") == files(healthy)
