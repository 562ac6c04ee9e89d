"""The canonical order of front matter, and what it never touches."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.fmt.canonical_front_matter import canonical_front_matter

GOLDEN = Path(__file__).parent / "golden"
# Fields in their canonical order, each in some of the ways of writing it.
_FIELDS = {
    "ref": ["ref: a2020note\n", "ref:   'a2020note' # its key\n"],
    "title": [
        "title: A note\n",
        'title: "A: note"\n',
        "title: >\n  A\n  note\n",
        "title: |\n  A\n\n  note\n",
    ],
    "topics": ["topics: [peft]\n", "topics:\n- peft\n", "topics:\n  # the main one\n  - peft\n"],
    "added": ["added: 2026-11-21\n"],
    "facts": ["facts: {a: 1}\n", "facts:\n  a: 1\n\n  b: yes\n"],
    "zeta": ["zeta: unknown\n"],
}
_above = st.sampled_from(["", "# why\n", "\n", "# why\n# and how\n", "\n# why\n"])
_blocks = st.permutations(list(_FIELDS)).flatmap(
    lambda names: st.tuples(*(st.tuples(st.just(n), _above, st.sampled_from(_FIELDS[n])) for n in names))
)


def note(front: str, body: str = "\nWords.\n") -> str:
    """A note with this front matter."""
    return f"---\n{front}---\n{body}"


def test_untidy_front_matter_comes_out_in_order() -> None:
    untidy = (GOLDEN / "untidy.md").read_text(encoding="utf-8")
    assert canonical_front_matter(untidy) == (GOLDEN / "canonical.md").read_text(encoding="utf-8")


def test_nothing_changes_where_nothing_is_wrong() -> None:
    canonical = (GOLDEN / "canonical.md").read_text(encoding="utf-8")
    assert canonical_front_matter(canonical) == canonical


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# A note without front matter\n", id="none"),
        pytest.param("", id="empty file"),
        pytest.param("---\n---\ntopics: [a]\nref: b\n", id="empty front matter"),
        pytest.param("---\ntopics: [a]\nref: b\n", id="no end"),
        pytest.param(note("topics: [a]\nref: b: c\n"), id="no YAML"),
        pytest.param(note("topics: [a]\nref: b\nref: c\n"), id="a field twice"),
        pytest.param(note("topics: 7\nref: b\n"), id="a value that cannot be"),
        pytest.param(note("{topics: [a],\nref: b}\n"), id="braces"),
        pytest.param(note("{\ntopics: [a],\nref: b\n}\n"), id="braces on lines of their own"),
        pytest.param(note("- topics\n- ref\n"), id="a list"),
    ],
)
def test_front_matter_that_is_broken_or_not_a_field_a_line_is_left_alone(text: str) -> None:
    assert canonical_front_matter(text) == text


def test_an_alias_stays_behind_what_it_names() -> None:
    text = note("aliases: &names [peft]\ntopics: *names\n")
    assert canonical_front_matter(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_kind_of_line_ends_is_kept(end: str) -> None:
    text = note("topics: [a]\nref: b\n").replace("\n", end)
    assert canonical_front_matter(text) == note("ref: b\ntopics: [a]\n").replace("\n", end)


@given(_blocks, st.text())
def test_fields_come_in_order_each_with_what_stands_above_it(
    blocks: tuple[tuple[str, str, str], ...], body: str
) -> None:
    text = note("".join(above + field for _, above, field in blocks), body)
    ordered = sorted(blocks, key=lambda block: list(_FIELDS).index(block[0]))
    canonical = note("".join(above + field for _, above, field in ordered), body)
    assert canonical_front_matter(text) == canonical
    assert canonical_front_matter(canonical) == canonical


@given(
    st.lists(st.sampled_from(["---\n", "ref: a\n", "topics: [b]\n", "{", "}", "# c\n", " ", "\n", "'", "? "]))
)
def test_any_note_keeps_its_lines(lines: list[str]) -> None:
    text = "".join(lines)
    canonical = canonical_front_matter(text)
    assert sorted(canonical.splitlines()) == sorted(text.splitlines())
    assert canonical_front_matter(canonical) == canonical
