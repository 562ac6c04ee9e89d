"""Edits at random that put faults into a small book, and take them out again."""

from __future__ import annotations

import random
import re
from pathlib import Path

from commonplace.answers import Answer
from commonplace.demo import Finding, Run
from commonplace.demo_code import read_code
from commonplace.demo_runs import keep_run
from commonplace.lock_file import LOCK_FILE, lock_text
from commonplace.model import Source
from edits import Edit
from sample_books import TODAY

_FRONT = "---\n"
_WORKS = 5
_CHECK = 'def {}() -> str:\n    """It works (§1)."""\n    return "so"\n'
_UNNAMED = "2101.00222"
"""An arXiv id that the registries answered on, and that no entry of the book names."""


def write_loose_book(root: Path) -> None:
    """A book in which nothing hangs together, so that a tie more or less can be told everywhere."""
    for folder in ("papers", "topics"):
        (root / "notes" / folder).mkdir(parents=True)
    entries = (f"@misc{{key{number},\n  title = {{Work {number}}},\n}}\n" for number in range(_WORKS + 2))
    (root / "refs.bib").write_text("\n".join(entries), encoding="utf-8")
    (root / "notes/topics/topic-1.md").write_text("---\ntitle: A topic\n---\nText.\n", encoding="utf-8")
    for number in range(_WORKS):
        text = f"---\nref: key{number}\n---\nText.\n\n## Idea\n\nMore.\n\n## Claims\n"
        (root / f"notes/papers/work-{number}.md").write_text(text, encoding="utf-8")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _paper(root: Path, chance: random.Random) -> Path:
    return chance.choice(sorted((root / "notes/papers").glob("*.md")))


def _replaced(path: Path, old: str, new: str) -> None:
    path.write_text(_text(path).replace(old, new, 1), encoding="utf-8")


def _said(words: str) -> Edit:
    """The edit that puts words behind the body of some note; where they stand already, takes them away."""

    def edit(root: Path, chance: random.Random) -> None:
        path = _paper(root, chance)
        line = f"{words}\n".replace("N", str(chance.randrange(_WORKS)))
        text = _text(path)
        path.write_text(text.replace(line, "") if line in text else f"{text}{line}", encoding="utf-8")

    edit.__name__ = f"said {words}"
    return edit


def _told(line: str) -> Edit:
    """The edit that puts a line into some front matter; where it stands already, takes it away."""

    def edit(root: Path, chance: random.Random) -> None:
        path = _paper(root, chance)
        text, told = _text(path), f"{line}\n"
        if told in text:
            path.write_text(text.replace(told, "", 1), encoding="utf-8")
        elif text.startswith(_FRONT):
            path.write_text(text.replace(_FRONT, f"{_FRONT}{told}", 1), encoding="utf-8")

    edit.__name__ = f"told {line}"
    return edit


def _heading_gone(root: Path, chance: random.Random) -> None:
    path = _paper(root, chance)
    old, new = ("## Idea", "## Thought") if "## Idea" in _text(path) else ("## Thought", "## Idea")
    _replaced(path, old, new)


def _about_another(root: Path, chance: random.Random) -> None:
    """The note is about another work, and nothing in it moves."""
    path = _paper(root, chance)
    was = re.search(r"^ref: key\d$", _text(path), re.MULTILINE)
    if was:
        _replaced(path, was[0], f"ref: key{chance.randrange(_WORKS)}")


def _front_gone(root: Path, chance: random.Random) -> None:
    path = _paper(root, chance)
    text = _text(path)
    if text.startswith(_FRONT):
        path.write_text(text.replace("\n---\n", "\n", 1), encoding="utf-8")


def _lines_moved(root: Path, chance: random.Random) -> None:
    """The body begins a line later, with what is wrong in it."""
    _replaced(_paper(root, chance), "\n---\n", "\n---\n\n")


def _no_text(root: Path, chance: random.Random) -> None:
    (root / "notes/latin.md").write_bytes(b"\xe9")


def _text_again(root: Path, chance: random.Random) -> None:
    (root / "notes/latin.md").unlink(missing_ok=True)


def _picture(root: Path, chance: random.Random) -> None:
    path = root / f"notes/papers/picture{chance.randrange(_WORKS)}.png"
    if path.exists():
        path.unlink()
    else:
        path.write_bytes(b"")


def _demo(root: Path, chance: random.Random) -> None:
    """A demo less, or one more."""
    path = root / f"notes/papers/work-{chance.randrange(_WORKS)}.py"
    if path.exists():
        path.unlink()
    else:
        path.write_text(_CHECK.format("it_works"), encoding="utf-8")


