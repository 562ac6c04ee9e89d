"""What is written of a work reads back as what was known of it."""

from __future__ import annotations

import pytest
from answering import TODAY
from hypothesis import given
from hypothesis import strategies as st

from commonplace.bibliography import parse_bibliography
from commonplace.contribute.entry import new_entry
from commonplace.contribute.list_authors import listed_authors
from commonplace.contribute.list_titles import clean, from_address, reads_like_title
from commonplace.contribute.naming import new_key, new_slug, work_name
from commonplace.contribute.note_template import stub
from commonplace.contribute.one_line import one_line
from commonplace.contribute.work import Work, addressed
from commonplace.fmt.canonical_bibtex import canonical_bibtex
from commonplace.front_matter import read_front_matter
from commonplace.model import Author, Kind, Reference, Source

WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), codec="utf-8"), min_size=1).map(
    lambda text: " ".join(text.replace("$", "").split())
)


def read_back(entry: str) -> Reference:
    bibliography = parse_bibliography(Source("refs.bib", entry))
    assert not bibliography.diagnostics
    (reference,) = bibliography.references.values()
    return reference


@given(WORDS.filter(bool))
def test_a_title_of_any_signs_reads_back_as_it_was(title: str) -> None:
    entry = new_entry("key", Work(title=title))
    assert canonical_bibtex(f"{entry}\n") == f"{entry}\n"
    assert _plain(read_back(entry).title) == _plain(title)


@given(st.text(st.sampled_from('a $\\{}%&"@,=~^_#-')), st.text(st.sampled_from('ab:/.{}\\" %#?=&')))
def test_no_text_breaks_out_of_its_field(text: str, address: str) -> None:
    work = Work(
        title=text or "a", authors=(Author(text, text),), doi=f"10.1/{address}", url=f"http://{address}"
    )
    reference = read_back(new_entry("key", work))
    assert reference.key == "key"
    assert set(reference.fields) <= {"title", "doi", "url"}


@given(st.text())
def test_front_matter_reads_back_as_it_was_said(name: str) -> None:
    text = stub("key", {"name": name}, TODAY)
    front, _, faults = read_front_matter(Source("notes/papers/x.md", text), Kind.WORK)
    assert not faults
    assert (front.ref, front.name, front.added) == ("key", one_line(name), TODAY)


def _plain(title: str) -> str:
    """Without what BibTeX does not tell apart: spaces, the lengths of dashes, two signs for a circumflex."""
    return "".join(title.replace("---", "—").replace("--", "–").replace("ˆ", "^").split())


@pytest.mark.parametrize(
    ("work", "kind"),
    [
        (addressed("2106.09685"), "misc"),
        (Work(doi="10.1000/1", venue="Nature"), "article"),
        (Work(doi="10.1000/1", venue="Proceedings of the 58th Annual Meeting"), "inproceedings"),
        (Work(url="https://www.youtube.com/watch?v=1"), "video"),
        (Work(url="https://github.com/a/b"), "software"),
        (Work(url="https://example.org/post"), "online"),
        (Work(), "misc"),
    ],
)
def test_the_kind_of_an_entry_follows_from_what_is_known(work: Work, kind: str) -> None:
    assert read_back(new_entry("key", work)).type == kind


@pytest.mark.parametrize(
    ("authors", "title", "year", "key"),
    [
        (("Hu",), "LoRA: Low-Rank Adaptation", 2021, "hu2021lora"),
        (("Sohl-Dickstein",), "Deep Unsupervised Learning", 2015, "sohldickstein2015deep"),
        (("Dettmers",), "The case for 4-bit precision", 2022, "dettmers2022case"),
        (("Dosovitskiy",), "An Image is Worth 16x16 Words", 2020, "dosovitskiy2020image"),
        (("Veličković",), "P-Tuning v2: Prompt Tuning", 2021, "velickovic2021ptuning"),
        (("Løvås",), "2 OLMo 2 Furious", 2024, "lovas2024olmo"),
        ((), "Attention Is All You Need", 2017, "attention2017all"),
        ((), "Mistral 7B", None, "mistral"),
        (("王",), "注意", None, "work"),
    ],
)
def test_keys_are_family_year_and_word_in_ascii(
    authors: tuple[str, ...], title: str, year: int | None, key: str
) -> None:
    assert new_key(Work(title, tuple(map(Author, authors)), year), ()) == key


@pytest.mark.parametrize(
    ("title", "name", "slug"),
    [
        ("LoRA: Low-Rank Adaptation of Large Language Models", "LoRA", "lora"),
        ("Llama 2: Open Foundation and Fine-Tuned Chat Models", "Llama 2", "llama-2"),
        ("Attention Is All You Need", "", "attention-is-all-you-need"),
        ("An Image is Worth 16x16 Words: Transformers", "", "image-is-worth-16x16-words"),
        ("Éléments d’une théorie – Notes", "Éléments d’une théorie", "elements-d-une-theorie"),
        ("注意", "", "work"),
    ],
)
def test_names_and_slugs_come_from_the_title(title: str, name: str, slug: str) -> None:
    assert work_name(title) == name
    assert new_slug(Work(title), ()) == slug
    assert new_slug(Work(title), {slug}) == f"{slug}-2"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Hu, E.J. et al", ["E.J. Hu", "others"]),
        ("Dettmers, T., Pagnoni, A., & Zettlemoyer, L.", ["T. Dettmers", "A. Pagnoni", "L. Zettlemoyer"]),
        (
            "Tim Dettmers, Artidoro Pagnoni and Luke Zettlemoyer",
            ["Tim Dettmers", "Artidoro Pagnoni", "Luke Zettlemoyer"],
        ),
        ("Vaswani et al.", ["Vaswani", "others"]),
        ("Aaron van den Oord & Sander Dieleman.", ["Aaron van den Oord", "Sander Dieleman"]),
        ("OpenAI", ["OpenAI"]),
        ("Paper 3: the original", []),
        ("see also", []),
        ("", []),
    ],
)
def test_authors_are_read_as_lists_write_them(written: str, names: list[str]) -> None:
    assert [str(author) for author in listed_authors(written)] == names


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("Transformers without Normalization", True),
        ("Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks", True),
        ("Retrieval-Augmented Generation (RAG)", False),
        ("Key takeaways", False),
        ("Compare With LLaMA Models,", False),
        ("It finetunes LLaMA on conversation data from ShareGPT.com", False),
        ("Split Images Into Patches -> Tokens", False),
        ("Apply SVD to (W-Q)", False),
    ],
)
def test_titles_are_told_from_other_words(line: str, is_title: bool) -> None:
    assert reads_like_title(line) is is_title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (
            "AN IMAGE IS WORTH 16X16 WORDS: TRANSFORMERS AT SCALE",
            "An Image Is Worth 16x16 Words: Transformers at Scale",
        ),
        ("**BERT**: Pre-training of _Deep_ Transformers.", "BERT: Pre-training of Deep Transformers"),
        ("“GPT Understands, Too”", "GPT Understands, Too"),
        ("Low-Rank Adaptation (LoRA)", "Low-Rank Adaptation (LoRA)"),
    ],
)
def test_titles_are_written_as_titles(written: str, title: str) -> None:
    assert clean(written) == title


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/p/extract-knowledge-from-text-502b2b1e0754", "Extract knowledge from text"),
        ("/blog/2023-03-30-vicuna/", ""),
        ("/2022/04/pathways-language-model-palm.html", "Pathways language model palm"),
        ("/", ""),
    ],
)
def test_an_address_may_spell_out_its_title(path: str, title: str) -> None:
    assert from_address(path) == title
