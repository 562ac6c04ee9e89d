"""Titles with formulas, accents and signs: right in the heading, in the tab, in links and in BibTeX."""

from __future__ import annotations

from sample_books import HEALTHY, loaded, pages_of

PAGES = pages_of(loaded(HEALTHY))
BOUNDS = PAGES["papers/bounds.md"]
FORMULA = '<span class="math"><math><msub><mi>ℓ</mi><mn>1</mn></msub></math></span>'


def test_the_heading_shows_the_formula() -> None:
    heading = next(line for line in BOUNDS.body.splitlines() if line.startswith("# "))
    assert heading.startswith(f"# On {FORMULA} Bounds &#38; the ")
    assert heading.endswith(" Sorting of &#60;Spectra&#62; {.title}")


def test_the_title_of_the_tab_is_plain_text() -> None:
    assert BOUNDS.title == "On ℓ_1 Bounds & the O(n log n) Sorting of <Spectra>"


def test_a_link_shows_the_formula() -> None:
    assert f"[On {FORMULA} Bounds" in PAGES["papers/index.md"].body


def test_the_words_that_show_when_a_citation_is_pointed_at_are_plain() -> None:
    title = "On ℓ&#95;1 Bounds &#38; the O(n log n) Sorting of &#60;Spectra&#62;"
    assert f'<a class="cite" href="bounds.md" title="{title}">' in PAGES["papers/gates.md"].body


def test_bibtex_stands_as_it_was_written() -> None:
    bibliography = PAGES["bibliography.md"].body
    assert (
        r"title   = {On $\ell_1$ Bounds \&amp; the {$O(n \log n)$} Sorting of &lt;Spectra&gt;},"
        in bibliography
    )
    assert (
        r"author  = {N{\'u}{\~n}ez, {\'A}gnes and {\O}stby, {\AA}se and {\L}ukasiewicz, Jan}," in bibliography
    )


def test_accents_of_bibtex_are_letters_everywhere_else() -> None:
    assert "Ágnes Núñez, Åse Østby, Jan Łukasiewicz\N{NO-BREAK SPACE}· 2019" in BOUNDS.body


def test_the_front_matter_of_a_page_holds_titles_of_any_signs() -> None:
    front = BOUNDS.text().split("---\n")[1]
    assert 'title: "On ℓ_1 Bounds & the O(n log n) Sorting of <Spectra>"' in front
    assert "description:" in front