def _demo_otherwise(root: Path, chance: random.Random) -> None:
    """A demo gets a check more, or becomes known to come to something else."""
    for path in sorted((root / "notes/papers").glob("*.py")):
        if chance.random() < 0.3:
            path.write_text(_text(path) + _CHECK.format("it_fails"), encoding="utf-8")
        found = Finding("it_works", chance.random() < 0.5, "so", 0.1, chance.choice([1, 3]))
        keep_run(root, read_code(Source(path.relative_to(root).as_posix(), _text(path))), Run((found,)))


def _topic_twice(root: Path, chance: random.Random) -> None:
    (root / "notes/topics/more").mkdir(exist_ok=True)
    (root / "notes/topics/more/topic-1.md").write_text("---\ntitle: Twice\n---\nText.\n", encoding="utf-8")


def _entry(line: str) -> Edit:
    """The edit that puts a line above the fields of some entry; where it stands already, takes it away."""

    def edit(root: Path, chance: random.Random) -> None:
        path = root / "refs.bib"
        key, text, told = f"{{key{chance.randrange(_WORKS)},\n", _text(path), f"  {line}\n"
        changed = text.replace(told, "") if told in text else text.replace(key, f"{key}{told}", 1)
        path.write_text(changed, encoding="utf-8")

    edit.__name__ = f"entry {line}"
    return edit


def _answers(root: Path, chance: random.Random) -> None:
    """The registries answered on the id that entries and notes may come to name, or never did."""
    told = Answer(f"arXiv:{_UNNAMED}", "arxiv", TODAY, chance.random() < 0.8, f"Work {chance.randrange(12)}")
    text = lock_text({told.identifier: told}) if chance.random() < 0.8 else "{"
    (root / LOCK_FILE).write_text(text, encoding="utf-8")


def _settings(root: Path, chance: random.Random) -> None:
    level = chance.choice(["off", "hint", "error"])
    text = f'[tool.commonplace.severity]\nunknown-citation = "{level}"\n'
    (root / "pyproject.toml").write_text(text, encoding="utf-8")


WORDS: tuple[Edit, ...] = (
    _said("It is so."),
    _said("A broken $\\frac{x$ formula, and [a link](http://arxiv.org/abs/9999.1)."),
    _said("The **unsafe** <script>tag</script> {onclick=x}."),
    _said(f"Another paper, {_UNNAMED}, says so."),
    _said("- It claims. [@keyN]"),
    _said("<!-- commonplace: allow broken-formula because it is to come -->"),
    _said("<!-- commonplace: allow no-such-rule because -->"),
    _said("<!-- commonplace: allow newer-version because it is old -->"),
    _said("![](https://example.org/x.png)"),
    _lines_moved,
)
"""Edits that leave anchors and ties as they are, mostly."""

TIES: tuple[Edit, ...] = (
    _said("Cited [@keyN]."),
    _said("Linked [[work-N]]."),
    _said("Linked [[WORK N]]."),
    _said("Linked [there](work-N.md)."),
    _said("See [[work-N#idea]]."),
    _said("See [there](work-N.md#thought)."),
    _said("See [there](work-N.md#heading-N)."),
    _said('<p id="heading-N">Named.</p>'),
    _said("![A picture](pictureN.png)"),
    _heading_gone,
    _about_another,
    _picture,
    _demo,
    _demo_otherwise,
    _demo_otherwise,
    _said("- It works. [@keyN, §1] {check=it_works}"),
    _said("- It works. [@keyN, §1] {check=it_fails}"),
    _told("# A line more."),
    _told("aliases: [work-4]"),
)
"""Edits after which something is tied to another place that was not, or no longer."""

SICK: tuple[Edit, ...] = (
    _said("Cited [@nobodyN, §2], [@keyN] and [@key1N]."),
    _said("Linked [[Work N#thought|so]], [[nothing N]] and [[alias N]]."),
    _said("Linked [here](#idea) and [nowhere](work-N.html)."),
    _told("title: Work 4"),
    _told("topics: [topic-1, topic-9]"),
    _told("read: v1"),
    _told("code: nowhere"),
    _told("status: stub"),
    _told("unknown: field"),
    _told("# commonplace: allow unknown-topic because it is to come"),
    _told("facts: {trains: $\\x$ [@nobody], unshown: more}"),
    _front_gone,
    _no_text,
    _text_again,
    _topic_twice,
    _entry("eprint = {2101.00222},"),
    _entry("url = {http://arxiv.org/abs/2101.99999v3},"),
    _entry("doi = {nothing},"),
    _entry("title = {A $\\broken$ title},"),
    _entry("% commonplace: allow missing-field because nobody knows"),
    _entry("@misc{"),
    _answers,
    _settings,
)
"""Faults of every room of the rules, in notes, in the registry and beside them."""
