"""The words from which the search box corrects misspelt ones."""

from __future__ import annotations

from commonplace.search.records import Record
from commonplace.search.vocabulary import called, vocabulary


def record(title: str, *authors: str, names: tuple[str, ...] = ()) -> Record:
    return Record("papers/x/", title, "paper", names=names, authors=authors)


def test_words_of_titles_names_and_authors_are_known_without_case_and_accents() -> None:
    words = vocabulary([called([record("Taming Transformers", "Björn Ommer", names=("VQGAN",))])])
    assert set(words) == {"taming", "transformers", "bjorn", "ommer", "vqgan"}


def test_a_hyphenated_word_is_known_in_parts_and_as_one() -> None:
    assert set(vocabulary([called([record("Low-Rank")])])) == {"low", "rank", "lowrank"}


def test_a_phrase_with_hyphens_is_not_taken_for_a_word() -> None:
    assert "llmasajudge" not in vocabulary([called([record("LLM-as-a-Judge")])])


def test_a_word_counts_once_for_each_record_that_it_stands_for() -> None:
    words = vocabulary([called([record("Attention, attention!"), record("Attention"), record("Other")])])
    assert words["attention"] == 2


def test_numbers_and_the_shortest_words_are_left_out_as_nothing_tells_them_from_their_misspellings() -> None:
    assert vocabulary([called([record("A 2017 v2 of 1706.03762")])]) == {}


def test_the_counts_of_parts_are_those_of_the_whole() -> None:
    some, others = [record("Attention"), record("Rank")], [record("Attention again")]
    assert vocabulary([called(some), called(others)]) == vocabulary([called([*some, *others])])


def test_the_vocabulary_of_a_very_large_book_stays_small_and_keeps_the_words_of_most_records() -> None:
    rare = [record(f"word{number:05}") for number in range(20_000)]
    words = vocabulary([called([*rare, record("frequent"), record("frequent")])])
    assert len(words) == 12_000
    assert "frequent" in words
