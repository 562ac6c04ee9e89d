"""The demo in the page of its note: the figure, what each check found, and the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import basename

from commonplace.demo import Check, Demo, Drawing, Finding, Run
from commonplace.generated import DEMO, check_anchor
from commonplace.library import Library
from commonplace.model import Note
from commonplace.notes import NOTES
from commonplace.pages import markdown

_WIDTH, _HEIGHT = 640, 360
_CODE = "demo-code"
_FENCES = re.compile("`{3,}")


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A figure as a file of the site; `path` counts from its root."""

    path: str
    svg: str


def picture_files(library: Library) -> Iterator[PictureFile]:
    """The figures of all demos that lie beside notes on works, each in both schemes."""
    for work in library.works:
        demo, run = library.demos.get(work.path), library.runs.get(work.path)
        if demo and run and run.picture:
            yield PictureFile(_picture(demo, "light"), run.picture.light)
            yield PictureFile(_picture(demo, "dark"), run.picture.dark)


def _picture(demo: Demo, scheme: str) -> str:
    return f"{demo.path.removeprefix(f'{NOTES}/').removesuffix('.py')}-{scheme}.svg"


def demo_section(library: Library, note: Note) -> str:
    """The section "Demo"; empty where the note has none."""
    demo = library.demos.get(note.path)
    if not demo:
        return ""
    run = library.runs.get(note.path, Run())
    lines = [_check(check, run.finding(check.name)) for check in demo.checks]
    return markdown.sections(
        f"## Demo {{#{DEMO}}}",
        _figure(demo, demo.drawing) if demo.drawing and run.picture else "",
        _fault(run),
        markdown.block(markdown.items(lines), "checks") if lines else "",
        _code(demo),
    )


def _figure(demo: Demo, drawing: Drawing) -> str:
    pictures = [_image(demo, drawing, scheme) for scheme in ("light", "dark")]
    caption = f"<figcaption>{markdown.escape(drawing.caption)}</figcaption>"
    return "\n".join(['<figure class="drawing">', *pictures, caption, "</figure>"])


def _image(demo: Demo, drawing: Drawing, scheme: str) -> str:
    alt = markdown.escape(drawing.alt or drawing.caption)
    size = f'width="{_WIDTH}" height="{_HEIGHT}" loading="lazy"'
    return f'<img class="{scheme}" alt="{alt}" src="{basename(_picture(demo, scheme))}" {size}>'


def _fault(run: Run) -> str:
    if not run.fault:
        return ""
    words = f"It could not be run to its end. Line {run.fault.line}: {markdown.escape(run.fault.message)}"
    return markdown.block(words, "failing")


def _check(check: Check, finding: Finding | None) -> str:
    """What a check shows, what it found, and where its code stands."""
    code = markdown.link(markdown.escape(check.name), f"#{_CODE}")
    name = f'<span id="{check_anchor(check.name)}">{code}</span>'
    took = markdown.dotted([name, duration(finding.seconds) if finding else "not run"])
    shown = markdown.escape(check.sentence)
    return f'{_sign(finding)} {shown} {_found(finding)} <span class="place">{took}</span>'


def _sign(finding: Finding | None) -> str:
    if not finding:
        return "·"
    return "✓" if finding.passed else '<span class="failing">✗</span>'


def _found(finding: Finding | None) -> str:
    if not finding:
        return ""
    said = markdown.escape(finding.said)
    if finding.passed:
        return f'<span class="found">{said}</span>'
    return f'<span class="found failing">fails in line {finding.line}: {said}</span>'


def duration(seconds: float) -> str:
    """A time as people care for it."""
    return f"{seconds:.2f} s" if seconds >= 0.01 else "under 0.01 s"


def _code(demo: Demo) -> str:
    """The code, folded; a link into what is folded opens it."""
    fence = "`" * max([3, *(len(run) + 1 for run in _FENCES.findall(demo.source.text))])
    return "\n".join(
        [
            '<details class="code" markdown="1">',
            f"<summary>The code: {markdown.code(demo.path)}</summary>",
            "",
            f'<div id="{_CODE}" markdown="1">',
            "",
            f"{fence}python\n{demo.source.text.rstrip()}\n{fence}",
            "",
            "</div>",
            "",
            "</details>",
        ]
    )
