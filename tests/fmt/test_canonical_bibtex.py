"""The canonical form of refs.bib, and what it never touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.fmt.canonical_bibtex import canonical_bibtex

GOLDEN = Path(__file__).parent / "golden"
ENTRY = "@misc{a2020note,\n  title         = {A note},\n}\n"


def entry(field: str, kind: str = "misc") -> str:
    """An entry with one field."""
    return f"@{kind}{{a2020note,\n  {field}\n}}\n"


def test_an_untidy_registry_comes_out_in_order() -> None:
    untidy = (GOLDEN / "untidy.bib").read_text(encoding="utf-8")
    assert canonical_bibtex(untidy) == (GOLDEN / "canonical.bib").read_text(encoding="utf-8")


def test_nothing_changes_where_nothing_is_wrong() -> None:
    canonical = (GOLDEN / "canonical.bib").read_text(encoding="utf-8")
    assert canonical_bibtex(canonical) == canonical


@pytest.mark.parametrize("text", ["", "\n\n", "% only a comment\n"])
def test_a_registry_without_entries_has_a_form_too(text: str) -> None:
    assert canonical_bibtex(text) == text.lstrip("\n")


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("year = 2020", "year          = {2020},"),
        ('title = "A note"', "title         = {A note},"),
        ("title = {A\n   note}", "title         = {A note},"),
        ("title = {  A note }", "title         = {A note},"),
        ("Title={A note}", "title         = {A note},"),
        ('title = "A {"}quoted{"} note"', 'title         = {A {"}quoted{"} note},'),
        ("averylongfieldname = {x}", "averylongfieldname = {x},"),
        ("note = {}", "note          = {},"),
    ],
)
def test_a_value_stands_in_braces_on_one_line(written: str, canonical: str) -> None:
    assert canonical_bibtex(entry(written)) == entry(canonical)


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("month         = mar,", id="name of a string"),
        pytest.param('month         = "1~" # mar,', id="composition"),
        pytest.param('note          = "a } b",', id="quotes around a brace that fits nothing"),
        pytest.param("note          = {a\\ },", id="space that a command ends with"),
        pytest.param('author        = {G{\\"o}del, Kurt and Noël, Zoë},', id="accents of either kind"),
        pytest.param("note          = {50\\% of $a{b}$ \\emph{LoRA}},", id="commands"),
    ],
)
def test_what_a_value_means_stays_as_it_is(field: str) -> None:
    assert canonical_bibtex(entry(field)) == entry(field)


def test_entries_are_in_the_order_of_their_keys_whatever_their_case() -> None:
    text = "".join(f"@misc{{{key},\n}}\n" for key in ("b", "C", "a"))
    assert canonical_bibtex(text) == "@misc{a,\n}\n\n@misc{b,\n}\n\n@misc{C,\n}\n"


def test_a_repeated_key_keeps_the_order_in_which_readers_meet_it() -> None:
    text = "@misc{a,\n  title         = {First},\n}\n\n@misc{a,\n  title         = {Second},\n}\n"
    assert canonical_bibtex(text) == text


def test_a_repeated_field_keeps_the_order_in_which_readers_meet_it() -> None:
    text = entry("title         = {First},\n  title         = {Second},")
    assert canonical_bibtex(text) == text


def test_the_comment_that_begins_the_file_stays_at_its_top() -> None:
    text = "% Our works.\n\n@misc{b,\n}\n@misc{a,\n}\n"
    assert canonical_bibtex(text) == "% Our works.\n\n@misc{a,\n}\n\n@misc{b,\n}\n"


def test_a_comment_goes_with_the_entry_below_it() -> None:
    text = "% About b.\n@misc{b,\n}\n% About a,\n% in two lines.\n\n@misc{a,\n}\n"
    assert canonical_bibtex(text) == "% About a,\n% in two lines.\n@misc{a,\n}\n\n% About b.\n@misc{b,\n}\n"


def test_a_comment_goes_with_the_field_below_it() -> None:
    silence = "% commonplace: allow x because of {y}, and = z"
    text = entry(f"year = 2020,\n  {silence}\n  title = {{A note}}")
    canonical = f"{silence}\n  title         = {{A note}},\n  year          = {{2020}},"
    assert canonical_bibtex(text) == entry(canonical)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("@misc{b, title = {open,", id="never closes"),
        pytest.param("@misc{b, title {x}, year = {2020}}", id="no equals sign"),
        pytest.param("@misc{b, title = {x}, % beside a field\n}", id="comment before the end"),
        pytest.param("@misc{b, title = {x} year = {2020}}", id="no comma"),
        pytest.param("@misc{b,\n  year = {2020}, % beside\n  title = {x}}", id="comment beside a field"),
        pytest.param("% @misc{b, title = {x}}", id="entry in a comment"),
    ],
)
def test_what_cannot_be_understood_stays_as_it_is_behind_what_it_followed(broken: str) -> None:
    first, last = "@misc{a,\n}\n", "@misc{c,\n}\n"
    assert canonical_bibtex(f"{last}\n{first}\n{broken}\n\n") == f"{first}\n{broken}\n\n{last}"


def test_where_order_would_mend_what_is_broken_by_chance_nothing_moves() -> None:
    text = "@misc{b,\n}\n@misc{\n@misc{a,\n}\n\n}\n"
    assert canonical_bibtex(text) == text
