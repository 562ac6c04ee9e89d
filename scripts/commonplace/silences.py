"""Reads the inline words by which a rule may be broken at one place, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commonplace.model import Comment, Diagnostic, Location, Markup, Silence, Source
from commonplace.rules import catalogue, diagnose
from commonplace.suggestion import did_you_mean

_ALLOW = re.compile(
    r"commonplace:\s*+allow\s++(?P<rule>[\w-]*+)(?:\s++because\s++(?P<reason>.+))?", re.DOTALL
)
_LINE_COMMENT = re.compile(r"^[ \t]*[%#](?P<text>[ \t]*commonplace:[^\n]*)$", re.MULTILINE)

Silences = tuple[tuple[Silence, ...], tuple[Diagnostic, ...]]


def silences_in_note(source: Source, markup: Markup, body_start: int) -> Silences:
    """The silences of a note: `<!-- commonplace: allow RULE because REASON -->`; `# …` in front matter."""
    comments = [(token.span.start, token.text, token.span.end) for token in markup.of(Comment)]
    lines = [
        (m.start("text"), m["text"], m.end()) for m in _LINE_COMMENT.finditer(source.text, 0, body_start)
    ]
    return _silences(source, [*lines, *comments])


def silences_in_lines(source: Source) -> Silences:
    """The silences of the registry, `% commonplace: allow RULE because REASON`, and of code: `# …`."""
    return _silences(
        source, [(m.start("text"), m["text"], m.end()) for m in _LINE_COMMENT.finditer(source.text)]
    )


def blanked(bibtex: str) -> str:
    """BibTeX with spaces in place of silences, for inside an entry a parser takes them for fields."""
    return _LINE_COMMENT.sub(lambda match: " " * len(match[0]), bibtex)


def _silences(source: Source, comments: list[tuple[int, str, int]]) -> Silences:
    silences: list[Silence] = []
    faults: list[Diagnostic] = []
    for start, text, end in comments:
        if not (match := _ALLOW.fullmatch(text.strip())):
            continue
        where = source.at(start)
        rule, reason = match["rule"], match["reason"] or ""
        faults.extend(_faults(rule, reason, where))
        silences.append(Silence(source.path, _line(source, start, end), rule, reason, where))
    return tuple(silences), tuple(faults)


def _line(source: Source, start: int, end: int) -> int:
    """The line that a comment speaks of: its own where text stands beside it, else the next."""
    first = source.text.rfind("\n", 0, start) + 1
    last = source.text.find("\n", end)
    beside = source.text[first:start] + source.text[end : last if last >= 0 else len(source.text)]
    own = source.at(end - 1).line
    return own if beside.strip(" \t%#") else own + 1


def _faults(rule: str, reason: str, where: Location) -> Iterator[Diagnostic]:
    if rule not in catalogue():
        yield diagnose("broken-silence", where, f"no rule '{rule}'{did_you_mean(rule, catalogue())}")
    elif not reason:
        message = f"say why: <!-- commonplace: allow {rule} because … -->"
        yield diagnose("broken-silence", where, message)
