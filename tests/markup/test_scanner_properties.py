"""What holds of the scanner whatever a note says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from commonplace.markup import scan
from commonplace.markup.sentences import sentence_around
from commonplace.model import Citation, Formula, Heading, Link, Markup, Token, Unverified

# Pieces that mean something, so that random texts meet the grammar's edges and not only letters.
_PIECES = st.sampled_from(
    [
        *("$", "$$", "\\", "`", "``", "```\n", "~~~\n", "[", "]", "[[", "]]", "(", ")", "](", "{", "}"),
        *("@", "@key", "[@a, §1; @b]", "[@a", "; @b", "]{unverified}", "<!--", "-->", "<b", ">", "<a@b.c>"),
        *(
            "\n",
            "\n\n",
            "    ",
            "\t",
            "- ",
            "1. ",
            "> ",
            "# ",
            "## Claims\n",
            "===\n",
            "---\n",
            " ",
            "a",
            ".",
        ),
        *(
            "$x$",
            "[t](u)",
            "[[s|t]]",
            "{check=c}",
            "{: .c }",
            "<https://e.org>",
            "[r]: u",
            "'",
            '"',
            "!",
            "#",
        ),
    ]
)
notes = st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join))
keys = st.from_regex(r"[a-z]{1,8}[0-9]{4}[a-z]{1,8}", fullmatch=True)
# Words that can stand beside anything and mean nothing.
words = st.from_regex(r"[a-z]{1,8}( [a-z]{1,8}){0,4}", fullmatch=True)
# Whatever stands in code but what could end it.
code = st.text(st.characters(exclude_characters="`~", exclude_categories=["Cs"]))


def _slice(text: str, token: Token) -> str:
    return text[token.span.start : token.span.end]


def _parts_of(markup: Markup) -> list[tuple[str, int]]:
    """Each part of a token that says where it stands, with that place."""
    parts = [(cite.key, cite.start) for each in markup.of(Citation) for cite in each.cites]
    parts += [(each.latex, each.latex_start) for each in markup.of(Formula)]
    return parts + [(each.url, each.url_start) for each in markup.of(Link)]


@given(notes, st.integers(0, 20))
def test_every_token_stands_in_the_body_where_it_says(text: str, start: int) -> None:
    body = min(start, len(text))
    markup = scan(text, body)
    assert all(body <= token.span.start < token.span.end <= len(text) for token in markup.tokens)
    assert all(text.startswith(part, at) for part, at in _parts_of(markup))


@given(notes)
def test_tokens_are_in_order_and_lie_apart_or_one_inside_the_other(text: str) -> None:
    spans = [token.span for token in scan(text).tokens if not isinstance(token, Heading)]
    for first, second in pairwise(spans):
        assert first.start <= second.start
        assert second.start >= first.end or second.end <= first.end


@given(notes)
def test_claims_follow_one_another_and_hold_their_words(text: str) -> None:
    claims = scan(text).claims
    assert all(c.span.start <= c.text.start <= c.text.end <= c.span.end <= len(text) for c in claims)
    assert all(first.span.end <= second.span.start for first, second in pairwise(claims))


@given(notes)
def test_a_citation_stands_in_its_sentence(text: str) -> None:
    markup = scan(text)
    for citation in markup.of(Citation):
        sentence = sentence_around(text, citation.span.start, markup)
        assert sentence.start <= citation.span.start < sentence.end


@given(st.lists(st.tuples(words, keys), max_size=6))
def test_citations_are_found_where_they_were_written_and_nowhere_else(planted: list[tuple[str, str]]) -> None:
    text, places = "", []
    for before, key in planted:
        text += f"{before} [@{key}, §1] "
        places.append((key, len(text) - len(f"{key}, §1] ")))
    found = [(cite.key, cite.start) for each in scan(text).of(Citation) for cite in each.cites]
    assert found == places


@given(words, keys, code)
def test_nothing_is_found_inside_a_fence(before: str, key: str, inside: str) -> None:
    text = f"{before}\n\n```\n{inside}\n[@{key}] $x$\n```\n"
    assert scan(text).tokens == ()


@given(words, st.text(st.characters(exclude_characters="`\n\r", exclude_categories=["Cs"]), min_size=1))
def test_nothing_is_found_inside_a_span_of_code(before: str, inside: str) -> None:
    assert scan(f"{before} `{inside}` {before}").tokens == ()


@given(words, keys, words)
def test_what_is_marked_unverified_keeps_what_it_says(before: str, key: str, inside: str) -> None:
    text = f"{before} [{inside} [@{key}]]{{unverified}} {before}"
    markup = scan(text)
    (marked,) = markup.of(Unverified)
    assert _slice(text, marked) == f"[{inside} [@{key}]]{{unverified}}"
    assert [cite.key for each in markup.of(Citation) for cite in each.cites] == [key]
