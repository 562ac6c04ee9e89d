"""What can be mended without thinking is mended, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from small_library import LORA, NOW, library, lora

from commonplace.answers import Answer
from commonplace.bibliography import REGISTRY
from commonplace.files import read_text
from commonplace.fmt.rewriting import Rewriting
from commonplace.link_history import History
from commonplace.model import Source
from commonplace.registry.addresses import collect
from commonplace.registry.findings import Known
from commonplace.registry.fixes import Edit, edited, fixes, rewritings
from commonplace.verdicts import Outcome, Verdict

OLD, NEW = "http://a.org/b", "https://a.org/c"
MOVED = Outcome(OLD, Verdict.MOVED, "301", NOW, NEW)


def fixed(
    root: Path, files: dict[str, str], answers: Iterable[Answer] = (), outcomes: Iterable[Outcome] = ()
) -> dict[str, Rewriting]:
    """The rewritings of the library's files, by path."""
    read = library(root, files)
    known = Known({answer.identifier: answer for answer in answers}, History().after(outcomes))
    sources = {note.path: note.source for note in read.notes}
    for path in (REGISTRY, "mkdocs.yml"):
        source = read_text(root, path)
        if isinstance(source, Source):
            sources[path] = source
    addresses = collect(read, sources.get("mkdocs.yml"))
    return {each.name: each for each in rewritings(root, fixes(read, addresses, known, sources))}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"[a]({OLD})", f"[a]({NEW})"),
        (f"[a]({OLD}#part)", f"[a]({NEW}#part)"),
        (f"<{OLD}>, {OLD}.", f"<{NEW}>, {NEW}."),
        (f'<a href="{OLD}">{OLD}</a>', f'<a href="{NEW}">{NEW}</a>'),
        (f"[1]: {OLD}", f"[1]: {NEW}"),
        (f"`{OLD}` stays, [a]({OLD}) goes", f"`{OLD}` stays, [a]({NEW}) goes"),
    ],
)
def test_a_moved_page_is_linked_where_it_is_now(tmp_path: Path, before: str, after: str) -> None:
    assert (
        fixed(tmp_path, {"notes/a.md": f"{before}\n"}, outcomes=[MOVED])["notes/a.md"].after == f"{after}\n"
    )


def test_front_matter_the_registry_and_the_configuration_are_mended_too(tmp_path: Path) -> None:
    files = {
        "refs.bib": f"@online{{a,\n  title = {{T}},\n  url   = {{{OLD}}},\n  note  = {{See {OLD}}},\n}}\n",
        "notes/papers/a.md": f"---\nref: a\ncode: {OLD}\n---\n",
        "mkdocs.yml": f"repo_url: {OLD}\n",
    }
    changed = fixed(tmp_path, files, outcomes=[MOVED])
    assert {path: each.after for path, each in changed.items()} == {
        path: text.replace(OLD, NEW) for path, text in files.items()
    }


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.MOVED])
def test_only_a_permanent_move_is_followed(tmp_path: Path, verdict: Verdict) -> None:
    assert not fixed(tmp_path, {"notes/a.md": f"{OLD}\n"}, outcomes=[replace(MOVED, verdict=verdict)])


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "https://a.org/c) [evil](https://b.org",
        "https://a.org/c\nevil: true",
        "https://a.org/c>",
        "https://a.org/{c}",
        "https://a.org/'onclick='x",
        "https://a.org/c d",
        "//b.org/c",
        "",
    ],
)
def test_an_address_that_could_end_its_link_is_never_put_in(tmp_path: Path, target: str) -> None:
    assert not fixed(tmp_path, {"notes/a.md": f"[a]({OLD})\n"}, outcomes=[replace(MOVED, moved_to=target)])


