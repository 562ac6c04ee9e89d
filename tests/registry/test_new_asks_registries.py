"""`commonplace new` and `import` as people run them: the registries' own protocols, on loopback."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from servers.arxiv_server import ArxivServer, Paper
from servers.doi_server import DoiServer, Work
from small_library import library

from commonplace.cli_contribute import commands
from commonplace.command_line import Commands

LORA = Paper(
    "2106.09685",
    "LoRA: Low-Rank Adaptation of\n  Large Language Models & $\\ell_1$",
    ("Edward J. Hu", "Aaron van den Oord"),
    published="2021-06-17T17:37:18Z",
    versions=2,
    journal="ICLR 2022",
    doi="10.1234/lora",
)
LEARNING = Work("10.1038/nature14539", "Deep <i>learning</i>", (("Yann", "LeCun"), ("Yoshua", "Bengio")))


def run(root: Path, arxiv: str, doi: str, *arguments: str) -> Result:
    settings = f"""\
[tool.commonplace.links]
allow_private = true
arxiv_gap = 0.01
arxiv_api = "{arxiv}"
doi = "{doi}"
crossref = "{doi}"
datacite = "{doi}"
"""
    library(root, {"pyproject.toml": settings, "notes/index.md": "Text.\n"})
    group = Commands(commands=list(commands))
    return CliRunner().invoke(group, [arguments[0], "--root", str(root), *arguments[1:]])


def test_arxiv_says_whose_an_id_is(tmp_path: Path) -> None:
    with ArxivServer([LORA]) as arxiv:
        done = run(tmp_path, arxiv.api, "http://127.0.0.1:9", "new", "https://arxiv.org/pdf/2106.09685v1")
    assert done.exit_code == 0, done.output
    made = library(tmp_path, {})
    reference = made.references["hu2021lora"]
    assert reference.title == "LoRA: Low-Rank Adaptation of Large Language Models & $\\ell_1$"
    assert [author.family for author in reference.authors] == ["Hu", "van den Oord"]
    assert reference.fields["doi"] == "10.1234/lora"
    assert "where it was published: ICLR 2022" in done.output
    note = made.note_on("hu2021lora")
    assert note
    assert note.front.read == 1


def test_an_id_that_arxiv_does_not_know_adds_nothing(tmp_path: Path) -> None:
    with ArxivServer([LORA]) as arxiv:
        done = run(tmp_path, arxiv.api, "http://127.0.0.1:9", "new", "2106.00001")
    assert done.exit_code == 2
    assert "arxiv knows no arXiv:2106.00001" in done.output
    assert not (tmp_path / "refs.bib").exists()


def test_crossref_says_whose_a_doi_is(tmp_path: Path) -> None:
    with DoiServer([LEARNING]) as doi:
        done = run(tmp_path, "http://127.0.0.1:9", doi.url, "new", "10.1038/nature14539")
    assert done.exit_code == 0, done.output
    reference = library(tmp_path, {}).references["lecun2015deep"]
    assert (reference.title, reference.year) == ("Deep learning", 2015)


def test_a_list_is_asked_about_in_one_request(tmp_path: Path) -> None:
    lines = "".join(f"- https://arxiv.org/abs/{number}\n" for number in ("2106.09685", "1706.03762"))
    (tmp_path / "list.md").write_text(lines)
    with ArxivServer([LORA]) as arxiv:
        done = run(tmp_path, arxiv.api, "http://127.0.0.1:9", "import", str(tmp_path / "list.md"))
        assert done.exit_code == 0, done.output
        assert len(arxiv.batches) == 1
    assert list(library(tmp_path, {}).references) == ["hu2021lora", "vaswani2017attention"]


def test_a_registry_out_of_reach_leaves_what_the_id_itself_says(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    done = run(tmp_path, f"{nowhere}/api/query", nowhere, "new", "2106.09685")
    assert done.exit_code == 3
    (reference,) = library(tmp_path, {}).references.values()
    assert (reference.fields["eprint"], reference.year, reference.title) == ("2106.09685", 2021, "")
