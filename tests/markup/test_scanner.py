"""What of a note is a citation, a link, a formula or a mark, and what is only text."""

from __future__ import annotations

import pytest

from commonplace.markup import scan
from commonplace.model import (
    Attributes,
    Citation,
    Comment,
    Escape,
    Formula,
    Link,
    Tag,
    Token,
    Unverified,
    Wikilink,
)


def found(kind: type[Token], text: str) -> list[str]:
    """The tokens of a kind, as they stand in the text."""
    return [text[token.span.start : token.span.end] for token in scan(text).of(kind)]


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("[@a]", [("a", "")]),
        ("[@hu2021lora, §4.1]", [("hu2021lora", "§4.1")]),
        ("[@a, §4.1; @b]", [("a", "§4.1"), ("b", "")]),
        ("[@a;@b ; @c, Eq. 3]", [("a", ""), ("b", ""), ("c", "Eq. 3")]),
        ("[@a, pp. 3-4, and Table 2; @b, App. D]", [("a", "pp. 3-4, and Table 2"), ("b", "App. D")]),
        ("[@a,\n§4.1]", [("a", "§4.1")]),
        ("[@DBLP:conf/nips/VaswaniS17]", [("DBLP:conf/nips/VaswaniS17", "")]),
        ("[@a](", [("a", "")]),
    ],
)
def test_brackets_name_every_work_and_its_place(text: str, cites: list[tuple[str, str]]) -> None:
    tokens = scan(text).of(Citation)
    assert [(cite.key, cite.locator) for token in tokens for cite in token.cites] == cites
    assert all(text.startswith(cite.key, cite.start) for token in tokens for cite in token.cites)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@hu2021lora shows", "hu2021lora"),
        ("So (@hu2021lora).", "hu2021lora"),
        ("@hu2021lora's method", "hu2021lora"),
        ("as in @hu2021lora.", "hu2021lora"),
        ("as in @hu2021lora: so", "hu2021lora"),
        ("*@hu2021lora*", "hu2021lora"),
    ],
)
def test_a_key_in_running_text_is_a_narrative_citation(text: str, key: str) -> None:
    (citation,) = scan(text).of(Citation)
    assert citation.narrative
    assert [cite.key for cite in citation.cites] == [key]


@pytest.mark.parametrize(
    "text", ["someone@example.org", "a.b@c.org", r"\@key", "@ key", "@2020", "<me@example.org>", "x/@key"]
)
def test_addresses_of_mail_and_lone_signs_cite_nothing(text: str) -> None:
    assert found(Citation, text) == []


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("$x$", ["x"]),
        (r"so $W_0 + \frac{a}{b}$.", [r"W_0 + \frac{a}{b}"]),
        ("$a\nb$", ["a\nb"]),
        (r"$\$5$", [r"\$5"]),
        ("$$\na\n\nb\n$$", ["\na\n\nb\n"]),
        ("$$ a $$ and $b$", [" a ", "b"]),
        ("between $1M and $2M, $x$ fits", ["x"]),
        (r"\$5 and $y$", ["y"]),
        ("($x$)", ["x"]),
        ("$[@a]$", ["[@a]"]),
    ],
)
def test_latex_between_dollar_signs_is_a_formula(text: str, latex: list[str]) -> None:
    formulas = scan(text).of(Formula)
    assert [formula.latex for formula in formulas] == latex
    assert all(text.startswith(formula.latex, formula.latex_start) for formula in formulas)


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6",
        "costs $5",
        r"from \$5 to \$6",
        "US$5 to US$10",
        "$20,000 and $30,000.",
        "$ x $",
        "$x $y",
        "$x$5",
        "$a\n\nb$",
        "$$ open",
    ],
)
def test_money_and_lone_dollar_signs_are_no_formulas(text: str) -> None:
    assert found(Formula, text) == []


def test_a_citation_inside_a_formula_is_part_of_the_formula() -> None:
    assert found(Citation, "$[@a]$ and $$ @b $$") == []


def test_two_dollar_signs_make_a_display() -> None:
    assert [formula.display for formula in scan("$a$ $$b$$").of(Formula)] == [False, True]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[[qlora]]", ("qlora", "", "")),
        ("[[qlora|the quantized version]]", ("qlora", "", "the quantized version")),
        ("[[transformer#method]]", ("transformer", "method", "")),
        ("[[transformer#method|how]]", ("transformer", "method", "how")),
        ("[[#method]]", ("", "method", "")),
    ],
)
def test_a_wikilink_has_a_target_a_heading_and_a_text(text: str, parts: tuple[str, str, str]) -> None:
    (link,) = scan(text).of(Wikilink)
    assert (link.target, link.heading, link.text) == parts


@pytest.mark.parametrize("text", ["[[a\nb]]", "[[a|b]c]]", r"\[[a]]", "[[a]", "[a]]"])
def test_brackets_that_do_not_close_are_no_wikilink(text: str) -> None:
    assert found(Wikilink, text) == []


