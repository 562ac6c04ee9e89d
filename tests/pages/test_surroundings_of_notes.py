"""What a page says of the works around its own: relations, who cites it, topics, references."""

from __future__ import annotations

from sample_books import HEALTHY, loaded, pages_of

PAGES = pages_of(loaded(HEALTHY))
GATES, WIDE, POST = (PAGES[f"papers/{name}.md"].body for name in ("gates", "wide", "why-gates"))
BOUNDS, TOPIC = PAGES["papers/bounds.md"].body, PAGES["topics/gating.md"].body


def lines(body: str, start: str) -> list[str]:
    """The lines of a page that begin with `start`."""
    return [line for line in body.splitlines() if line.startswith(start)]


def section(body: str, anchor: str) -> str:
    """The section of a page whose heading has this anchor."""
    return body.partition(f"{{#{anchor}}}")[2].partition("\n## ")[0]


def test_a_relation_appears_at_the_end_that_declares_it() -> None:
    assert '- **Rests on** <span class="how">builds on</span> [Gates](<gates.md>)' in lines(
        BOUNDS, "- **Rests"
    )


def test_a_relation_appears_at_its_other_end_as_well() -> None:
    (led_to,) = lines(GATES, "- **Led to**")
    assert '](<bounds.md>) <span class="how">builds on it</span>' in led_to
    assert '[Wide gates](<wide.md>) <span class="how">extends it</span>' in led_to


def test_a_relation_that_is_no_descent_stands_beside_the_work_at_both_ends() -> None:
    assert '<span class="how">is compared with</span>' in lines(GATES, "- **Beside it**")[0]
    assert (
        '[Gates](<gates.md>) <span class="how">is compared with it</span>'
        in lines(BOUNDS, "- **Beside it**")[0]
    )
    assert '[The post on gates](<why-gates.md>) <span class="how">explains it</span>' in GATES


def test_a_topic_lists_the_relations_between_its_works_once() -> None:
    relations = section(TOPIC, "relations")
    assert (
        "- [The post on gates](<../papers/why-gates.md>) explains [Gates](<../papers/gates.md>)" in relations
    )
    assert relations.count(" builds on ") == 1


def test_a_backlink_quotes_the_sentence_that_cites() -> None:
    quoted = '<q>It cites one all the same: <a class="cite" href="../bibliography.md#ostby2017gates"'
    assert quoted in section(GATES, "cited-by")


def test_each_citing_note_is_listed_once_and_the_note_itself_not_at_all() -> None:
    citing = lines(section(GATES, "cited-by"), "- ")
    assert [line.partition(">)")[0].rpartition("<")[2] for line in citing] == [
        "../about.md",
        "bounds.md",
        "../topics/gating.md",
    ]


def test_a_note_that_nobody_cites_has_no_such_section() -> None:
    assert "{#cited-by}" in GATES
    assert "{#cited-by}" not in POST


def test_the_references_of_a_note_are_the_works_that_it_cites() -> None:
    own, talk = lines(section(WIDE, "references"), "- ")
    assert own.startswith("- Kim et al. (2021). Wide Gates. arXiv")
    assert talk.startswith("- Ngozi Okafor (2020). Gates in Practice. Sample Days")
    assert talk.endswith("· [talk](<https://example.org/talk>)")


def test_a_topic_compares_the_works_that_state_a_fact_and_leaves_no_cell_empty() -> None:
    rows = lines(section(TOPIC, "comparison"), "| [")
    assert len(rows) == 2
    assert rows[0].endswith("| 1 &#124; 2 |")
    assert rows[1].endswith("| none | – |")


def test_a_topic_puts_its_works_in_the_order_of_reading_and_says_why() -> None:
    reading = section(TOPIC, "reading")
    slugs = [line.partition("/papers/")[2].partition(".md")[0] for line in lines(reading, "1. ")]
    assert slugs == ["gates", "bounds", "why-gates", "wide"]
    assert "\n    where it began\n" in reading


def test_a_stub_says_that_it_is_one() -> None:
    assert '<div class="stub" markdown="1">' in POST
    assert 'class="stub"' not in GATES


def test_a_note_links_to_its_work_and_to_where_it_can_be_edited() -> None:
    for address in (
        "[abstract](<https://arxiv.org/abs/1706.00001>)",
        "[PDF](<https://arxiv.org/pdf/1706.00001>)",
        "[DOI](<https://doi.org/10.5555/sample.2018.3>)",
        "[code](<https://example.org/gates>)",
        "[cite](<../bibliography.md#ostby2017gates>)",
        "(<https://example.org/sample/book/edit/main/notes/papers/gates.md>)",
    ):
        assert address in GATES


def test_a_long_list_of_authors_names_the_first_and_says_how_many_follow() -> None:
    assert (
        "\nAda Kim, B. Two, C. Three and 10 others\N{NO-BREAK SPACE}· 2021\N{NO-BREAK SPACE}· arXiv\n" in WIDE
    )
