"""What the entries of refs.bib are read as, sound or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.bibliography import Bibliography, read_bibliography


def registry(root: Path, text: str) -> Bibliography:
    (root / "refs.bib").write_text(text, encoding="utf-8")
    return read_bibliography(root)


def test_a_broken_entry_loses_none_of_the_others(tmp_path: Path) -> None:
    text = "@misc{a, title = {A}}\n@misc{b, title = {B\n@misc{c, title = {C}}\n"
    read = registry(tmp_path, text)
    assert list(read.references) == ["a", "c"]
    assert [(fault.rule, fault.location.line) for fault in read.diagnostics] == [("unparsable-entry", 2)]


def test_an_address_is_read_as_it_was_written(tmp_path: Path) -> None:
    """In prose two hyphens are a dash and a tilde is a space; in an address they are themselves."""
    read = registry(
        tmp_path, "@misc{a, title = {B--C~D}, url = {https://e.org/~b--c\\_d}, doi = {10.1234/b--c}}\n"
    )
    fields = read.references["a"].fields
    assert fields["title"] == "B–C\N{NO-BREAK SPACE}D"
    assert (fields["url"], fields["doi"]) == ("https://e.org/~b--c_d", "10.1234/b--c")


def test_a_comment_above_a_field_does_not_hide_it(tmp_path: Path) -> None:
    read = registry(
        tmp_path, "@misc{a,\n  % from the first page\n  title = {A},\n  % of print\n  year = {2021},\n}\n"
    )
    reference = read.references["a"]
    assert (reference.title, reference.year) == ("A", 2021)
    assert [str(reference.place(name)) for name in ("title", "year")] == ["refs.bib:3:3", "refs.bib:5:3"]


def test_fields_on_one_line_have_each_their_column(tmp_path: Path) -> None:
    reference = registry(tmp_path, "@misc{a, title = {A}, Year = {2021}}\n").references["a"]
    assert [str(reference.place(name)) for name in ("title", "year")] == ["refs.bib:1:10", "refs.bib:1:23"]


def test_commands_nested_without_end_are_left_as_they_stand(tmp_path: Path) -> None:
    title = "\\emph{" * 5000 + "}" * 5000
    assert registry(tmp_path, f"@misc{{a, title = {{{title}}}}}\n").references["a"].title == title


def test_what_is_wrong_is_said_by_the_diagnostics_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is printed, and nothing logged that would be."""
    read = registry(tmp_path, "@misc{a, title = {\\unknowncommand{A}}}\n@misc{b, title = {B\n")
    assert [fault.rule for fault in read.diagnostics] == ["unparsable-entry"]
    assert (capfd.readouterr(), caplog.records) == (("", ""), [])
