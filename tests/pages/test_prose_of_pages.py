"""What people write in a note, as its page and other pages show it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from commonplace.pages import Page
from commonplace.rendering import render
from sample_books import pages_of, written

BIB = """
@misc{one2020first, author = {One, Ann}, title = {First}, year = {2020}, url = {https://example.org/first}}
@misc{two2021second, author = {Two, Bo and Three, Cy}, title = {Second}, year = {2021}}
@misc{four2022third, author = {Four, Di and Five, Ed and Six, Flo}, title = {Third}, year = {2022}}
"""
FIRST = "---\nref: one2020first\nname: the first\naliases: [number one]\n---\nLead.\n\n"


def body(root: Path, text: str, **notes: str) -> str:
    """The page of the note on `one2020first` that goes on with `text`, beside other notes by slug."""
    files = {f"notes/papers/{slug}.md": note for slug, note in notes.items()}
    library = written(root, {"refs.bib": BIB, "notes/papers/first.md": FIRST + text, **files})
    return pages_of(library)["papers/first.md"].body


SECOND = "---\nref: two2021second\n---\nThe second.\n\n## Idea\nIt has one.\n"


def test_a_citation_leads_to_the_note_on_the_work(tmp_path: Path) -> None:
    page = body(tmp_path, "So it is [@two2021second, §2].", second=SECOND)
    assert 'So it is (<a class="cite" href="second.md" title="Second">Two and Three, 2021</a>, §2).' in page


def test_a_citation_of_a_work_without_a_note_leads_to_its_entry_in_the_bibliography(tmp_path: Path) -> None:
    page = body(tmp_path, "So it is [@four2022third].")
    address = "../bibliography.md#four2022third"
    assert f'So it is (<a class="cite" href="{address}" title="Third">Four et al., 2022</a>).' in page


def test_a_grouped_citation_shows_every_work_with_its_own_place(tmp_path: Path) -> None:
    page = body(tmp_path, "So it is [@two2021second, §2; @four2022third, Table 1].", second=SECOND)
    assert ">Two and Three, 2021</a>, §2; <a " in page
    assert ">Four et al., 2022</a>, Table 1)." in page


def test_a_citation_in_running_text_reads_as_the_subject_of_its_sentence(tmp_path: Path) -> None:
    page = body(tmp_path, "Then @four2022third went on.")
    cite = '<a class="cite" href="../bibliography.md#four2022third" title="Third">Four et al. (2022)</a>'
    assert f"Then {cite} went on." in page


def test_a_citation_of_the_notes_own_work_shows_only_the_place_and_leads_to_the_work(tmp_path: Path) -> None:
    page = body(tmp_path, "It holds [@one2020first, Eq. 3].")
    assert 'It holds (<a class="cite" href="https://example.org/first">Eq. 3</a>).' in page


def test_an_unknown_key_is_shown_as_it_was_written_and_leads_nowhere(tmp_path: Path) -> None:
    page = body(tmp_path, "As [@nobody2020nothing, §1] says, and @nobody2020nothing too.")
    assert page.count('<span class="unknown">nobody2020nothing</span>') == 2


@pytest.mark.parametrize("target", ["second", "Second", "SECOND"])
def test_a_wikilink_leads_to_a_note_by_its_slug_or_title_in_any_case(tmp_path: Path, target: str) -> None:
    assert "see [Second](<second.md>)" in body(tmp_path, f"For more see [[{target}]].", second=SECOND)


def test_a_wikilink_leads_by_alias_and_to_a_heading_and_says_what_it_is_told_to(tmp_path: Path) -> None:
    second = SECOND + "\nLike [[number one]], see [[first#Lead|its **lead**]].\n"
    library = written(
        tmp_path, {"refs.bib": BIB, "notes/papers/first.md": FIRST, "notes/papers/second.md": second}
    )
    page = pages_of(library)["papers/second.md"].body
    assert "Like [the first](<first.md>), see [its **lead**](<first.md#lead>)." in page


def test_a_wikilink_to_nothing_leaves_its_words(tmp_path: Path) -> None:
    assert "As in nowhere and here." in body(tmp_path, "As in [[nowhere]] and [[gone|here]].")


def test_a_name_begins_with_a_capital_where_a_sentence_does(tmp_path: Path) -> None:
    second = SECOND + "\n[[first]] came before. It was [[first]].\n"
    library = written(
        tmp_path, {"refs.bib": BIB, "notes/papers/first.md": FIRST, "notes/papers/second.md": second}
    )
    page = pages_of(library)["papers/second.md"].body
    assert "[The first](<first.md>) came before. It was [the first](<first.md>)." in page


def test_what_could_not_be_confirmed_carries_a_mark(tmp_path: Path) -> None:
    page = body(tmp_path, "It takes [350 GB]{unverified} of memory.")
    assert 'takes <span class="unverified" title="not confirmed">350 GB</span> of' in page


@pytest.mark.parametrize(
    ("written_so", "shown_so"),
    [
        ("`$x$ and [@two2021second] and [[second]]`", "$x$ and [@two2021second] and [[second]]"),
        (
            "```\n$x$ [@two2021second] [[second]] <b> {: .a }\n```",
            "$x$ [@two2021second] [[second]] <b> {: .a }",
        ),
        (
            "~~~ python\nprice = '$5' + '$6'  # @two2021second\n~~~",
            "price = '$5' + '$6'  # @two2021second",
        ),
        ("~~~ {.py onclick=a}\n$x$\n~~~", "$x$"),
        ("A paragraph.\n\n    $x$ [@two2021second]\n", "$x$ [@two2021second]"),
        ("A paragraph.\n\n    [[second]] <b>\n\n      {: .a }\n", "[[second]] <b>\n\n  {: .a }"),
        ("- item\n\n      <b> $x$\n\n       [a](b)\n", "<b> $x$\n\n [a](b)"),
        ("- item\n  ```py\n  <b>\n\n    $x$\n  ```\n", "<b>\n\n  $x$"),
        ("1.\tinner\n\n\t\t<b>\n", "<b>"),
        ("> \t\t<b>\n", "  <b>"),
        ("`` a`<b> ``", "a`<b>"),
        ("> `<b>\n> {: .a }`", "<b> {: .a }"),
        ("| a |\n|---|\n| `[a](b)` |", "[a](b)"),
        ("-     <b>\n      $x$\n", "<b>\n$x$"),
        ("```\n<b>\n\n$x$", "<b>\n\n$x$"),
        ("<pre>\n<b>\n</pre>\n\n```\n<b>", "<b>"),
    ],
)
def test_code_is_shown_as_it_was_written(tmp_path: Path, written_so: str, shown_so: str) -> None:
    page = Page("papers/first.md", "", body(tmp_path, written_so, second=SECOND))
    codes = re.findall("<code[^>]*>(.*?)</code>", render(page).html, re.DOTALL)
    code, *_, place = [unescape(re.sub("<[^>]*>", "", each)) for each in codes]
    assert code.rstrip("\n") == shown_so
    assert place == "notes/papers/first.md"


def test_an_escaped_dollar_sign_is_money_and_begins_no_formula(tmp_path: Path) -> None:
    page = body(tmp_path, r"From \$5 to \$6, and $x$.")
    assert "From &#36;5 to &#36;6, and <span" in page
    assert page.count("<math>") == 1


def test_a_formula_that_does_not_convert_is_shown_as_it_was_written(tmp_path: Path) -> None:
    page = body(tmp_path, r"Here $\frac{1}$ breaks, and $y$ does not.")
    assert '<code class="broken-formula">&#92;frac&#123;1&#125;</code>' in page
    assert "<mi>y</mi>" in page


def test_a_display_formula_is_a_block_of_its_own(tmp_path: Path) -> None:
    page = body(tmp_path, "So:\n\n$$\na = b\n$$\n\nEnd.")
    assert '\n\n<span class="math display"><math display="block">' in page


def test_a_link_in_a_quoted_sentence_leads_where_it_did_in_its_note(tmp_path: Path) -> None:
    links = "[the figure](../papers/f.png), [there](#here) and [out](https://a.org)"
    topic = f"---\ntitle: All\n---\nIn {links} [@one2020first].\n"
    library = written(
        tmp_path, {"refs.bib": BIB, "notes/papers/first.md": FIRST, "notes/topics/all.md": topic}
    )
    page = pages_of(library)["papers/first.md"].body
    assert "In [the figure](f.png), [there](../topics/all.md#here) and [out](https://a.org)" in page


def test_the_claims_end_with_their_place_and_say_whether_they_are_confirmed(tmp_path: Path) -> None:
    claims = "## Claims\n- It is $x$. [@one2020first, §1]\n- It is\n  so. [@four2022third] {unverified}\n"
    page = body(tmp_path, claims)
    assert '</span>. <span class="place"><a class="cite" href="https://example.org/first">§1</a> <' in page
    assert '<span class="status stated">from the paper</span>' in page
    assert 'so. <span class="place"><a class="cite" href="../bibliography.md#four2022third"' in page
    assert '<span class="status unverified">unverified</span>' in page


def test_what_follows_the_claims_is_not_lost(tmp_path: Path) -> None:
    page = body(tmp_path, "## Claims\n- One. [@one2020first]\n\n## After\nMore.")
    assert page.index("## Claims") < page.index("- One.") < page.index("## After {#after}\nMore.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "## Heading only",
        "- a list",
        "> a quotation",
        "$$x$$",
        "---\nbroken: [\n---\ntext",
        "---\nno end",
    ],
)
def test_a_note_of_any_shape_has_a_page(tmp_path: Path, text: str) -> None:
    library = written(
        tmp_path, {"notes/papers/odd.md": text, "notes/topics/odd.md": text, "notes/odd.md": text}
    )
    found = pages_of(library)
    assert {"papers/odd.md", "topics/odd.md", "odd.md"} <= found.keys()
    assert all(page.body.count("{.title}") == 1 for page in found.values())


@pytest.mark.parametrize(
    ("written_so", "shown_so"),
    [
        ("a <b and c", "a &#60;b and c"),
        ("<img src=x onerror=a", "&#60;img src=x onerror=a"),
        (r"\<b>", "&#60;b>"),
        ("[a](b c) d", "[a&#93;(b c) d"),
        ("the set {a, b}", "the set &#123;a, b}"),
        ("<script>x</script>", "&#60;script&#62;x&#60;/script&#62;"),
        ("[a](javascript:b)", "[a](#)"),
        ("![a](https://b.org/c.png)", "[a](https://b.org/c.png)"),
        ("*a*{: onclick=b }", "*a*"),
        ("b <!-- a -->c", "b c"),
        ("<!-- a -->b", "&#8203;b"),
        ("{: onclick=a }", "&#8203;"),
        ("*b*\n<!-- a\n\nb -->\nc", "*b*\n<!-- -->\nc"),
        ("lone ` tick", "lone &#96; tick"),
        ("<b title=`>", "&#60;b title=&#96;&#62;"),
        ("<sub>a</sub> <me@example.org>", "<sub>a</sub> <me@example.org>"),
    ],
)
def test_what_could_run_in_some_engine_is_shown_as_text(
    tmp_path: Path, written_so: str, shown_so: str
) -> None:
    assert f"\n\n{shown_so}\n\n" in body(tmp_path, written_so)
