"""What finished Markdown becomes: headings, code, lists, tables, footnotes, links; what may be of HTML."""

from __future__ import annotations

import re

import pytest

from commonplace.pages import Page
from commonplace.rendering import Heading, render

LINK = ' title="Link to this section">#</a>'


def html(body: str, path: str = "papers/lora.md") -> str:
    """The HTML of a page of this body."""
    return render(Page(path, "", body)).html.strip()


@pytest.mark.parametrize(
    ("written", "from_page", "from_index"),
    [
        ("qlora.md", "../qlora/", "qlora/"),
        ("qlora.md#method", "../qlora/#method", "qlora/#method"),
        ("./qlora.md?a=b#c", ".././qlora/?a=b#c", "./qlora/?a=b#c"),
        ("../topics/peft.md", "../../topics/peft/", "../topics/peft/"),
        ("index.md", "../", "./"),
        ("../index.md#newest", "../../#newest", "../#newest"),
        ("../bibliography.md#hu2021lora", "../../bibliography/#hu2021lora", "../bibliography/#hu2021lora"),
        ("a%20b.md", "../a%20b/", "a%20b/"),
        ("lora.png", "../lora.png", "lora.png"),
        ("..", "../..", ".."),
        ("#method", "#method", "#method"),
        ("/elsewhere.md", "/elsewhere.md", "/elsewhere.md"),
        ("https://example.org/a.md", "https://example.org/a.md", "https://example.org/a.md"),
        ("mailto:me@example.org", "mailto:me@example.org", "mailto:me@example.org"),
    ],
)
def test_a_link_leads_to_where_a_page_is_published(written: str, from_page: str, from_index: str) -> None:
    assert html(f"[a]({written})") == f'<p><a href="{from_page}">a</a></p>'
    assert html(f"[a]({written})", "papers/index.md") == f'<p><a href="{from_index}">a</a></p>'


def test_a_picture_is_found_from_where_its_page_is_published() -> None:
    assert html("![a](f.png)") == '<p><img src="../f.png" alt="a"></p>'


def test_links_of_raw_html_lead_there_as_well_and_those_in_code_are_text() -> None:
    assert html('<b>a</b> <a title="a > b" href="x.md">b</a>').endswith('href="../x/">b</a></p>')
    assert html('`<a href="x.md">`') == '<p><code>&lt;a href="x.md"&gt;</code></p>'
    assert 'href="x.md"' in re.sub("<[^>]*>", "", html('```html\n<a href="x.md">\n```')).replace(
        "&quot;", '"'
    )


@pytest.mark.parametrize(
    ("body", "heading", "shown"),
    [
        ("## Idea {#idea}", Heading(2, "idea", "Idea"), '<h2 id="idea">Idea<a'),
        ("# Lora {.title}", Heading(1, "lora", "Lora"), '<h1 id="lora" class="title">Lora<a'),
        (
            "Two\n*lines*\n---",
            Heading(2, "two-lines", "Two lines"),
            '<h2 id="two-lines">Two\n<em>lines</em><a',
        ),
        ("## `a < b`", Heading(2, "a--b", "a < b"), '<h2 id="a--b"><code>a &lt; b</code><a'),
        ("## ü & Ö", Heading(2, "ü--ö", "ü & Ö"), '<h2 id="ü--ö">ü &amp; Ö<a'),
        ("### !", Heading(3, "section", "!"), '<h3 id="section">!<a'),
        (
            '## <span class="math"><math><mi>r</mi></math></span> {#r}',
            Heading(2, "r", "r"),
            '<h2 id="r"><span class="math"><math><mi>r</mi></math></span><a',
        ),
    ],
)
def test_a_heading_leads_to_itself(body: str, heading: Heading, shown: str) -> None:
    rendered = render(Page("a.md", "", body))
    assert rendered.headings == (heading,)
    assert rendered.html.startswith(shown)
    assert f'<a class="headerlink" href="#{heading.anchor}"{LINK}' in rendered.html


def test_a_small_heading_has_no_link() -> None:
    assert html("#### Small") == "<h4>Small</h4>"


def test_every_anchor_of_a_page_is_different_and_those_that_were_chosen_stay() -> None:
    body = '> ## Idea\n\n## Idea {#idea}\n\n## Idea\n\n## Idea {#idea}\n\n<p id="idea-3"></p>\n\n## Idea\n'
    rendered = render(Page("a.md", "", body))
    anchors = [heading.anchor for heading in rendered.headings]
    assert anchors[1] == "idea"
    assert len(set(anchors)) == 5
    assert sorted(re.findall(r' id="([^"]*)"', rendered.html)) == sorted([*anchors, "idea-3"])