def test_an_address_that_bibtex_would_read_otherwise_is_not_put_into_the_registry(tmp_path: Path) -> None:
    files = {"refs.bib": f"@online{{a,\n  title = {{T}},\n  url = {{{OLD}}},\n}}\n"}
    assert not fixed(tmp_path, files, outcomes=[replace(MOVED, moved_to="https://a.org/~me/a--b")])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://arxiv.org/abs/2106.09685v1", "https://arxiv.org/abs/2106.09685v1"),
        ("https://export.arxiv.org/pdf/2106.09685.pdf#page=3", "https://arxiv.org/pdf/2106.09685#page=3"),
        ("https://arxiv.org/abs/math.GT/0309136", "https://arxiv.org/abs/math/0309136"),
        ("http://dx.doi.org/10.1016/S0021%3C1", "https://doi.org/10.1016/S0021%3C1"),
    ],
)
def test_links_to_arxiv_and_dois_get_their_canonical_form(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, {"notes/a.md": f"[a]({before})\n"})["notes/a.md"].after == f"[a]({after})\n"


def test_a_missing_doi_comes_from_the_preprints_registry(tmp_path: Path) -> None:
    published = replace(lora(), doi="10.1000/lora")
    after = fixed(tmp_path, {"refs.bib": LORA}, [published])["refs.bib"].after
    assert after == LORA.replace("  eprint  ", "  doi           = {10.1000/lora},\n  eprint  ")


def test_missing_identifiers_come_from_the_entrys_own_link(tmp_path: Path) -> None:
    bare = "\n".join(line for line in LORA.split("\n") if "eprint" not in line and "archive" not in line)
    assert fixed(tmp_path, {"refs.bib": bare}, [lora()])["refs.bib"].diff() == (
        """--- a/refs.bib
+++ b/refs.bib
@@ -2,5 +2,7 @@
   author        = {Hu, Edward J. and Shen, Yelong},
   title         = {{LoRA}: Low-Rank Adaptation of Large Language Models},
   year          = {2021},
+  eprint        = {2106.09685},
+  archiveprefix = {arXiv},
   url           = {https://arxiv.org/abs/2106.09685},
 }
"""
    )


@pytest.mark.parametrize(
    "answer",
    [
        replace(lora(), doi="10.1000/lora", title="A Study of Sea Ice", authors=("Jane Roe",)),
        replace(lora(), doi="10.1000/lora", title="Adapters of Yelong", authors=("Yelong Shen",)),
        replace(lora(), doi="10.1000/lora} , evil = {x"),
        replace(lora(), doi="not a doi"),
    ],
)
def test_nothing_is_built_on_an_answer_that_is_not_sure(tmp_path: Path, answer: Answer) -> None:
    assert not fixed(tmp_path, {"refs.bib": LORA}, [answer])


def test_an_entry_that_names_everything_stays_as_it_is(tmp_path: Path) -> None:
    full = LORA.replace("  eprint ", "  doi = {10.1000/other},\n  eprint ")
    assert not fixed(tmp_path, {"refs.bib": full}, [replace(lora(), doi="10.1000/lora")])


def test_an_ignored_address_is_left_alone(tmp_path: Path) -> None:
    settings = '[tool.commonplace.links]\nignore = [{ pattern = "http://a.org/*", reason = "mine" }]\n'
    assert not fixed(tmp_path, {"pyproject.toml": settings, "notes/a.md": f"{OLD}\n"}, outcomes=[MOVED])


def test_a_mended_library_needs_no_more_mending(tmp_path: Path) -> None:
    files = {
        "refs.bib": LORA.replace("https://arxiv", "http://arxiv"),
        "notes/a.md": f"[a]({OLD}) http://arxiv.org/abs/2106.09685\n",
    }
    answers, outcomes = [replace(lora(), doi="10.1000/lora")], [MOVED]
    for each in fixed(tmp_path, files, answers, outcomes).values():
        each.write()
    again = {path: (tmp_path / path).read_text(encoding="utf-8") for path in files}
    assert again != files
    assert not fixed(tmp_path, again, answers, outcomes)


def test_line_ends_and_the_mark_of_the_byte_order_are_kept(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_bytes(f"\ufeffOne\r\n[a]({OLD})\r\n".encode())
    assert fixed(tmp_path, {}, outcomes=[MOVED])["notes/a.md"].after == f"\ufeffOne\r\n[a]({NEW})\r\n"


def test_of_two_edits_that_overlap_the_first_is_made() -> None:
    assert edited("abcdef", [Edit("a", 2, 5, "Y"), Edit("a", 1, 3, "X"), Edit("a", 0, 0, "_")]) == "_aXdef"
