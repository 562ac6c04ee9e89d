"""Whether an identifier belongs to the work that a library says it does."""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.answers import Answer, Version
from commonplace.claimed_title import TitleLike, title_like
from commonplace.identity import KnownWorks, Match, Work, judge
from commonplace.likeness import folded_title, is_beginning, likeness, same_person, title_words
from commonplace.model import Author, Location, Reference

NOBODY_ELSE = KnownWorks({}, {})
TRANSFORMER = "Attention Is All You Need"
VASWANI, SHAZEER = Author("Vaswani", "Ashish"), Author("Shazeer", "Noam")


def answer(title: str, *authors: str, year: int | None = 2017, registry: str = "arxiv") -> Answer:
    asked = dt.date(2026, 11, 21)
    return Answer("arXiv:1706.03762", registry, asked, exists=True, title=title, authors=authors, year=year)


def reference(key: str, title: str) -> Reference:
    return Reference(key, "misc", title, (), None, {}, "", Location("refs.bib"))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("Attention Is All You Need", "Attention is all you need"),
        ("{BERT}: Pre-training", "BERT: Pretraining"),
        ("Word2Vec Explained: deriving …", "word2vec explained - Deriving"),
        (r"$\beta$-VAE", "β-VAE"),
        (r"$\beta$-VAE", "beta-VAE"),
        ("Optimization in $O(n^2)$ Time", "Optimization in O(n²) time"),
        ('Schr\\"odinger Bridges', "Schrödinger bridges"),
        ("Schrödinger Bridges", "Schrodinger Bridges"),
        ("Search &amp; Rescue", "Search and Rescue"),
        ("Learning <i>in vivo</i>", "Learning in vivo"),
        ("Straße", "STRASSE"),
        ("0", "0"),
        ("注意力就是你所需要的", "注意力就是你所需要的"),
    ],
)
def test_titles_that_differ_only_in_writing_are_equal(here: str, there: str) -> None:
    assert judge(answer(there, "Someone Else"), Work(here), NOBODY_ELSE).match is Match.SAME


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("LoRA: Low-Rank Adaptation", "LoRA: Low-Rank Adaptation of Large Language Models"),
        ("Deep Double Descent: Where Bigger Models and More Data Hurt", "Deep Double Descent"),
        ("Pre-training of Deep Models", "Pretraining of Deep Models for Language"),
    ],
)
def test_a_beginning_of_three_words_or_more_names_the_work(here: str, there: str) -> None:
    assert judge(answer(there), Work(here), NOBODY_ELSE).match is Match.SAME


def test_a_beginning_of_two_words_names_nothing_by_itself() -> None:
    long = "Deep Learning for Electronic Health Records: A Review of Methods"
    assert (
        judge(answer(long, "Jane Roe"), Work("Deep Learning", (VASWANI,)), NOBODY_ELSE).match is Match.WRONG
    )
    assert not is_beginning("Attention is", "Attention is all you need")


def test_an_acronym_alone_is_enough_where_the_first_author_agrees() -> None:
    long = "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"
    work = Work("BERT", (Author("Devlin", "Jacob"),))
    assert judge(answer(long, "Jacob Devlin", "Ming-Wei Chang"), work, NOBODY_ELSE).match is Match.SAME
    assert judge(answer(long, "Ming-Wei Chang", "Jacob Devlin"), work, NOBODY_ELSE).match is Match.UNSURE


def test_another_title_by_nobody_who_is_named_here_is_another_work() -> None:
    found = judge(
        answer("Deep Residual Learning for Image Recognition", "Kaiming He"),
        Work(TRANSFORMER, (VASWANI, SHAZEER)),
        NOBODY_ELSE,
    )
    assert found.match is Match.WRONG


def test_another_title_with_a_shared_author_is_not_decided() -> None:
    found = judge(
        answer("Fast Transformer Decoding: One Write-Head is Enough", "Noam Shazeer"),
        Work(TRANSFORMER, (VASWANI, SHAZEER)),
        NOBODY_ELSE,
    )
    assert found.match is Match.UNSURE


def test_alike_titles_are_decided_by_the_first_author() -> None:
    ho, song = Author("Ho", "Jonathan"), Author("Song", "Jiaming")
    registered = answer("Denoising Diffusion Implicit Models", "Jiaming Song", "Stefano Ermon")
    title = "Denoising Diffusion Probabilistic Models"
    assert judge(registered, Work(title, (ho,)), NOBODY_ELSE).match is Match.UNSURE
    assert judge(registered, Work(title, (song,)), NOBODY_ELSE).match is Match.SAME


def test_a_work_renamed_between_versions_is_the_same() -> None:
    versions = (Version(1, None, "Forget the Loop"), Version(2, None))
    renamed = replace(answer("Parallel Scan Networks for Long Sequences", "Ada Moe"), versions=versions)
    assert judge(renamed, Work("Forget the loop!", (Author("Roe", "Jane"),)), NOBODY_ELSE).match is Match.SAME


def test_the_title_of_another_entry_is_another_work_however_alike() -> None:
    """`A Survey of X` begins `A Survey of X for Y`, yet the registry's answer is word for word the other."""
    known = KnownWorks(
        {
            each.key: each
            for each in (reference("a", "A Survey of Models"), reference("b", "A Survey of Models for Code"))
        },
        {},
    )
    found = judge(answer("A survey of models for code"), Work("A Survey of Models", key="a"), known)
    assert (found.match, found.closest) == (Match.WRONG, "'b' in refs.bib")


