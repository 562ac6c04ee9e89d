"""One frame serves all pages of a folder, and none looks otherwise than if it had been framed for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import Template

from commonplace.pages import Page
from commonplace.rendering import render
from commonplace.site.frames import Frames
from commonplace.site.shell import Shell, open_shell
from sample_books import HEALTHY, HOSTILE, bound, loaded, pages_of

ADDRESSES = [None, "https://example.org/book/"]
A = Page("papers/a.md", "A", "# a\n\n## Idea of a\n")
B = Page("papers/b.md", "B & <b>", "# b\n\n## Idea of b\n\n## More\n")


def alone(shell: Shell, page: Page, monkeypatch: pytest.MonkeyPatch) -> str:
    """The document of a page, framed for itself."""
    with monkeypatch.context() as patch:
        patch.setattr(Frames, "framed", lambda *_: None)
        return shell.framed(page, render(page))


def themed(tmp_path: Path, main: str) -> Shell:
    """The shell of a book whose theme adds `main` to this project's."""
    root = bound(HEALTHY, tmp_path)
    theme = root / "theme"
    theme.mkdir()
    (theme / "main.html").write_text(main, encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("scripts/commonplace/theme", "theme"), encoding="utf-8")
    return open_shell(root)


@pytest.mark.parametrize("book", [HEALTHY, HOSTILE], ids=["healthy", "hostile"])
@pytest.mark.parametrize("address", ADDRESSES, ids=["nowhere", "published"])
def test_every_page_is_as_if_it_were_framed_for_itself(
    book: Path, address: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = open_shell(bound(book, tmp_path), address)
    for page in pages_of(loaded(tmp_path)).values():
        assert shell.framed(page, render(page)) == alone(shell, page, monkeypatch), page.path


@pytest.mark.parametrize(
    "page",
    [
        Page("papers/no-heading.md", "No heading", "Words."),
        Page("papers/no-title.md", "", "# Words"),
        Page("papers/naïve name.md", "A name that addresses escape", "# Words"),
        Page("papers/signs.md", 'The <b> & "title"', '# <b> & "words" {#a"b}', 'So <it> & "is".'),
        Page("papers/hidden.md", "Hidden", "# Words", settings={"hide": ["toc"]}),
        Page("papers/marks.md", "\0<content>&\0", "# \0<title>&\0 any-page-of-this-folder"),
        Page("papers/index.md", "Papers", "# Words"),
        Page("root.md", "In no folder", "# Words\n\n## More"),
    ],
    ids=lambda page: page.path,
)
@pytest.mark.parametrize("address", ADDRESSES, ids=["nowhere", "published"])
def test_so_is_a_page_that_is_like_no_other(
    page: Page, address: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = open_shell(bound(HEALTHY, tmp_path), address)
    assert shell.framed(page, render(page)) == alone(shell, page, monkeypatch)


@pytest.mark.parametrize(
    "block",
    [
        "{% if 'Idea of b' in page.content %}has it{% endif %}",
        "{% if page.title == 'A' %}is it{% endif %}",
        "{{ page.title | lower }}",
        "{{ page.content | striptags | truncate(20) }}",
        "{{ page.content | length }}",
        "{% for heading in page.toc %}{{ heading.title }}{% endfor %}",
        "{{ (page.toc | first).children | length }}",
        "{{ (page.toc | first).title }}",
        "{{ page.meta.title | e }}",
    ],
)
def test_a_theme_that_tells_pages_apart_gets_each_for_itself(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = f'{{% extends "base.html" %}}{{% block extrahead %}}<!--{block}-->{{% endblock %}}'
    shell = themed(tmp_path, main)
    shown = [shell.framed(page, render(page)) for page in (A, B)]
    assert shown == [alone(shell, page, monkeypatch) for page in (A, B)]
    assert len({re.findall("<!--(.*?)-->", document)[0] for document in shown}) == 2


def test_for_pages_of_a_folder_that_are_alike_the_theme_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, render_template = list[str | None](), Template.render

    def counted(template: Template, context: Mapping[str, object]) -> str:
        asked.append(template.name)
        return render_template(template, context)

    monkeypatch.setattr(Template, "render", counted)
    shell = open_shell(bound(HEALTHY, tmp_path))
    for page in (A, B):
        shell.framed(page, render(page))
    assert asked.count("main.html") == 1
