"""Writes a new note: the front matter that is known already, and the sections that are to be filled."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence

from commonplace.contribute.one_line import one_line
from commonplace.fmt.canonical_front_matter import canonical_front_matter

Fields = Mapping[str, str | Sequence[str]]
"""What the front matter says beyond `ref`; empty fields are left out."""

_PLAIN = re.compile(r"[^\W\d_][\w .+/-]*[\w.+]|[^\W\d_]")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_NOTHING = ('""', "[]")
_SECTIONS = """\
<!-- Why would I read this? One paragraph, without a heading before it. -->

## Idea

<!-- What is new, in plain words. -->

## Method

<!-- How it works, with its equations; define every symbol. -->

## What it shows

<!-- Exact numbers, each with its place: [@{key}, Table 2]. -->

## What it does not show

## What came of it

## Claims

<!-- Three to six list items, each a statement that can be checked and ends with its place: [@{key}, §4.1] -->
"""


def note_to_fill(key: str, fields: Fields, added: dt.date) -> str:
    """A note on the work with this key, with a section for each thing that a note should say."""
    return stub(key, fields, added) + _SECTIONS.format(key=key)


def stub(key: str, fields: Fields, added: dt.date) -> str:
    """A note on the work with this key that says nothing of it yet."""
    said = {name: _value(value) for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in said.items() if value not in _NOTHING]
    front = [f"ref: {key}", *lines, "status: stub", f"added: {added.isoformat()}"]
    return canonical_front_matter("\n".join(["---", *front, "---", ""]))


def _value(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return _scalar(value)
    return f"[{', '.join(map(_scalar, value))}]"


def _scalar(text: str) -> str:
    line = one_line(text)
    # Text in JSON's quotes is YAML's too.
    plain = _PLAIN.fullmatch(line) and line.casefold() not in _WORDS_OF_YAML
    return line if plain else json.dumps(line, ensure_ascii=False)
