"""The picture of how a topic's works are related: what it shows, what it never does, and who can write it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.pages import Page
from commonplace.pages.drawing import Work, draw
from commonplace.pages.layers import Stop, Tie, place
from commonplace.rendering import render
from sample_books import HEALTHY, ROOT, loaded, pages_of, written

TOPIC = pages_of(loaded(HEALTHY))["topics/gating.md"]
_BOX = re.compile(r'<a href="(?P<to>[^"]*)"[^>]*><rect x="\d+" y="(?P<y>\d+)"')
ROOMS = (ROOT / "scripts", ROOT / "tests", Path(__file__).parent)


def drawing(page: Page) -> str:
    """The one drawing of a page."""
    [html] = page.drawings.values()
    return html


def topic(
    root: Path, relations: Mapping[str, Sequence[str]], years: Mapping[str, int], text: str = "It is about."
) -> Page:
    """The page of a topic whose works have these years and declare these relations, each as `kind name`."""
    entry = "@misc{{{0}, author = {{Doe, Jo}}, title = {{On {0}}}, year = {{{1}}}}}\n"
    files = {"refs.bib": "".join(entry.format(*each) for each in years.items())}
    files["notes/topics/all.md"] = f"---\ntitle: All\n---\n{text}\n"
    for name in years:
        declared = [f"  {kind}: [{target}]\n" for kind, target in map(str.split, relations.get(name, ()))]
        given = "".join(["relations:\n", *declared] if declared else [])
        note = f"---\nref: {name}\nname: {name}\ntopics: [all]\n{given}---\nLead.\n"
        files[f"notes/papers/{name}.md"] = note
    return pages_of(written(root, files))["topics/all.md"]


def test_each_related_work_is_in_the_picture_and_leads_to_its_note() -> None:
    leads = [box["to"] for box in _BOX.finditer(drawing(TOPIC))]
    assert sorted(leads) == [f"../papers/{name}.md" for name in ("bounds", "gates", "why-gates", "wide")]


def test_the_published_picture_leads_to_published_addresses() -> None:
    assert '<a href="../../papers/gates/" tabindex="-1"><rect' in render(TOPIC).html


def test_an_earlier_work_stands_above_a_later_one() -> None:
    tops = {box["to"]: int(box["y"]) for box in _BOX.finditer(drawing(TOPIC))}
    gates, bounds, wide = (tops[f"../papers/{name}.md"] for name in ("gates", "bounds", "wide"))
    assert gates < bounds < wide


def test_of_works_of_one_year_the_one_that_rests_on_the_other_stands_below(tmp_path: Path) -> None:
    page = topic(tmp_path, {"a": ["extends b"], "c": ["uses a"]}, {"a": 2020, "b": 2020, "c": 2020})
    tops = {box["to"]: int(box["y"]) for box in _BOX.finditer(drawing(page))}
    assert tops["../papers/b.md"] < tops["../papers/a.md"] < tops["../papers/c.md"]


def test_a_line_is_solid_where_a_work_rests_on_another_and_dashed_elsewhere(tmp_path: Path) -> None:
    relations = {"b": ["extends a", "compares-with a"], "c": ["compares-with a"]}
    html = drawing(topic(tmp_path, relations, {"a": 2019, "b": 2020, "c": 2021}))
    assert (html.count('<path class="rests"'), html.count('<path class="beside"')) == (1, 1)
    assert "a solid line leads" in html
    assert "a dashed line joins" in html


def test_two_works_that_name_each_other_are_joined_once(tmp_path: Path) -> None:
    relations = {"a": ["compares-with b"], "b": ["builds-on a"], "c": ["uses b"]}
    html = drawing(topic(tmp_path, relations, {"a": 2019, "b": 2020, "c": 2021}))
    assert html.count('<path class="rests"') == 2
    assert 'class="beside"' not in html


@pytest.mark.parametrize("relations", [{}, {"b": ["extends a"]}])
def test_where_there_is_little_to_see_there_is_no_picture(
    tmp_path: Path, relations: Mapping[str, Sequence[str]]
) -> None:
    assert topic(tmp_path, relations, {"a": 2019, "b": 2020, "c": 2021}).drawings == {}


def test_the_words_below_say_what_the_picture_shows_to_those_who_do_not_see_it() -> None:
    html = render(TOPIC).html
    assert html.index('id="relations"') < html.index("<svg") < html.index('<div class="relations"')
    assert 'aria-hidden="true"' in html
    assert html.count("<a href", html.index("<svg"), html.index("</svg>")) == html.count(
        'tabindex="-1"', html.index("<svg"), html.index("</svg>")
    )


def test_relations_that_go_round_in_circles_are_drawn_all_the_same(tmp_path: Path) -> None:
    years = {"a": 2020, "b": 2020, "c": 2020}
    page = topic(tmp_path, {"a": ["extends b"], "b": ["extends c"], "c": ["extends a"]}, years)
    assert drawing(page).count('class="rests"') == 3


def test_a_topic_of_sixty_works_draws_those_with_the_most_relations_and_says_so(tmp_path: Path) -> None:
    years = {f"w{number:02}": 2000 + number // 4 for number in range(60)}
    relations = {f"w{number:02}": [f"extends w{number // 3:02}"] for number in range(1, 60)}
    html = drawing(topic(tmp_path, relations, years))
    assert len(_BOX.findall(html)) <= 24
    assert "works with the most relations, of 60." in html
    assert len(html) < 16_000


def test_a_name_is_shown_as_it_is_written() -> None:
    works = {name: Work('<b> & "c"', 2020 + at, '../a"b.md') for at, name in enumerate("ab")}
    html = draw(works, [Tie("a", "b", rests=True)], "<i>")
    assert "&lt;b&gt; &amp; &quot;c&quot;" in html
    assert "<b>" not in html
    assert "<figcaption>&lt;i&gt;</figcaption>" in html
    assert 'href="../a&quot;b.md"' in html


def test_a_picture_is_no_part_of_the_exported_text_but_of_what_a_page_is_known_by(tmp_path: Path) -> None:
    assert "<svg" not in TOPIC.text()
    assert "<svg" in TOPIC.whole()
    assert TOPIC.text() in TOPIC.whole()


FORGED = '<figure class="drawing"><div class="canvas"><svg onload="x()"><a href="b">forged</a></svg></div>'


@pytest.mark.parametrize(
    "text",
    [
        FORGED,
        f"Words.\n\n{FORGED}\n\n## How they are related {{#relations}}\n\nMore.",
        "<div><!-- open",
        '<div class="drawing"><details><span title="',
        "<svg><style>",
        "```\nnever closed",
        "<math><annotation-xml encoding='text/html'><svg>",
    ],
)
def test_a_note_can_neither_make_a_picture_nor_fill_or_swallow_ours(tmp_path: Path, text: str) -> None:
    years = {"a": 2019, "b": 2020, "c": 2021}
    relations = {"b": ["extends a"], "c": ["extends b"]}
    page = topic(tmp_path, relations, years, text)
    html = render(page).html
    assert html.count("<svg") == 1
    assert "forged</a>" not in html.partition("<svg")[2].partition("</svg>")[0]
    outside = html.partition("<figure")[0] + html.rpartition("</figure>")[2]
    assert "onload" not in re.sub(r"&lt;.*?&gt;|&#60;.*?&#62;", "", outside)
    assert drawing(page).partition("<a ")[0] in html


def test_a_picture_is_the_same_each_time() -> None:
    """Whatever seed Python hashes texts with."""
    code = "from test_drawings import TOPIC; print(TOPIC.whole())"
    told = {
        subprocess.run(  # noqa: S603 - the command is ours
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(map(str, ROOMS))},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


@st.composite
def families(draw: st.DrawFn) -> tuple[dict[str, int], list[Tie]]:
    """Works with years, and ties between them."""
    number = draw(st.integers(2, 14))
    names = [f"w{at}" for at in range(number)]
    years = {name: draw(st.integers(2010, 2016)) for name in names}
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
    ties = {frozenset(pair): Tie(*pair, draw(st.booleans())) for pair in draw(st.lists(pairs, max_size=20))}
    return years, list(ties.values())


@settings(max_examples=60, deadline=None)
@given(families())
def test_nothing_is_drawn_over_anything_else(family: tuple[dict[str, int], list[Tie]]) -> None:
    """Works of a row, and the lines that pass it, keep the room that they need."""
    years, ties = family
    widths = {name: 40.0 + 7 * at for at, name in enumerate(years)}
    placed = place(years, ties, widths)
    assert sorted(name for row in placed.rows for name in row) == sorted(years)
    assert max(map(len, placed.rows)) <= 5
    for number, row in enumerate(placed.rows):
        lines = {stop for way in placed.ways.values() for stop in way if stop.passing and stop.row == number}
        here = sorted([*(Stop(name, number) for name in row), *lines], key=lambda stop: placed.at[stop])
        for one, other in pairwise(here):
            room = sum(7.0 if stop.passing else widths[stop.work] / 2 for stop in (one, other))
            assert placed.at[other] - placed.at[one] >= room - 1e-6


@settings(max_examples=60, deadline=None)
@given(families())
def test_rows_follow_the_years(family: tuple[dict[str, int], list[Tie]]) -> None:
    years, ties = family
    placed = place(years, ties, dict.fromkeys(years, 50.0))
    assert list(placed.years) == sorted(placed.years)
    for row, year in zip(placed.rows, placed.years, strict=True):
        assert {years[name] for name in row} == {year}
