"""Edits at random to a small book, of every kind that people make: what a rebuild has to see."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

_WORDS = ("rank", "weight", "layer", "token", "gradient", "attention", "memory", "noise", "step", "encoder")

Edit = Callable[[Path, random.Random], None]


def write_small_book(root: Path, works: int = 12) -> None:
    """A book in which everything hangs together: citations, wikilinks, relations, topics, a path."""
    chance = random.Random(7)  # noqa: S311 - a book, no secret
    for folder in ("papers", "topics", "paths"):
        (root / "notes" / folder).mkdir(parents=True)
    (root / "notes" / "index.md").write_text("---\ntitle: A book\n---\nSmall.\n", encoding="utf-8")
    entries = "\n".join(_entry(number, f"Work {number}") for number in range(works))
    (root / "refs.bib").write_text(f"@string{{letters = {{Letters}}}}\n{entries}", encoding="utf-8")
    for number in range(works):
        _paper(root, number).write_text(_note(number, works, chance), encoding="utf-8")
    for topic in range(3):
        front = f"title: Topic {topic}\ncompare:\n  trains: What\nreading:\n  work-{topic}: first"
        text = f"---\n{front}\n---\nText.\n"
        (root / f"notes/topics/topic-{topic}.md").write_text(text, encoding="utf-8")
    steps = "".join(f"  work-{n}: because [[work-{n + 1}]] follows\n" for n in (1, 4, 7))
    (root / "notes/paths/path.md").write_text(
        f"---\ntitle: A path\nsteps:\n{steps}---\nGo.\n", encoding="utf-8"
    )


def _entry(number: int, title: str) -> str:
    fields = {"author": f"Doe, Ann and Roe, P{number}", "title": title, "year": f"20{10 + number % 9}"}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    if number % 4 == 0:
        lines += "  journal = letters,\n"
    return f"@misc{{key{number},\n{lines}}}\n"


def _paper(root: Path, number: int) -> Path:
    return root / f"notes/papers/work-{number}.md"


def _note(number: int, works: int, chance: random.Random) -> str:
    relation = f"relations:\n  builds-on: [key{number - 1}]\n" if number else ""
    front = (
        f"ref: key{number}\nname: work {number}\ntopics: [topic-{number % 3}]\naliases: [alias {number}]\n"
    )
    text = " ".join(_sentence(works, chance) for _ in range(3))
    claim = f"## Claims\n- It {chance.choice(_WORDS)}s. [@key{number}, §1]\n"
    facts = f"facts:\n  trains: {chance.choice(_WORDS)}\n"
    return f"---\n{front}{relation}{facts}---\n{text}\n\n## Idea\n{text}\n\n{claim}"


def _sentence(works: int, chance: random.Random) -> str:
    other = chance.randrange(works)
    meant = chance.choice([f"[@key{other}]", f"[[work-{other}]]", f"[[alias {other}]]", "$x_1$", "more"])
    return f"The {chance.choice(_WORDS)} {meant} holds."


def _any(root: Path, chance: random.Random, folder: str = "papers") -> Path:
    return chance.choice(sorted((root / "notes" / folder).glob("*.md")))


def _changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _body(root: Path, chance: random.Random) -> None:
    _changed(_any(root, chance), "## Idea\n", f"## Idea\n{_sentence(14, chance)} ")


def _heading(root: Path, chance: random.Random) -> None:
    _changed(_any(root, chance), "## Claims", f"## On {chance.choice(_WORDS)}\nText.\n\n## Claims")


def _name(root: Path, chance: random.Random) -> None:
    _changed(_any(root, chance), "\nname: ", f"\nname: {chance.choice(_WORDS)} ")


def _alias(root: Path, chance: random.Random) -> None:
    _changed(_any(root, chance), "aliases: [", f"aliases: [alias {chance.randrange(16)}, ")


def _topic_of(root: Path, chance: random.Random) -> None:
    _changed(_any(root, chance), "topics: [", f"topics: [topic-{chance.randrange(4)}, ")


def _fact(root: Path, chance: random.Random) -> None:
    _changed(
        _any(root, chance),
        "  trains: ",
        f"  trains: {chance.choice(_WORDS)} [[work-{chance.randrange(14)}]] ",
    )


def _relation(root: Path, chance: random.Random) -> None:
    _changed(_any(root, chance), "relations:\n", f"relations:\n  uses: [key{chance.randrange(14)}]\n")


def _claim(root: Path, chance: random.Random) -> None:
    path = _any(root, chance)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"{text}- It {chance.choice(_WORDS)}s too. [@key1, §2] {{unverified}}\n", encoding="utf-8"
    )


def _status(root: Path, chance: random.Random) -> None:
    path = _any(root, chance)
    if "status: stub" not in path.read_text(encoding="utf-8"):
        _changed(path, "\ntopics:", "\nstatus: stub\ntopics:")


def _topic(root: Path, chance: random.Random) -> None:
    _changed(_any(root, chance, "topics"), "title: ", f"title: {chance.choice(_WORDS)} ")


def _reading(root: Path, chance: random.Random) -> None:
    line = f"reading:\n  work-{chance.randrange(14)}: {_sentence(14, chance)}\n"
    path = _any(root, chance, "topics")
    text = path.read_text(encoding="utf-8")
    if line.split(":")[1] not in text:
        path.write_text(text.replace("reading:\n", line, 1), encoding="utf-8")


def _step(root: Path, chance: random.Random) -> None:
    slug = f"work-{chance.randrange(14)}"
    path = _any(root, chance, "paths")
    text = path.read_text(encoding="utf-8")
    if f"  {slug}:" not in text:
        path.write_text(text.replace("steps:\n", f"steps:\n  {slug}: now\n", 1), encoding="utf-8")


def _title(root: Path, chance: random.Random) -> None:
    _changed(root / "refs.bib", f"{{Work {chance.randrange(12)}", f"{{Renamed {chance.choice(_WORDS)}")


def _abbreviation(root: Path, chance: random.Random) -> None:
    _changed(root / "refs.bib", "letters = {", f"letters = {{{chance.choice(_WORDS).title()} ")


def _year(root: Path, chance: random.Random) -> None:
    _changed(root / "refs.bib", f"year = {{201{chance.randrange(9)}}}", "year = {2009}")


def _entry_more(root: Path, chance: random.Random) -> None:
    number = chance.randrange(12, 16)
    text = (root / "refs.bib").read_text(encoding="utf-8")
    if f"{{key{number}," not in text:
        (root / "refs.bib").write_text(text + "\n" + _entry(number, f"Later {number}"), encoding="utf-8")


def _entry_less(root: Path, chance: random.Random) -> None:
    text = (root / "refs.bib").read_text(encoding="utf-8")
    entries = text.split("\n@")
    if len(entries) > 8:
        entries.pop(chance.randrange(1, len(entries)))
        (root / "refs.bib").write_text("\n@".join(entries), encoding="utf-8")


def _add(root: Path, chance: random.Random) -> None:
    number = chance.randrange(12, 20)
    _paper(root, number).write_text(_note(number, 16, chance), encoding="utf-8")


def _delete(root: Path, chance: random.Random) -> None:
    if len(list((root / "notes/papers").glob("*.md"))) > 8:
        _any(root, chance).unlink()


def _rename(root: Path, chance: random.Random) -> None:
    path = _any(root, chance)
    target = path.with_name(f"moved-{chance.randrange(5)}.md")
    if not target.exists():
        shutil.move(path, target)


def _page(root: Path, chance: random.Random) -> None:
    (root / "notes/about.md").write_text(
        f"---\ntitle: About\n---\n{_sentence(14, chance)}\n", encoding="utf-8"
    )


EDITS: tuple[Edit, ...] = (
    _body,
    _heading,
    _name,
    _alias,
    _topic_of,
    _fact,
    _relation,
    _claim,
    _status,
    _topic,
    _reading,
    _step,
    _title,
    _year,
    _abbreviation,
    _entry_more,
    _entry_less,
    _add,
    _delete,
    _rename,
    _page,
)
