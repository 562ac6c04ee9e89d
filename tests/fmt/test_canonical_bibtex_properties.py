"""What holds of the canonical registry whatever the registry says: nothing is lost, and once is enough."""

from __future__ import annotations

from collections import Counter

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, String
from hypothesis import given
from hypothesis import strategies as st

from commonplace.fmt.bibtex_pieces import pieces
from commonplace.fmt.canonical_bibtex import canonical_bibtex

_SILENCE = "% commonplace: allow malformed-doi because a = {b}, c\n  url"
_names = st.sampled_from(["title", "Title", "year", "DOI", "zeta", "% about it\n  note", _SILENCE])
_values = st.sampled_from(
    [
        *("{A LoRA}", '"B {LLM} $X_{LLM}$ GPT-3"', "2020", "jan", 'jan # "x"', "{a\n    b}", "{{X}}"),
        *("{a\\ }", '"x\\\n  y"', "{a \\{ b}", '"a } b"', '{Noël and G{\\"o}del}', "{}", "{x} year = {2020}"),
    ]
)
_entries = st.builds(
    lambda kind, key, fields: f"@{kind}{{{key},\n" + "".join(f"  {n} = {v},\n" for n, v in fields) + "}\n",
    st.sampled_from(["misc", "Article", "INBOOK"]),
    st.sampled_from(["a2020x", "B2021y", "b2021y", "é"]),
    st.lists(st.tuples(_names, _values), max_size=4),
)
# Pieces that mean something alone or in bad company.
_debris = st.sampled_from(
    [
        *("@misc{", "@article(", "@string{", "@preamble{", "@comment{", "@misc{z, title={x}}", "@{", "@"),
        *("% c\n", "% @misc{q, a={b}}\n", "{", "}", ")", '"', "\\", ",", "=", "#", "\n", "\n\n", "  ", "\t"),
        *("key", "title = {A},\n", " = {", "},\n", "\n}\n", "é", "\u00a0", "words\n", '@string{s = "S"}\n'),
    ]
)
registries = st.lists(st.one_of(_entries, _debris), max_size=15).map("".join)


def _said(text: str) -> Counter[str]:
    """Every entry and string that the parser finds, apart from case, order and what encloses the values."""
    read = text.replace("because a = {b}, c", "because")
    return Counter(_words(block) for block in parse_string(read, parse_stack=[]).blocks)


def _words(block: Block | None) -> str:
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        return _words(block.ignore_error_block)
    if isinstance(block, Entry):
        fields = sorted((_bare(field.key), _bare(field.value)) for field in block.fields)
        return f"{block.entry_type.lower()} {block.key} {fields}"
    return f"string {block.key} {_bare(block.value)}" if isinstance(block, String) else ""


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign not in '{}"' and not sign.isspace())


@given(registries)
def test_no_sign_is_lost_but_space_and_what_encloses(registry: str) -> None:
    enclosing = Counter('(){}",=')
    before, after = (Counter(_bare(text)) for text in (registry, canonical_bibtex(registry)))
    assert {sign: n for sign, n in before.items() if sign not in enclosing} == {
        sign: n for sign, n in after.items() if sign not in enclosing
    }


@given(registries)
def test_every_entry_says_the_same_afterwards(registry: str) -> None:
    before, after = _said(registry), _said(canonical_bibtex(registry))
    del before[""], after[""]
    assert before == after


@given(registries)
def test_a_canonical_registry_stays_as_it_is(registry: str) -> None:
    canonical = canonical_bibtex(registry)
    assert canonical_bibtex(canonical) == canonical


@given(registries)
def test_the_pieces_of_a_registry_are_the_whole_of_it(registry: str) -> None:
    assert "".join(piece.comment + piece.text for piece in pieces(registry)) == registry


@given(st.text())
def test_any_text_at_all_is_taken(text: str) -> None:
    canonical = canonical_bibtex(text)
    assert canonical_bibtex(canonical) == canonical
