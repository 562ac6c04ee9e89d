"""What a note's front matter is read as, sound or not."""

from __future__ import annotations

from commonplace.front_matter import read_front_matter
from commonplace.front_matter_yaml import read_yaml
from commonplace.model import FrontMatter, Kind, Source

PATH = "notes/papers/lora.md"


def front_matter(yaml: str) -> tuple[FrontMatter, list[str]]:
    """The front matter with these lines, and the place and rule of each fault, in order."""
    front, _, faults = read_front_matter(Source(PATH, f"---\n{yaml}\n---\nText.\n"), Kind.WORK)
    return front, [f"{fault.location} {fault.rule}" for fault in sorted(faults)]


def test_what_stands_before_a_fault_of_syntax_is_kept() -> None:
    front, faults = front_matter("ref: hu2021lora\ntopics: [peft]\naliases: [one, two")
    assert (front.ref, front.topics, front.aliases) == ("hu2021lora", ("peft",), ())
    assert faults == [f"{PATH}:5:1 broken-front-matter"]


def test_only_the_field_that_is_wrong_is_lost() -> None:
    front, faults = front_matter("ref: [hu2021lora]\ntopics: [peft]\nadded: soon")
    assert (front.ref, front.topics, front.added) == ("", ("peft",), None)
    assert faults == [f"{PATH}:2:1 broken-front-matter", f"{PATH}:4:1 broken-front-matter"]


def test_of_a_repeated_field_the_first_counts() -> None:
    front, faults = front_matter("ref: hu2021lora\nref: other")
    assert front.ref == "hu2021lora"
    assert faults == [f"{PATH}:3:1 broken-front-matter"]


def test_words_are_read_as_they_were_written() -> None:
    """YAML would make numbers, dates and truth values of them."""
    values, _, faults = read_yaml("a: yes\nb: 0x10\nc: 2026-11-21\nd: 1_000\ne: 'null'\nf: null\n", PATH)
    assert values == {"a": "yes", "b": "0x10", "c": "2026-11-21", "d": "1_000", "e": "null", "f": None}
    assert faults == []


def test_each_item_has_its_place() -> None:
    front, _ = front_matter("relations:\n  builds-on: [one, two]")
    assert [str(relation.location) for relation in front.relations] == [f"{PATH}:3:15", f"{PATH}:3:20"]


def test_the_steps_of_a_path_keep_their_order_and_their_places() -> None:
    text = "---\ntitle: A way\nsteps:\n  lora: first\n  bert: then\n---\nText.\n"
    front, _, faults = read_front_matter(Source("notes/paths/way.md", text), Kind.PATH)
    assert list(front.steps.items()) == [("lora", "first"), ("bert", "then")]
    assert str(front.place("steps", "bert")) == "notes/paths/way.md:5:3"
    assert faults == ()


def test_an_alias_is_refused_where_it_stands() -> None:
    """It could stand for any number of copies of what it names."""
    _, faults = front_matter("aliases: &all [one, two]\nfacts: {a: *all}")
    assert faults == [f"{PATH}:3:12 broken-front-matter"]