def test_the_closest_known_identifier_is_named() -> None:
    right = answer(TRANSFORMER, "Ashish Vaswani")
    wrong = replace(answer("A Study of Sea Ice", "Jane Roe"), identifier="arXiv:1706.03763")
    known = KnownWorks({}, {each.identifier: each for each in (right, wrong)})
    found = judge(wrong, Work("Attention Is All You Need.", (VASWANI,), 2017, "v"), known)
    assert (found.match, found.closest) == (Match.WRONG, "arXiv:1706.03762")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (Author("van den Oord", "Aäron"), "Aaron van den Oord"),
        (Author("Oord", "Aäron van den"), "Aäron van den Oord"),
        (Author("van den Oord", "A."), "Aaron Oord"),
        (Author("Hu", "Edward J."), "J. Edward Hu"),
        (Author("Hu", "E."), "Edward J. Hu"),
        (Author("Hu", "Edward"), "Hu Edward"),
        (Author("Lebrón", "Federico"), "Federico Lebron"),
        (Author("Allen-Zhu", "Zeyuan"), "Zeyuan Allen Zhu"),
        (Author("Müller", "Jörg"), "Joerg Mueller"),
        (Author("Łukasz", "Kaiser"), "Kaiser Łukasz"),
        (Author("Kaiser", "Łukasz"), "Lukasz Kaiser"),
        (Author("King Jr.", "Martin Luther"), "M. L. King"),
        (Author("Le", "Quoc V."), "Quoc Le"),
        (Author("El-Shafey", "Laurent"), "Laurent El Shafey"),
        (Author("OpenAI"), "OpenAI"),
        (Author("Gemini Team"), "Gemini Team Google"),
        (Author("DeepSeek-AI"), "DeepSeek AI"),
        (Author("Plato"), "Plato"),
    ],
)
def test_a_name_is_known_in_each_of_its_forms(author: Author, name: str) -> None:
    assert same_person(author, name)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (Author("Wang", "Phillip"), "Ben Wang"),
        (Author("Li", "Xiang"), "Nicoli Xiang"),
        (Author("Hu", "Edward"), "Yelong Shen"),
        (Author("OpenAI"), "Alec Radford"),
        (Author("Gemini Team"), "Team Rocket"),
        (Author(""), "Alec Radford"),
        (Author("Hu", "Edward"), ""),
    ],
)
def test_another_person_is_not_taken_for_the_author(author: Author, name: str) -> None:
    assert not same_person(author, name)


@pytest.mark.parametrize(
    ("registry", "registered", "year", "agrees"),
    [
        ("arxiv", 2017, 2017, True),
        ("arxiv", 2013, 2015, True),
        ("arxiv", 2024, 2023, True),
        ("arxiv", 2024, 2019, False),
        ("arxiv", 2010, 2019, False),
        ("crossref", 2022, 2023, True),
        ("crossref", 2024, 2023, True),
        ("crossref", 2019, 2023, False),
    ],
)
def test_a_year_may_differ_by_what_publishing_takes(
    registry: str, registered: int, year: int, *, agrees: bool
) -> None:
    registered_work = answer(TRANSFORMER, "Ashish Vaswani", year=registered, registry=registry)
    found = judge(registered_work, Work(TRANSFORMER, (VASWANI,), year), NOBODY_ELSE)
    assert (found.match, not found.differences) == (Match.SAME, agrees)


def test_corrupted_authors_of_the_right_title_are_named() -> None:
    found = judge(
        answer(TRANSFORMER, "Ashish Vaswani"), Work(TRANSFORMER, (Author("Roe", "Jane"),)), NOBODY_ELSE
    )
    assert found.match is Match.SAME
    assert found.differences == ("Jane Roe comes first here, Ashish Vaswani there",)


TITLES = st.text(alphabet=string.ascii_letters + " -:'éøß", min_size=1, max_size=60).filter(folded_title)


@given(TITLES)
def test_a_title_is_always_its_own(title: str) -> None:
    assert judge(answer(title), Work(title.upper()), NOBODY_ELSE).match is Match.SAME


@given(TITLES, st.sampled_from([":", " ", "-", ", ", "\u2009"]))
def test_punctuation_between_words_changes_nothing(title: str, sign: str) -> None:
    assert folded_title(sign.join(title_words(title))) == folded_title(title)


@given(TITLES, TITLES)
def test_likeness_goes_both_ways_and_is_a_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(TITLES, TITLES)
def test_the_decision_needs_no_side(here: str, there: str) -> None:
    """With titles alone, it does not matter which of the two is the registry's."""
    one, other = (judge(answer(a), Work(b), NOBODY_ELSE).match for a, b in ((here, there), (there, here)))
    assert one is other


@given(st.text(max_size=80))
def test_whatever_a_registry_sends_can_be_compared(title: str) -> None:
    assert likeness(title, TRANSFORMER) <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Attention Is All You Need", TitleLike.SURELY),
        ("LoRA: Low-rank adaptation of large language models", TitleLike.SURELY),
        ("Lessons from the trenches on reproducible evaluation of language models", TitleLike.PERHAPS),
        ("the original paper", TitleLike.NOT),
        ("See the Appendix of the Paper", TitleLike.NOT),
        ("PEFT", TitleLike.NOT),
        ("its README", TitleLike.NOT),
        ("Hu et al., 2021", TitleLike.NOT),
        ("a study that measured something else entirely", TitleLike.NOT),
        ("§4.1", TitleLike.NOT),
        ("", TitleLike.NOT),
    ],
)
def test_a_links_text_is_a_title_only_where_it_reads_like_one(text: str, kind: TitleLike) -> None:
    assert title_like(text) is kind
