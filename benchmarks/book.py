"""Makes libraries of any size for benchmarks: made-up notes with what real ones hold, the same each time."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from language import Language

_SEED = 20261121
_NOTES_A_TOPIC = 50
_WORDS = 60_000
_FORMULAS = (
    r"$h = W_{#} x + \frac{\alpha}{r} B A x$",
    r"$W_{#} \in \mathbb{R}^{d \times k}$",
    r"$r \ll \min(d, k_{#})$",
    r"$\sum_{i=1}^{n} \exp(q_i^\top k_{#} / \sqrt{d})$",
    r"$\mathcal{L}(\theta)$",
)
_DISPLAY = "$$\n\\operatorname{softmax}\\left(\\frac{Q K^\\top}{\\sqrt{d_{#}}}\\right) V\n$$"
_CODE = "```python\nscores = queries @ keys.T  # not a citation: [@nobody], no formula: $x$\n```"
_NUMBERS = 500
"""Of which a formula holds one in the place of `#`: as in real notes, few formulas are the same."""
_SECTIONS = ("Idea", "Method", "What it shows", "What it does not show", "What came of it")
_PRINTED_EACH = 3
"""Of as many works one is of a conference; the others are preprints, whose year their identifiers tell."""
_PRINTED = {"booktitle": "Proceedings of the Conference on Ranks", "publisher": "Society of Ranks"}
_YEARS = 11
_NOT_WORDS = re.compile(r"\[.*?\]|\$.*?\$|\*.*?\*")
_LONG_AGO = 1_700_000_000
"""A time at which the files were last changed: seconds ago, they would be an edit."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A made-up paper: its place in the row, from which everything else follows."""

    number: int

    @property
    def key(self) -> str:
        return f"author{self.year}work{self.number}"

    @property
    def slug(self) -> str:
        return f"work-{self.number}"

    @property
    def name(self) -> str:
        return f"Method {self.number}"

    @property
    def path(self) -> str:
        return f"notes/papers/{self.slug}.md"

    @property
    def year(self) -> int:
        return 2015 + self.number % _YEARS

    @property
    def is_printed(self) -> bool:
        return self.number % _PRINTED_EACH == 0

    @property
    def arxiv(self) -> str:
        return f"{self.year % 100:02}{1 + self.number // _YEARS % 12:02}.{1 + self.number:05}"

    @property
    def topic(self) -> str:
        return f"topic-{self.number // _NOTES_A_TOPIC}"


def write_book(root: Path, notes: int) -> None:
    """Writes a library of `notes` notes on works, with their registry and topics, below `root`."""
    works = [_Work(number) for number in range(notes)]
    texts = {"refs.bib": "\n".join(map(_entry, sorted(works, key=lambda work: work.key)))}
    writer = _Writer(works)
    texts |= {work.path: writer.note(work) for work in works}
    texts |= {f"notes/topics/{topic}.md": writer.topic(topic) for topic in sorted({w.topic for w in works})}
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (_LONG_AGO, _LONG_AGO))


def some_note(notes: int) -> int:
    """The number of a note, among as many, whose work was printed in the first of the years."""
    return notes // 3 // (_YEARS * _PRINTED_EACH) * _YEARS * _PRINTED_EACH


def edit_body(root: Path, number: int, word: str) -> None:
    """Puts another word in the place of the first one in the text of a note."""
    _edit(root / _Work(number).path, r"(?<=\n---\n)\w+", word)


def add_sentence(root: Path, number: int, words: str) -> None:
    """Begins the text of a note with a sentence more, so that every word of it stands further on."""
    _edit(root / _Work(number).path, r"(?<=\n---\n)(?=\w)", f"{words}. ")


def edit_name(root: Path, number: int, name: str) -> None:
    """Calls the work of a note by another name, by which the pages that cite it call it as well."""
    _edit(root / _Work(number).path, r"(?<=\nname: ).+", name)


def edit_year(root: Path, number: int, year: int) -> None:
    """Gives a work another year in the registry, 2015 being that of the work of `some_note`."""
    entry = rf"(@\w+\{{{_Work(number).key},[^@]+? year +=) \{{\d+"
    _edit(root / "refs.bib", entry, rf"\g<1> {{{year}")


def _edit(path: Path, pattern: str, replacement: str) -> None:
    text, done = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1)
    if not done:
        raise ValueError(f"{path} has no {pattern}")
    path.write_text(text, encoding="utf-8")


