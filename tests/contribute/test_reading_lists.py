"""`commonplace import`: what becomes of reading lists as people write them.

Each list under lists/ has beside it what is said of it, line by line; REWRITE_GOLDEN=1 writes that anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from answering import ADAM, TODAY, Registries, no_such
from test_new_works import files, run

from commonplace.contribute.bib_list import read_bib
from commonplace.contribute.importing import Import, import_works
from commonplace.contribute.reading_list import read_list
from commonplace.library import Library
from commonplace.model import Source
from commonplace.report.contributions import imported
from sample_books import written

LISTS = Path(__file__).parent / "lists"
NAMES = sorted(path.name for path in LISTS.iterdir() if path.suffix != ".expected")
TOPIC = {"notes/topics/optimization.md": "---\ntitle: Optimization\naliases: [Optimizers]\n---\nText.\n"}


def imported_into(root: Path, name: str) -> tuple[Library, Import]:
    library = written(root, TOPIC)
    text = (LISTS / name).read_text(encoding="utf-8")
    listed = read_bib(Source(name, text)) if name.endswith(".bib") else read_list(text, TODAY)
    return library, import_works(library, listed, None, TODAY)


@pytest.mark.parametrize("name", NAMES)
def test_of_each_line_it_is_said_what_became_of_it(tmp_path: Path, name: str) -> None:
    told = imported(imported_into(tmp_path, name)[1], name)
    golden = LISTS / f"{name}.expected"
    if "REWRITE_GOLDEN" in os.environ:
        golden.write_text(f"{told}\n", encoding="utf-8")
    assert f"{told}\n" == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_taken_is_in_the_library_and_a_second_import_adds_nothing(tmp_path: Path, name: str) -> None:
    _, result = imported_into(tmp_path, name)
    done = run(tmp_path, Registries(), "import", "--offline", str(LISTS / name))
    assert done.exit_code == 0, done.output
    library = written(tmp_path, {})
    assert not library.diagnostics
    assert {draft.key for draft in result.drafts} == set(library.references)
    assert all(library.note_on(draft.key) for draft in result.drafts)
    before = files(tmp_path)
    again = run(tmp_path, Registries(), "import", "--offline", str(LISTS / name))
    assert "took 0" in again.output
    assert files(tmp_path) == before


def test_authors_are_as_the_list_writes_them(tmp_path: Path) -> None:
    run(written(tmp_path, TOPIC).root, Registries(), "import", "--offline", str(LISTS / "annotated.md"))
    references = written(tmp_path, {}).references
    assert [str(a) for a in references["kingma2014adam"].authors] == ["D.P. Kingma", "others"]
    assert [str(a) for a in references["loshchilov2017decoupled"].authors] == ["I. Loshchilov", "F. Hutter"]


def test_the_heading_that_calls_a_topic_files_the_stub_there(tmp_path: Path) -> None:
    run(written(tmp_path, TOPIC).root, Registries(), "import", "--offline", str(LISTS / "annotated.md"))
    library = written(tmp_path, {})
    filed = {note.slug: note.front.topics for note in library.works}
    assert filed["adam"] == ("optimization",)
    assert filed["batch-normalization"] == ()


def test_an_entry_of_a_bib_file_keeps_its_fields_and_key(tmp_path: Path) -> None:
    run(written(tmp_path, TOPIC).root, Registries(), "import", "--offline", str(LISTS / "entries.bib"))
    reference = written(tmp_path, {}).references["krizhevsky2012"]
    assert reference.fields["annote"] == "kept as it is"
    assert reference.fields["booktitle"] == "Advances in Neural Information Processing Systems"


def test_a_broken_entry_is_named_and_costs_the_list_no_other(tmp_path: Path) -> None:
    broken = "@misc{broken, title = {No end\n\n@misc{whole, title = {A Whole Entry of Its Own}}\n"
    result = import_works(written(tmp_path, TOPIC), read_bib(Source("list.bib", broken)), None, TODAY)
    assert [(p.line, str(p.fate)) for p in result.placings] == [(1, "could not place"), (3, "took")]


def test_a_key_that_another_work_has_is_not_taken_over(tmp_path: Path) -> None:
    other = "@misc{krizhevsky2012, title = {Another Work Altogether}}\n"
    written(tmp_path, {"refs.bib": other, "notes/index.md": "Text.\n"})
    run(tmp_path, Registries(), "import", "--offline", str(LISTS / "entries.bib"))
    references = written(tmp_path, {}).references
    assert references["krizhevsky2012"].title == "Another Work Altogether"
    assert references["krizhevsky2012imagenet"].year == 2012


LIST = "- [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980)\n"


def test_a_registry_knows_better_than_the_list(tmp_path: Path) -> None:
    registries = Registries(ADAM)
    library = written(tmp_path, TOPIC)
    result = import_works(library, read_list("- https://arxiv.org/abs/1412.6980\n", TODAY), registries, TODAY)
    (draft,) = result.drafts
    assert (draft.key, draft.missing, result.unanswered) == ("kingma2014adam", (), ())
    assert registries.asked == [("arXiv:1412.6980",)]


def test_registries_are_asked_once_for_all_that_the_library_lacks(tmp_path: Path) -> None:
    known = "@misc{other, title = {Known}, eprint = {1512.03385}}\n"
    library = written(tmp_path, {"refs.bib": known})
    lines = "".join(
        f"- https://arxiv.org/abs/{i}\n" for i in ("1512.03385", "1412.6980", "1607.06450", "1412.6980")
    )
    registries = Registries(ADAM)
    result = import_works(library, read_list(lines, TODAY), registries, TODAY)
    assert registries.asked == [("arXiv:1412.6980", "arXiv:1607.06450")]
    assert result.unanswered == ("arXiv:1607.06450",)


def test_an_address_that_leads_to_another_paper_is_not_taken(tmp_path: Path) -> None:
    wrong = "- [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1412.6980)\n"
    result = import_works(written(tmp_path, TOPIC), read_list(wrong, TODAY), Registries(ADAM), TODAY)
    (placing,) = result.placings
    assert not result.drafts
    assert placing.remark == "arXiv:1412.6980 is 'Adam: A Method for Stochastic Optimization'"


def test_a_work_that_its_registry_does_not_know_is_not_taken(tmp_path: Path) -> None:
    registries = Registries(no_such("arXiv:1412.6980"))
    result = import_works(written(tmp_path, TOPIC), read_list(LIST, TODAY), registries, TODAY)
    (placing,) = result.placings
    assert not result.drafts
    assert placing.remark == "arxiv knows no arXiv:1412.6980"


def test_without_the_web_the_list_is_taken_at_its_word(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text(LIST)
    written(tmp_path, TOPIC)
    done = run(tmp_path, Registries(), "import", str(tmp_path / "list.md"))
    assert done.exit_code == 3
    assert "no registry could be asked about 1 work" in done.output
    assert "adam2014method" in written(tmp_path, {}).references


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    mine = {
        "refs.bib": "@misc{mine, title = {Adam: A Method for Stochastic Optimization}, year = {1999}}\n",
        "notes/papers/adam.md": "---\nref: mine\n---\nMy own words.\n",
        "list.md": LIST,
    }
    written(tmp_path, mine)
    run(tmp_path, Registries(ADAM), "import", str(tmp_path / "list.md"))
    assert files(tmp_path) == mine


def test_an_entry_without_a_note_gets_a_stub(tmp_path: Path) -> None:
    entry = "@misc{mine, title = {Adam: A Method for Stochastic Optimization}, year = {1999}}\n"
    written(tmp_path, {"refs.bib": entry, "list.md": LIST})
    done = run(tmp_path, Registries(), "import", "--offline", str(tmp_path / "list.md"))
    assert "with refs.bib:1, which now has notes/papers/adam.md" in done.output
    assert written(tmp_path, {}).note_on("mine")
    assert (tmp_path / "refs.bib").read_text() == entry


def test_a_name_alone_is_placed_where_the_library_has_a_note_of_that_name(tmp_path: Path) -> None:
    entry = "@misc{li2021prefix, title = {Prefix-Tuning: Optimizing Continuous Prompts for Generation}}\n"
    note = "---\nref: li2021prefix\nname: prefix tuning\n---\nText.\n"
    library = written(tmp_path, {"refs.bib": entry, "notes/papers/prefix-tuning.md": note})
    lines = "## Methods\n### PrefixTuning\nprepends vectors\n### Unheard\nof\n"
    placings = import_works(library, read_list(lines, TODAY), None, TODAY).placings
    assert [(p.line, str(p.fate)) for p in placings] == [(2, "merged"), (4, "could not place")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "no work here\n", "```\nhttps://arxiv.org/abs/1412.6980\n```\n"]
)
def test_a_list_without_works_adds_none(tmp_path: Path, text: str) -> None:
    result = import_works(written(tmp_path, TOPIC), read_list(text, TODAY), None, TODAY)
    assert result == Import((), (), ())


def test_what_would_move_the_cursor_is_shown_as_its_number(tmp_path: Path) -> None:
    lines = "- [A \x1b Title of \u202e Works](https://example.org/x)\n- [Moved \x1b](to.md)\n"
    (tmp_path / "list.md").write_text(lines)
    written(tmp_path, TOPIC)
    done = run(tmp_path, Registries(), "import", "--offline", str(tmp_path / "list.md"))
    assert not {"\x1b", "\u202e"} & set(done.output)
    assert r"Moved \x1b" in done.output
    assert not {"\x1b", "\u202e"} & set((tmp_path / "refs.bib").read_text())
