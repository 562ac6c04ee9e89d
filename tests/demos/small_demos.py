"""Small demos without NumPy, and libraries that hold them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from commonplace.demo import Demo, Run
from commonplace.demo_code import read_code
from commonplace.demo_settings import DemoSettings
from commonplace.demos.running import runs
from commonplace.library import Library
from commonplace.model import Source
from sample_books import written

SHOW = '\n\nif __name__ == "__main__":\n    from commonplace.demos import show\n\n    show(__file__)\n'
REGISTRY = (
    "@misc{doe2021works, title = {On works}, author = {Doe, J.}, year = {2021}, url = {https://a.example}}\n"
)


def check(body: str, name: str = "it_works") -> str:
    """A check with this body."""
    lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    return f'def {name}() -> str:\n    """It works (§1)."""\n{lines}\n'


def demo(code: str, path: str = "notes/papers/works.py") -> Demo:
    """The demo of this code, read."""
    return read_code(Source(path, code))


def ran(code: str, seconds: float = 20.0, gigabytes: float = 2.0) -> Run:
    """What running a demo of this code comes to."""
    [(_, run)] = runs([demo(code)], DemoSettings(seconds, gigabytes))
    return run


def library(root: Path, demos: Mapping[str, str], claims: Mapping[str, str] | None = None) -> Library:
    """A library with a note beside each demo, by name; `claims` are the lists of claims of their notes."""
    files = {"refs.bib": "", "notes/topics/field.md": "---\ntitle: The field\n---\nWhat it is about.\n"}
    for path, text in _files(demos, claims or {}):
        files[path] = files.get(path, "") + text
    return written(root, files)


def _files(demos: Mapping[str, str], claims: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, code in demos.items():
        key = f"doe2021{name}"
        listed = claims.get(name, f"- It works. [@{key}, §1] {{check=it_works}}\n")
        yield "refs.bib", REGISTRY.replace("doe2021works", key).replace("On works", f"On {name}")
        yield f"notes/papers/{name}.md", f"---\nref: {key}\ntopics: [field]\n---\nWhy.\n\n## Claims\n{listed}"
        yield f"notes/papers/{name}.py", code + SHOW
