"""`commonplace new`: one work, its entry and its note, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from answering import ADAM, LEARNING, OORD, Registries, no_such
from click.testing import CliRunner, Result

from commonplace.cli_contribute import contribute_commands
from commonplace.command_line import Commands
from commonplace.fmt.canonical_bibtex import canonical_bibtex
from commonplace.fmt.canonical_front_matter import canonical_front_matter
from commonplace.library import Library
from sample_books import written

TOPIC = {"notes/topics/optimization.md": "---\ntitle: Optimization\n---\nText.\n"}
KEPT = """\
@misc{kept2020work,
  title         = {A Work That Is Kept},
  year          = {2020},
}
"""


def run(root: Path, registries: Registries, *arguments: str) -> Result:
    group = Commands(commands=list(contribute_commands(lambda library: registries)))
    return CliRunner().invoke(group, [arguments[0], "--root", str(root), *arguments[1:]])


def files(root: Path) -> dict[str, str]:
    return {p.relative_to(root).as_posix(): p.read_text() for p in root.rglob("*") if p.is_file()}


def after(root: Path) -> Library:
    return written(root, {})


def test_an_arxiv_id_becomes_an_entry_and_a_note(tmp_path: Path) -> None:
    written(tmp_path, {**TOPIC, "refs.bib": KEPT})
    done = run(tmp_path, Registries(ADAM), "new", "1412.6980", "--topic", "optimization")
    assert done.exit_code == 0, done.output
    library = after(tmp_path)
    reference = library.references["kingma2014adam"]
    assert reference.title == "Adam: A Method for Stochastic Optimization"
    assert [str(author) for author in reference.authors] == ["Diederik P. Kingma", "Jimmy Ba"]
    assert (reference.year, reference.fields["eprint"]) == (2014, "1412.6980")
    note = library.note_on("kingma2014adam")
    assert note
    assert (note.path, note.front.name, note.front.topics) == (
        "notes/papers/adam.md",
        "Adam",
        ("optimization",),
    )
    assert library.is_stub(note)
    assert note.front.read == 9
    assert not library.diagnostics
    assert not note.markup.claims


@pytest.mark.parametrize(
    "written_as",
    [
        "arXiv:1412.6980",
        "https://arxiv.org/abs/1412.6980v9",
        "http://www.arxiv.org/pdf/1412.6980.pdf",
        "https://huggingface.co/papers/1412.6980",
        "10.48550/arXiv.1412.6980",
        "https://doi.org/10.48550/arXiv.1412.6980",
    ],
)
def test_every_form_of_an_arxiv_id_is_the_same_work(tmp_path: Path, written_as: str) -> None:
    written(tmp_path, TOPIC)
    registries = Registries(ADAM)
    run(tmp_path, registries, "new", written_as)
    assert registries.asked == [("arXiv:1412.6980",)]
    assert "kingma2014adam" in after(tmp_path).references


def test_the_version_that_was_named_is_the_one_that_was_read(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    run(tmp_path, Registries(ADAM), "new", "1412.6980v3")
    note = after(tmp_path).note_on("kingma2014adam")
    assert note
    assert note.front.read == 3


def test_a_doi_becomes_the_entry_of_an_article(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    done = run(tmp_path, Registries(LEARNING), "new", "https://doi.org/10.1038/NATURE14539")
    assert done.exit_code == 0, done.output
    reference = after(tmp_path).references["lecun2015deep"]
    assert (reference.type, reference.fields["journal"]) == ("article", "Nature")
    assert reference.title == "Deep learning & more"
    assert reference.fields["doi"] == "10.1038/nature14539"


def test_names_and_titles_of_registries_are_written_as_bibtex_means_them(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    run(tmp_path, Registries(OORD), "new", "1609.03499")
    reference = after(tmp_path).references["vandenoord2016wavenet"]
    assert reference.title == r"WaveNet: A Generative Model for Raw Audio & 100% of $\ell_1$"
    assert [(author.family, author.given) for author in reference.authors] == [
        ("van den Oord", "Aaron"),
        ("Dieleman", "Sander"),
        ("El Shafey", "Laurent"),
        ("DeepMind", ""),
        ("The Audio Team", ""),
    ]
    assert "title         = {{WaveNet}: A Generative Model" in reference.bibtex


def test_what_is_written_is_in_canonical_form(tmp_path: Path) -> None:
    written(tmp_path, {**TOPIC, "refs.bib": KEPT})
    run(tmp_path, Registries(ADAM, OORD), "new", "1412.6980")
    run(tmp_path, Registries(ADAM, OORD), "new", "1609.03499")
    registry = (tmp_path / "refs.bib").read_text()
    note = (tmp_path / "notes/papers/wavenet.md").read_text()
    assert canonical_bibtex(registry) == registry
    assert list(after(tmp_path).references) == ["kept2020work", "kingma2014adam", "vandenoord2016wavenet"]
    assert canonical_front_matter(note) == note


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_registry_in_another_form_keeps_it_and_its_line_ends(tmp_path: Path, line_end: str) -> None:
    written(tmp_path, TOPIC)
    own = "@misc{zeta, title={Zeta of All}}\n% a word\n@misc{alpha,\n title={Alpha of All}}\n".replace(
        "\n", line_end
    )
    (tmp_path / "refs.bib").write_bytes(own.encode())
    run(tmp_path, Registries(ADAM), "new", "1412.6980")
    registry = (tmp_path / "refs.bib").read_bytes().decode()
    assert registry.startswith(own)
    assert registry.count(line_end) == registry.count("\n")
    assert "kingma2014adam" in after(tmp_path).references


@pytest.mark.parametrize("again", ["1412.6980v2", "doi:10.48550/arXiv.1412.6980"])
def test_a_work_that_is_there_is_not_opened_again(tmp_path: Path, again: str) -> None:
    written(tmp_path, TOPIC)
    registries = Registries(ADAM)
    run(tmp_path, registries, "new", "1412.6980")
    before = files(tmp_path)
    done = run(tmp_path, registries, "new", again)
    assert done.exit_code == 0
    assert "is there already: refs.bib:1 and notes/papers/adam.md" in done.output
    assert files(tmp_path) == before
    assert len(registries.asked) == 1


def test_a_work_is_known_by_its_title_where_its_entry_has_no_identifier(tmp_path: Path) -> None:
    entry = "@article{adam, title = {{ADAM}: a method for stochastic optimization}, year = {2015}}\n"
    note = "---\nref: adam\n---\nText.\n"
    written(tmp_path, {"refs.bib": entry, "notes/papers/adam-optimizer.md": note})
    before = files(tmp_path)
    done = run(tmp_path, Registries(ADAM), "new", "1412.6980")
    assert "refs.bib:1 and notes/papers/adam-optimizer.md" in done.output
    assert files(tmp_path) == before


def test_an_entry_without_a_note_gets_one_and_stays_as_it_is(tmp_path: Path) -> None:
    entry = "@article{adam2014, title={Adam: A Method for Stochastic Optimization}, eprint={1412.6980}}\n"
    written(tmp_path, {**TOPIC, "refs.bib": entry})
    registries = Registries(ADAM)
    done = run(tmp_path, registries, "new", "1412.6980")
    assert done.exit_code == 0
    assert (tmp_path / "refs.bib").read_text() == entry
    assert after(tmp_path).note_on("adam2014")
    assert not registries.asked


def test_keys_and_slugs_are_unlike_all_others(tmp_path: Path) -> None:
    broken = "@misc{kingma2014adam2, title = {No end\n"
    taken = "@misc{kingma2014adam, title = {Another Work of the Same Year}}\n\n"
    note = "---\ntitle: Adam\n---\nA topic.\n"
    written(tmp_path, {"refs.bib": taken + broken, "notes/topics/adam.md": note})
    run(tmp_path, Registries(ADAM), "new", "1412.6980")
    registry = (tmp_path / "refs.bib").read_text()
    assert "{kingma2014adam3," in registry
    assert (tmp_path / "notes/papers/adam-2.md").is_file()


def test_without_an_answer_what_is_known_is_written_and_the_rest_left_out(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    done = run(tmp_path, Registries(), "new", "1412.6980")
    assert done.exit_code == 3
    assert "no registry could be asked about 1412.6980" in done.output
    assert "left out, because nobody said it: title, authors" in done.output
    (reference,) = after(tmp_path).references.values()
    assert reference.fields == {
        "year": "2014",
        "eprint": "1412.6980",
        "archiveprefix": "arXiv",
        "url": "https://arxiv.org/abs/1412.6980",
    }
    assert after(tmp_path).note_on(reference.key)


def test_offline_nobody_is_asked(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    registries = Registries(ADAM)
    done = run(tmp_path, registries, "new", "--offline", "Adam: A Method for 7B Models")
    assert done.exit_code == 0
    assert not registries.asked
    (reference,) = after(tmp_path).references.values()
    assert (reference.key, reference.title) == ("adammethod", "Adam: A Method for 7B Models")
    assert "left out, because nobody said it: authors, year" in done.output


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("2106.0968", "an id of 2021 has 5 digits after the point"),
        ("https://arxiv.org/abs/2113.00001", "there is no month 13"),
        ("9912.00001", "is yet to come"),
        ("1412.6981", "arxiv knows no arXiv:1412.6981"),
        ("A Title Alone", "add --offline to begin with the title"),
        ("https://example.org/", "nothing says what is at https://example.org/"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_written(tmp_path: Path, wish: str, said: str) -> None:
    written(tmp_path, {**TOPIC, "refs.bib": KEPT})
    before = files(tmp_path)
    done = run(tmp_path, Registries(no_such("arXiv:1412.6981")), "new", wish)
    assert done.exit_code == 2
    assert said in done.output
    assert files(tmp_path) == before


def test_a_slug_that_another_note_has_is_refused(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    before = files(tmp_path)
    done = run(tmp_path, Registries(ADAM), "new", "1412.6980", "--slug", "optimization")
    assert done.exit_code == 2
    assert "'optimization' is the slug of another note" in done.output
    assert files(tmp_path) == before


@pytest.mark.parametrize("slug", ["../escape", "a/b", ".hidden", "Ä", ""])
def test_a_slug_is_a_name_of_a_file(tmp_path: Path, slug: str) -> None:
    written(tmp_path, TOPIC)
    done = run(tmp_path, Registries(ADAM), "new", "1412.6980", "--slug", slug)
    assert done.exit_code == (2 if slug else 0)
    assert [p for p in files(tmp_path) if p not in TOPIC] == (
        [] if slug else ["refs.bib", "notes/papers/adam.md"]
    )


def test_a_withdrawn_work_and_where_it_was_published_are_told(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    done = run(tmp_path, Registries(replace(ADAM, withdrawn=True)), "new", "1412.6980")
    assert "it was withdrawn" in done.output
    assert "where it was published: ICLR 2015" in done.output


def test_a_registry_that_is_no_text_is_left_alone(tmp_path: Path) -> None:
    written(tmp_path, TOPIC)
    (tmp_path / "refs.bib").write_bytes(b"\xff\xfe")
    done = run(tmp_path, Registries(ADAM), "new", "1412.6980")
    assert done.exit_code == 2
    assert "refs.bib: not UTF-8 text" in done.output
    assert (tmp_path / "refs.bib").read_bytes() == b"\xff\xfe"
    assert not (tmp_path / "notes/papers").exists()
