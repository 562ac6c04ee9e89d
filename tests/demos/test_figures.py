"""Figures: one in each scheme, the same at each run, and nothing in them but shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_demos import check, library, ran

from commonplace.demo import Picture
from commonplace.demos.plain_svg import svg_fault
from commonplace.site import export
from sample_books import ran as with_runs

HOLDS = check("return 'it holds'")
DOC = '    """A line.\n\n    It rises.\n    """\n'


def figure(body: str) -> str:
    """A demo whose figure is drawn by this code."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{HOLDS}\n\ndef figure(axes) -> None:\n{DOC}{lines}"


def drawn(body: str) -> Picture:
    picture = ran(figure(body)).picture
    assert picture
    return picture


def test_a_figure_is_drawn_in_both_schemes_and_the_same_at_each_run() -> None:
    code = (
        "axes.plot([0, 1], label='a')\naxes.legend()\naxes.set(xlabel='x')\naxes.fill_between([0, 1], [1, 2])"
    )
    first = drawn(code)
    assert drawn(code) == first
    assert first.light != first.dark
    for svg, ink in ((first.light, "#1d1f21"), (first.dark, "#dfe1e3")):
        assert ink in svg
        assert 'width="460.8pt" height="259.2pt"' in svg
        assert "<text" not in svg
        assert "<dc:date>" not in svg


def test_a_heat_map_is_a_picture_inside_the_figure() -> None:
    assert "data:image/png;base64," in drawn("axes.imshow([[0, 1], [1, 0]], cmap='Greys')").light


def test_the_settings_of_the_reader_who_builds_change_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn("axes.plot([0, 1])")
    (tmp_path / "matplotlib").mkdir()
    (tmp_path / "matplotlib/matplotlibrc").write_text("lines.linewidth: 20\nfont.size: 30\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert drawn("axes.plot([0, 1])") == before


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("axes.nothing()", "the figure cannot be drawn: AttributeError"),
        ("axes.plot([0, 1], url='javascript:alert(1)')", "the figure cannot be shown: it holds <a>"),
        ("import os; axes.plot([v / 7 % 1 for v in range(90_000)], 'o')", "the figure weighs "),
    ],
)
def test_a_figure_that_cannot_be_published_is_told_and_the_checks_stand(body: str, message: str) -> None:
    run = ran(figure(body))
    assert run.picture is None
    assert run.fault
    assert run.fault.message.startswith(message)
    assert [finding.said for finding in run.findings] == ["it holds"]


def test_a_figure_without_points_to_draw_is_drawn() -> None:
    assert drawn("pass").light


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        '<path onclick="alert(1)"/>',
        '<use xlink:href="https://example.org/x.svg#a"/>',
        '<image href="//example.org/x.png"/>',
        '<use href="data:image/svg+xml;base64,AAAA"/>',
        "<style>@import 'https://example.org/x.css';</style>",
        '<path style="fill: url(https://example.org/x)"/>',
        "<?xml-stylesheet href='https://example.org/x.css'?>",
        "<path>",
    ],
)
def test_what_runs_or_leads_elsewhere_is_no_figure(content: str) -> None:
    assert svg_fault(SVG.format(content))


def test_an_entity_is_no_figure() -> None:
    assert svg_fault('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<g/>"))


def test_shapes_and_what_they_share_are_a_figure() -> None:
    shared = '<defs><path id="a" d="M 0 0"/></defs><use xlink:href="#a" style="clip-path: url(#b)"/>'
    assert svg_fault(SVG.format(shared)) == ""


def test_an_export_has_the_figures_beside_the_pages(tmp_path: Path) -> None:
    book = with_runs(library(tmp_path / "book", {"works": figure("axes.plot([0, 1])")}))
    export(book, tmp_path / "out")
    page = (tmp_path / "out/papers/works.md").read_text()
    for scheme in ("light", "dark"):
        assert f'src="works-{scheme}.svg"' in page
        assert (tmp_path / f"out/papers/works-{scheme}.svg").read_text().startswith("<?xml")