@pytest.mark.parametrize(
    ("text", "words", "url", "image"),
    [
        ("[a](u)", "a", "u", False),
        ("![a](u.png)", "a", "u.png", True),
        ('[a](u "title")', "a", "u", False),
        ("[a]( u )", "a", "u", False),
        ("[a](<u v>)", "a", "u v", False),
        ("[a [b] c](u)", "a [b] c", "u", False),
        ("[wiki](https://en.wikipedia.org/wiki/A_(b))", "wiki", "https://en.wikipedia.org/wiki/A_(b)", False),
        ("<https://example.org/a?b=c>", "https://example.org/a?b=c", "https://example.org/a?b=c", False),
        ("[a]: https://example.org", "a", "https://example.org", False),
        ("[](u)", "", "u", False),
    ],
)
def test_a_link_has_words_and_an_address(text: str, words: str, url: str, image: bool) -> None:
    (link,) = scan(text).of(Link)
    assert (link.text, link.url, link.image) == (words, url, image)
    assert text.startswith(url, link.url_start)


def test_a_picture_may_stand_in_the_words_of_a_link() -> None:
    links = scan("[![alt](p.png)](https://example.org)").of(Link)
    assert [(link.url, link.image) for link in links] == [("https://example.org", False), ("p.png", True)]


def test_a_footnote_is_no_address() -> None:
    assert found(Link, "[^1]: see there") == []
    assert found(Escape, "So[^1].\n\n[^1]: Note: see there") == []


@pytest.mark.parametrize("address", ["javascript:a", "<javascript:a b>", "\n    javascript:a 'b'"])
def test_a_footnote_that_another_engine_takes_for_an_address_is_none(address: str) -> None:
    assert found(Escape, f"So[^1].\n\n[^1]: {address}") == ["]"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("[350 GB]{unverified}", ["350 GB"]),
        ("[a $x$ b]{unverified}", ["a $x$ b"]),
        ("[a [b] c]{unverified}", ["a [b] c"]),
        ("350 GB {unverified}", []),
    ],
)
def test_a_bracketed_statement_can_be_marked_unverified(text: str, marked: list[str]) -> None:
    assert [token.text for token in scan(text).of(Unverified)] == marked


@pytest.mark.parametrize("text", ["{: .wide }", "{.wide}", "{#there}", "{width=40}", "{: onclick=x }"])
def test_an_attribute_list_is_one(text: str) -> None:
    assert found(Attributes, text) == [text]


@pytest.mark.parametrize("text", ["the set {1, 2}", "{a}", "{}", "{a\n=b}"])
def test_words_in_braces_are_words(text: str) -> None:
    assert found(Attributes, text) == []


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<b>x</b>", ["<b>", "</b>"]),
        ('<a title="x > y">', ['<a title="x > y">']),
        ("<svg/onload=alert(1)//@>", ["<svg/onload=alert(1)//@>"]),
        ("<a@b onclick=x>", ["<a@b onclick=x>"]),
        ("a < b and c > d", []),
        ("1 <2> 3", []),
        ("<me@example.org>", []),
        ("<b", []),
    ],
)
def test_a_raw_tag_is_what_browsers_take_for_one(text: str, tags: list[str]) -> None:
    assert found(Tag, text) == tags


def test_a_comment_hides_what_it_holds() -> None:
    text = "<!-- $x$ [@a] --> $y$"
    assert found(Comment, text) == ["<!-- $x$ [@a] -->"]
    assert found(Formula, text) == ["$y$"]
    assert found(Citation, text) == []


@pytest.mark.parametrize("text", ["`$x$ [@a] [[b]] <b>`", "``a ` [@a]``", "`a\n[@a]`", "```[@a]```"])
def test_nothing_is_found_in_a_span_of_code(text: str) -> None:
    assert scan(text).tokens == ()


def test_a_backtick_that_never_closes_is_a_sign_like_any_other() -> None:
    assert found(Formula, "`open $x$") == ["$x$"]
    assert found(Formula, "`open\n\n` $x$") == ["$x$"]


def test_a_backslash_takes_the_meaning_of_a_sign() -> None:
    text = r"\$x\$ \[\[a\]\] \@b \` $y$"
    assert [escape.sign for escape in scan(text).of(Escape)] == list("$$[[]]@`")
    assert found(Formula, text) == ["$y$"]
    assert found(Wikilink, text) == []


def test_offsets_count_from_the_beginning_of_the_file() -> None:
    text = "---\nref: '@no'\n---\nSo [@a, §2]."
    (citation,) = scan(text, text.index("So")).of(Citation)
    assert text[citation.span.start : citation.span.end] == "[@a, §2]"


def test_tokens_come_in_the_order_of_the_text() -> None:
    text = "# A $x$\n\n[a [[b]] c](u) [@d]\n"
    kinds = [type(token).__name__ for token in scan(text).tokens]
    assert kinds == ["Heading", "Formula", "Link", "Wikilink", "Citation"]
