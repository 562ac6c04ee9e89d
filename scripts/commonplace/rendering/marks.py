"""Gives the engine's footnotes and task lists the form that pages show them in."""

from __future__ import annotations

import re
from collections import Counter

_REFERENCE = re.compile(
    r'<sup class="footnote-reference"><a href="#(?P<name>[^"]*)">(?P<label>\d+)</a></sup>'
)
_NOTE = re.compile(
    r'<div class="footnote-definition" id="(?P<name>[^"]*)">'
    r'<sup class="footnote-definition-label">(?P<label>\d+)</sup>'
)
_TASKS = {
    '<input disabled="" type="checkbox"/>\n': '<span class="task" title="to do">☐</span> ',
    '<input disabled="" type="checkbox" checked=""/>\n': '<span class="task" title="done">☑</span> ',
}


def footnoted(html: str) -> str:
    """The HTML with footnotes that have anchors of their own, and lead back to where they are named first."""
    if 'class="footnote-' not in html:
        return html
    named = Counter[str]()
    html = _REFERENCE.sub(lambda match: _reference(match, named), html)
    return _NOTE.sub(lambda match: _note(match, named), html)


def _reference(match: re.Match[str], named: Counter[str]) -> str:
    name = match["name"].replace(" ", "-")
    named[name] += 1
    anchor = f' id="footnote-from-{name}"' if named[name] == 1 else ""
    return f'<sup class="footnote-reference"{anchor}><a href="#footnote-{name}">{match["label"]}</a></sup>'


def _note(match: re.Match[str], named: Counter[str]) -> str:
    name, label = match["name"].replace(" ", "-"), match["label"]
    back = f'<a href="#footnote-from-{name}" title="Back to the text">{label}</a>' if named[name] else label
    opening = f'<div class="footnote-definition" id="footnote-{name}">'
    return f'{opening}<sup class="footnote-definition-label">{back}</sup>'


def tasks_marked(html: str) -> str:
    """The HTML with the boxes of task lists as signs: no reader can fill in a form here."""
    for box, sign in _TASKS.items():
        html = html.replace(box, sign)
    return html
