"""The one list of what HTML a page may hold, as notes are checked by it and pages cleaned."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commonplace.markup.html import address_fault, attribute_fault, clean, image_fault, tag_fault


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        r"javascript\:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[broken",
    ],
)
def test_an_address_that_could_run_or_cannot_be_opened_is_at_fault(address: str) -> None:
    assert address_fault(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "mailto:a@example.org",
        "../topics/a.md#b",
        "#a",
        "a/b:c",
    ],
)
def test_an_address_of_the_web_of_mail_or_of_the_book_is_none(address: str) -> None:
    assert address_fault(address) is None


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png", "//example.org/a.png", r"\\example.org\a.png"]
)
def test_an_image_of_another_host_is_at_fault(address: str) -> None:
    assert image_fault(address)


def test_an_image_of_the_book_is_not() -> None:
    assert image_fault("../figures/a.png") is None


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ("<script>", "the tag <script> is not allowed"),
        ("</script>", "the tag </script> is not allowed"),
        ("<img src=x.png onerror=alert(1)>", "the attribute 'onerror' is not allowed on <img>"),
        ('<a href="javascript:alert(1)">', "addresses of the scheme 'javascript:' are not allowed"),
        ('<p style="position: fixed">', "the attribute 'style' is not allowed on <p>"),
        ('<p id="__config">', "names that begin with '__' belong to the site's theme"),
        ('<p class="a md-overlay">', "names that begin with 'md-' belong to the site's theme"),
        ('<a data-md-component="source">', "the attribute 'data-md-component' is not allowed on <a>"),
    ],
)
def test_a_tag_that_may_not_stand_says_why(tag: str, fault: str) -> None:
    assert tag_fault(tag) == fault


@pytest.mark.parametrize(
    "tag", ["<sub>", "</sub>", '<td colspan="2" style="text-align: right">', "<br>", "<br/>"]
)
def test_a_tag_of_text_may_stand(tag: str) -> None:
    assert tag_fault(tag) is None


def test_cleaning_leaves_text_and_formulas_as_they_are() -> None:
    formula = '<span class="math"><math><msub><mi>ℓ</mi><mn>1</mn></msub></math></span>'
    html = f'<p class="lead">A {formula} and <a href="b/">b</a></p>'
    assert clean(html) == html


def test_cleaning_keeps_how_cells_are_aligned_and_no_other_style() -> None:
    cell = '<table><tbody><tr><td style="text-align:right;position:fixed">1</td></tr></tbody></table>'
    assert clean(cell) == '<table><tbody><tr><td style="text-align:right">1</td></tr></tbody></table>'


def test_what_a_tag_is_faulted_for_is_what_cleaning_takes_out() -> None:
    image = '<img src="//a.org/b.png" alt="c" onerror="d">'
    html = f'<p id="__config" class="md-overlay" data-md-x="y">{image}</p>'
    assert clean(html) == '<p><img alt="c"></p>'


class _Attributes(HTMLParser):
    """The attributes of a page's tags, with what is at fault in each."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += [fault for name, value in attrs if (fault := attribute_fault(tag, name, value or ""))]


_TAGS = st.sampled_from(["a", "img", "q", "p", "blockquote", "mi", "td", "math"])
_NAMES = st.sampled_from(["href", "src", "cite", "id", "class", "title", "style", "onclick"])
_WORDS = r"__ md- a &nbsp; javascript https data : &colon; &amp;colon; \ // / . [ ( &quot; <b> %20 é ? #"
_VALUES = st.lists(st.sampled_from([*_WORDS.split(), " ", "\xa0", "\n"]), max_size=6).map("".join)


@given(st.lists(st.tuples(_TAGS, _NAMES, _VALUES, st.sampled_from(["'", '"'])), max_size=4))
@example([("p", "class", "a&nbsp;md-b", '"')])
@example([("p", "title", '" id="', "'"), ("p", "id", "a\n__b", '"')])
@example([("a", "href", "javascript&amp;colon;a", '"'), ("a", "href", "https://[", "'")])
@example([("img", "src", "\\\\example.org/a.png", '"'), ("q", "cite", "data:x", "'")])
def test_no_attribute_is_left_that_is_at_fault(tags: list[tuple[str, str, str, str]]) -> None:
    cleaned = _Attributes()
    cleaned.feed(clean("".join(f"<{tag} {name}={quote}{value}{quote}>" for tag, name, value, quote in tags)))
    assert cleaned.faults == []


def test_words_that_look_like_an_attribute_hide_none() -> None:
    html = 'x cite="a <b class="md-a">b</b> id="__ <img src="//a.org/b.png"> href="c <a href="a\\:b">c</a>'
    assert clean(html) == 'x cite="a <b>b</b> id="__ <img> href="c <a>c</a>'


@pytest.mark.parametrize(
    "address", ["a/b.md?c=d#e", "https://example.org/a(b)", "mailto:a@b.org", "#a:b", "é"]
)
def test_cleaning_leaves_sound_addresses_as_they_are(address: str) -> None:
    assert clean(f'<a href="{address}">a</a>') == f'<a href="{address}">a</a>'
