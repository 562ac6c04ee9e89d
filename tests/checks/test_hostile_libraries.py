"""Files that no person writes: a check of them ends, and still sees the faults beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.checks import check
from sample_books import written

MEGABYTE = 1_000_000
DEEP = 20_000
BYTES = bytes(range(256)) * 40

TEXTS = {
    "empty": "",
    "blank": " \n\t\n" * DEEP,
    "NULs": "\0" * DEEP,
    "open brackets": "[" * MEGABYTE,
    "closed brackets": "[" * DEEP + "]" * DEEP,
    "links in links": "[" * DEEP + "](u)" * DEEP,
    "images in images": "![" * DEEP + "](u)" * DEEP,
    "open parentheses": "](" * DEEP + "((" * DEEP,
    "open wikilinks": "[[a|" * DEEP,
    "open citations": "[@a, b" * DEEP,
    "citations": "[@a; @b] " * DEEP,
    "dollar signs": "$" * DEEP,
    "open formulas": "$a " * DEEP + "$$\\frac{" * DEEP,
    "deep formula": "$$" + "{" * DEEP + "}" * DEEP + "$$",
    "open brackets in a formula": "$" + "(" * 60 + "$ $" + "\\bigl\\langle x" * 60 + "$",
    "open code": "`a" * DEEP + "``b" * DEEP,
    "open fences": "```x\n~~~~y\n" * DEEP,
    "open comments": "<!-- " * DEEP,
    "open tags": "<a b=\"c' " * DEEP,
    "quotes between tags": '="<a "' * DEEP,
    "tags": "<b>" * DEEP,
    "open autolinks": "<https://a" * DEEP,
    "open braces": "{: a=b " * DEEP,
    "deep quotation": "> " * DEEP + "[@a]",
    "deep list": "".join(f"{' ' * level}- [@a]\n" for level in range(0, 400, 2)),
    "indented code": "    [@a]\n\n" * DEEP,
    "long heading": "# " + "<# " * DEEP,
    "headings": "# a\n" * DEEP,
    "ruled headings": "a\n===\n" * DEEP,
    "long claim": "## Claims\n- " + "[@a] " * DEEP,
    "claims": "## Claims\n" + "- a [@a] {check=b}\n" * DEEP,
    "spaces": "](" + " " * MEGABYTE,
    "silences": "<!-- commonplace: allow x because" + " a" * DEEP,
    "odd line ends": "a\r\u2028\u0085\v\f" * DEEP,
    "surrogates of nothing": "\ufeff\u202e\u200b" * DEEP,
}

FRONTS = {
    "open lists": "a: " + "[" * DEEP,
    "deep lists": "a: " + "[" * DEEP + "]" * DEEP,
    "deep mappings": "a: " + "{b: " * DEEP + "}" * DEEP,
    "dashes": "a:\n  " + "- " * DEEP,
    "aliases of aliases": "a0: &a0 [x, x]\n"
    + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
    "an alias of itself": "a: &a [*a]",
    "items of all sorts": "topics: [" + "a, [b], {c: d}, " * DEEP + "]",
    "NULs": "ref: \0",
    "tags": "ref: !!python/object/apply:os.system [x]",
    "odd keys": "? [a, b]\n: c\n",
    "nothing": "",
    "long value": "status: " + "x" * DEEP,
    "two documents": "ref: a\n... \nref: b",
}

REGISTRIES = {
    "empty": "",
    "NULs": "\0" * DEEP,
    "open entries": "@misc{a" * DEEP,
    "open braces": "@misc{a, title = " + "{" * DEEP,
    "deep braces": "@misc{a, title = " + "{" * DEEP + "}" * DEEP + "}",
    "deep commands": "@misc{a, title = {" + "\\emph{" * DEEP + "}" * DEEP + "}}",
    "open environments": "@misc{a, title = {" + "\\begin{b}" * DEEP + "}}",
    "many fields": "@misc{a" + "".join(f", f{n} = {{b}}" for n in range(DEEP)) + "}",
    "one field often": "@misc{a" + ", f = {b}" * DEEP + "}",
    "authors": "@misc{a, author = {" + "a and " * DEEP + "}}",
    "at signs": "@" * DEEP,
    "dollar signs": "@misc{a, title = {" + "$" * DEEP + "}}",
    "no keys": "@misc{, title = {a}}\n" * 200,
    "a broken address": "@misc{a, url = {http://[}, doi = {http://[}, eprint = {http://[}}",
}

SETTINGS = {
    "deep": "a = " + "[" * DEEP,
    "no table": "tool = 3",
    "levels of all sorts": "[tool.commonplace.severity]\nno-claims = []\nx = {a = 1}\ny = 2020-01-01",
    "NULs": "\0",
}

BESIDE = {"notes/beside.md": "A fault beside it: [@nobody1900].\n"}


def rules_beside(root: Path, files: dict[str, str]) -> list[str]:
    """What is said of a small fault in a file beside the hostile ones."""
    faults = check(written(root, {**BESIDE, **files}))
    return [fault.rule for fault in faults if fault.location.path == "notes/beside.md"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_whatever_a_note_holds_the_check_goes_on(tmp_path: Path, text: str) -> None:
    assert rules_beside(tmp_path, {"notes/papers/hostile.md": text}) == ["unknown-citation"]


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_whatever_front_matter_holds_the_check_goes_on(tmp_path: Path, front: str) -> None:
    hostile = f"---\n{front}\n---\nIt is said [@nobody1900].\n"
    files = {"notes/papers/hostile.md": hostile, "notes/topics/hostile.md": hostile}
    assert rules_beside(tmp_path, files) == ["unknown-citation"]


@pytest.mark.parametrize("registry", REGISTRIES.values(), ids=REGISTRIES)
def test_whatever_the_registry_holds_the_check_goes_on(tmp_path: Path, registry: str) -> None:
    assert rules_beside(tmp_path, {"refs.bib": registry}) == ["unknown-citation"]


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_whatever_the_settings_hold_the_check_goes_on(tmp_path: Path, settings: str) -> None:
    assert rules_beside(tmp_path, {"pyproject.toml": settings}) == ["unknown-citation"]


def test_binary_files_are_reported_and_the_check_goes_on(tmp_path: Path) -> None:
    paths = ["notes/papers/hostile.md", "refs.bib", "pyproject.toml"]
    written(tmp_path, {**BESIDE, **dict.fromkeys(paths, "")})
    for path in paths:
        (tmp_path / path).write_bytes(BYTES)
    faults = check(written(tmp_path, BESIDE))
    unread = {fault.location.path for fault in faults if fault.rule == "unreadable-file"}
    assert unread == set(paths)
    assert "unknown-citation" in {fault.rule for fault in faults}


def test_folders_and_dead_links_in_place_of_files_are_no_obstacle(tmp_path: Path) -> None:
    for folder in ("refs.bib", "pyproject.toml", "notes/papers/folder.md"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "notes/papers/dead.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "notes/papers/round.md").symlink_to(tmp_path / "notes/papers/round.md")
    assert rules_beside(tmp_path, {}) == ["unknown-citation"]