def test_code_in_a_known_language_is_coloured() -> None:
    shown = html("```python\nprint('<b>')  # so\n```")
    assert shown.startswith('<div class="highlight"><pre><span></span><code>')
    assert '<span class="c1"># so</span>' in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize("body", ["```nosuch\n<b>\n```", "```\n<b>\n```", "    <b>"])
def test_code_in_no_known_language_is_plain(body: str) -> None:
    assert re.fullmatch(r'<pre><code( class="language-nosuch")?>&lt;b&gt;\s*</code></pre>', html(body))


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_lists_nest_by_two_spaces_and_by_four(indent: str) -> None:
    shown = html(f"- a\n{indent}- b\n{indent}{indent}- c\n- d").replace("\n", "")
    assert shown == "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"


def test_a_list_needs_no_blank_line_and_begins_with_the_number_that_it_is_given() -> None:
    assert html("words\n- a").replace("\n", "") == "<p>words</p><ul><li>a</li></ul>"
    assert html("3) a").replace("\n", "") == '<ol start="3"><li>a</li></ol>'


def test_a_table_keeps_the_alignment_of_its_columns() -> None:
    shown = html("| a | b | c |\n|:--|:-:|--:|\n| 1 | `x\\|y` | 3 |")
    assert '<th style="text-align:left">a</th>' in shown
    assert '<td style="text-align:center"><code>x|y</code></td>' in shown
    assert '<td style="text-align:right">3</td>' in shown


def test_a_task_list_shows_what_is_done() -> None:
    items = re.findall("<li>(.*)</li>", html("- [ ] read\n- [x] write"))
    assert items == [
        '<span class="task" title="to do">☐</span> read',
        '<span class="task" title="done">☑</span> write',
    ]


def test_a_footnote_and_where_it_is_named_lead_to_each_other() -> None:
    shown = html("So[^why], twice[^why].\n\n[^why]: Because.\n\n    More.\n\n## Why {#why}")
    assert shown.count('href="#footnote-why"') == 2
    assert shown.count('id="footnote-why"') == shown.count('id="footnote-from-why"') == 1
    assert '<a href="#footnote-from-why"' in shown
    assert shown.index("Because.") < shown.index("More.") < shown.index("</div>")
    assert '<h2 id="why">' in shown


@pytest.mark.parametrize(
    "body",
    [
        "<kbd>Ctrl</kbd> H<sub>2</sub>O <mark>so</mark>",
        '<abbr title="low-rank adaptation">LoRA</abbr>',
        '<span class="math"><math><msub><mi>W</mi><mn>0</mn></msub></math></span>',
    ],
)
def test_html_that_is_allowed_is_kept(body: str) -> None:
    assert html(body) == f"<p>{body}</p>"


def test_markdown_is_read_inside_of_blocks_of_html() -> None:
    shown = html('<details class="a" markdown="1">\n<summary>More</summary>\n\n**Words**\n\n</details>')
    assert shown.replace("\n", "") == (
        '<details class="a"><summary>More</summary><p><strong>Words</strong></p></details>'
    )


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("a<script>ran()</script>b", "<p>ab</p>"),
        ("<script>\n\nran()\n\n</script>\nb", "<p>b</p>"),
        ("<style>p{}</style>b", "b"),
        ("<iframe src='//a'>x</iframe>b", "b"),
        ("<b onclick='ran()' style='color:red'>b</b>", "<p><b>b</b></p>"),
        ("[a](javascript:ran())", "<p><a>a</a></p>"),
        ("[a](data:text/html,x)", "<p><a>a</a></p>"),
        ("![a](https://example.org/a.png)", '<p><img alt="a"></p>'),
        ("<form><input name='a'><button>b</button></form>", "b"),
        ('<p id="__search" class="md-nav ok">b</p>', "<p>b</p>"),
        ("<svg onload='ran()'><b>b</b></svg>", "<p><b>b</b></p>"),
        ("<math><maction actiontype='a'><mi>b</mi></maction></math>", "<p><math><mi>b</mi></math></p>"),
        ("<!-- a -->b", "b"),
    ],
)
def test_html_that_is_not_allowed_is_gone(body: str, left: str) -> None:
    assert html(body) == left
