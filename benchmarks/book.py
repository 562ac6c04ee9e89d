"""Makes libraries of any size for benchmarks: made-up notes with what real ones hold, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SEED = 20261121
_NOTES_A_TOPIC = 50
_TEXT = (
    "a the of to in and is for with that each model weight matrix layer token gradient attention rank "
    "training inference memory update loss data scale adapter prompt encoder decoder sampling noise step "
    "paper method result shows keeps learns needs holds grows falls beats matches freezes adds once twice "
    "small large low high first last same other frozen trained pretrained quantized sparse dense linear"
)
_WORDS = _TEXT.split()
_FORMULAS = (
    r"$h = W_0 x + \frac{\alpha}{r} B A x$",
    r"$W_0 \in \mathbb{R}^{d \times k}$",
    r"$r \ll \min(d, k)$",
    r"$\sum_{i=1}^{n} \exp(q_i^\top k_j / \sqrt{d})$",
    r"$\mathcal{L}(\theta)$",
)
_DISPLAY = "$$\n\\operatorname{softmax}\\left(\\frac{Q K^\\top}{\\sqrt{d_k}}\\right) V\n$$"
_CODE = "```python\nscores = queries @ keys.T  # not a citation: [@nobody], no formula: $x$\n```"
_SECTIONS = ("Idea", "Method", "What it shows", "What it does not show", "What came of it")


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
    def year(self) -> int:
        return 2015 + self.number % 11

    @property
    def arxiv(self) -> str:
        return f"{self.year % 100:02}{1 + self.number // 11 % 12:02}.{1 + self.number:05}"

    @property
    def topic(self) -> str:
        return f"topic-{self.number // _NOTES_A_TOPIC}"


def write_book(root: Path, notes: int) -> None:
    """Writes a library of `notes` notes on works, with their registry and topics, below `root`."""
    chance = random.Random(_SEED)  # noqa: S311 - a book, no secret
    works = [_Work(number) for number in range(notes)]
    for folder in ("papers", "topics"):
        (root / "notes" / folder).mkdir(parents=True)
    (root / "refs.bib").write_text(
        "\n".join(map(_entry, sorted(works, key=lambda work: work.key))), encoding="utf-8"
    )
    for work in works:
        path = root / "notes" / "papers" / f"{work.slug}.md"
        path.write_text(_note(work, works, chance), encoding="utf-8")
    for topic in sorted({work.topic for work in works}):
        columns = "compare:\n  trains: What is trained\n  merges: Whether it merges\n"
        text = f"---\ntitle: All of {topic}\n{columns}---\n{_paragraph(works, chance)}\n"
        (root / "notes" / "topics" / f"{topic}.md").write_text(text, encoding="utf-8")


def _entry(work: _Work) -> str:
    fields = {
        "author": f"Author, Ann and Writer, Will and Person{work.number}, Pat",
        "title": f"{{Work}} {work.number}: On the Rank of Attention",
        "year": str(work.year),
        "eprint": work.arxiv,
        "archiveprefix": "arXiv",
        "primaryclass": "cs.LG",
        "url": f"https://arxiv.org/abs/{work.arxiv}",
    }
    lines = "".join(f"  {name:<13} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{work.key},\n{lines}}}\n"


def _note(work: _Work, works: list[_Work], chance: random.Random) -> str:
    return "\n".join([*_front_matter(work, works, chance), *_body(works, chance), *_claims(work, chance)])


def _front_matter(work: _Work, works: list[_Work], chance: random.Random) -> Iterator[str]:
    yield f"---\nref: {work.key}\ntopics: [{work.topic}]"
    yield f"aliases: [the work of number {work.number}]\nadded: 2026-11-{1 + work.number % 20:02}"
    earlier = [other for other in chance.sample(works, min(3, len(works))) if other.year < work.year]
    if earlier:
        yield f"relations:\n  builds-on: [{', '.join(other.key for other in earlier)}]"
    yield f"facts:\n  trains: {chance.choice(_WORDS)} factors\n  merges: yes\n---"


def _body(works: list[_Work], chance: random.Random) -> Iterator[str]:
    yield f"{_paragraph(works, chance)}\n"
    for section in _SECTIONS:
        yield f"## {section}"
        for _ in range(chance.randint(1, 2)):
            yield f"{_paragraph(works, chance)}\n"
        yield f"{chance.choice((_DISPLAY, _CODE))}\n"


def _paragraph(works: list[_Work], chance: random.Random) -> str:
    return " ".join(_sentence(works, chance) for _ in range(chance.randint(3, 5)))


def _sentence(works: list[_Work], chance: random.Random) -> str:
    words = chance.choices(_WORDS, k=chance.randint(10, 22))
    other = chance.choice(works)
    meant = (
        chance.choice(_FORMULAS),
        f"[[{other.slug}|{' '.join(chance.choices(_WORDS, k=2))}]]",
        f"*{chance.choice(_WORDS)}*",
    )
    words.insert(chance.randrange(len(words)), chance.choice(meant))
    end = f" [@{other.key}, §{chance.randint(1, 7)}]" if chance.random() < 0.5 else ""
    return f"It {' '.join(words)}{end}."


def _claims(work: _Work, chance: random.Random) -> Iterator[str]:
    yield "## Claims"
    for number in range(1, 5):
        words = " ".join(chance.choices(_WORDS, k=14))
        yield f"- It {words}, by {chance.choice(_FORMULAS)}. [@{work.key}, Table {number}]"
    yield ""