def address(number: int) -> str:
    """Where the page of a note lies in the site of whichever builder."""
    return f"papers/{_Work(number).slug}/"


def query(root: Path, number: int) -> str:
    """Two words by which a reader may remember the first paragraph of a note."""
    text = (root / _Work(number).path).read_text(encoding="utf-8").split("\n---\n")[1]
    words = re.findall(r"[a-z]+", _NOT_WORDS.sub("", text.split("\n\n")[0]))
    return " ".join(sorted(words, key=len)[-2:])


def registry(root: Path) -> dict[str, dict[str, str]]:
    """The fields of the works in the registry, by their keys, for tools that read no BibTeX."""
    entries = re.findall(r"@\w+\{(.+),\n((?:  .+\n)+)", (root / "refs.bib").read_text(encoding="utf-8"))
    return {key: dict(re.findall(r"(\w+) += \{(.+)\},", fields)) for key, fields in entries}


def _entry(work: _Work) -> str:
    fields = {
        "author": f"Author, Ann and Writer, Will and Person{work.number}, Pat",
        "title": f"{{Work}} {work.number}: On the Rank of Attention",
        "year": str(work.year),
        **(_PRINTED if work.is_printed else _preprinted(work)),
    }
    lines = "".join(f"  {name:<13} = {{{value}}},\n" for name, value in fields.items())
    return f"@{'inproceedings' if work.is_printed else 'misc'}{{{work.key},\n{lines}}}\n"


def _preprinted(work: _Work) -> dict[str, str]:
    return {
        "eprint": work.arxiv,
        "archiveprefix": "arXiv",
        "primaryclass": "cs.LG",
        "url": f"https://arxiv.org/abs/{work.arxiv}",
    }


class _Writer:
    """Writes notes on works, each of some six hundred words, that cite one another."""

    def __init__(self, works: list[_Work]) -> None:
        self._works = works
        self._chance = random.Random(_SEED)  # noqa: S311 - a book, no secret
        self._language = Language.of(_WORDS, self._chance)

    def note(self, work: _Work) -> str:
        """The note on a work."""
        return "\n".join([*self._front_matter(work), *self._body(), *self._claims(work)])

    def topic(self, slug: str) -> str:
        """The note on a topic."""
        columns = "compare:\n  trains: What is trained\n  merges: Whether it merges\n"
        return f"---\ntitle: All of {slug}\n{columns}---\n{self._paragraph()}\n"

    def _front_matter(self, work: _Work) -> Iterator[str]:
        yield f"---\nref: {work.key}\nname: {work.name}\ntopics: [{work.topic}]"
        yield f"aliases: [the work of number {work.number}]\nadded: 2026-11-{1 + work.number % 20:02}"
        others = self._chance.sample(self._works, min(3, len(self._works)))
        earlier = [other.key for other in others if other.year < work.year]
        if earlier:
            yield f"relations:\n  builds-on: [{', '.join(earlier)}]"
        yield f"facts:\n  trains: {self._words(1)} factors\n  merges: yes\n---"

    def _body(self) -> Iterator[str]:
        yield f"{self._paragraph()}\n"
        for section in _SECTIONS:
            yield f"## {section}"
            for _ in range(self._chance.randint(1, 2)):
                yield f"{self._paragraph()}\n"
            yield f"{self._one_of(_DISPLAY, _CODE)}\n"

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self._chance.randint(3, 5)))

    def _sentence(self) -> str:
        other = self._chance.choice(self._works)
        meant = self._one_of(
            self._one_of(*_FORMULAS),
            f"[[{other.slug}|{self._words(2)}]]",
            f"[[{other.slug}]]",
            f"*{self._words(1)}*",
        )
        before, after = (self._words(self._chance.randint(5, 11)) for _ in range(2))
        end = f" [@{other.key}, §{self._chance.randint(1, 7)}]" if self._chance.random() < 0.5 else ""
        return f"It {before} {meant} {after}{end}."

    def _claims(self, work: _Work) -> Iterator[str]:
        yield "## Claims"
        for number in range(1, 5):
            yield f"- It {self._words(14)}, by {self._one_of(*_FORMULAS)}. [@{work.key}, Table {number}]"
        yield ""

    def _words(self, count: int) -> str:
        return " ".join(self._language.some(count, self._chance))

    def _one_of(self, *texts: str) -> str:
        return self._chance.choice(texts).replace("{#}", f"{{{self._chance.randint(1, _NUMBERS)}}}")
