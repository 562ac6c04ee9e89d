"""The tools that make a site of the same notes: how each is set up, builds, serves, searches."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from book import edit_year, registry

import commonplace

ROOT = Path(__file__).parents[1]
_THEMES = Path(__file__).parent / "hugo"
_HOME = "---\ntitle: Made up\n---\nNotes that were made up, to be measured.\n"
_PLAIN_MKDOCS = """\
site_name: Notes
docs_dir: notes
theme:
  name: material
  font: false
  features: [navigation.prune]
nav:
  - Home: index.md
not_in_nav: |
  /papers/
  /topics/
plugins:
  - search
markdown_extensions: [attr_list, md_in_html, tables, footnotes, def_list, admonition, pymdownx.superfences,
  pymdownx.highlight, {toc: {permalink: true}}]
"""


class Builder(ABC):
    """A tool, on its own copy of a book below `root`."""

    name: str
    """As tables call it."""
    site: Path
    search_box = "input[name=q]"
    search_files: re.Pattern[str]
    """The addresses of the files that are loaded for the search alone."""
    reads_registry = True
    """Whether an edit of the registry changes the site."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @abstractmethod
    def version(self) -> str:
        """What was measured, with its version."""

    @abstractmethod
    def set_up(self) -> None:
        """Writes what the tool needs beside the notes."""

    @abstractmethod
    def command(self) -> list[str]:
        """Builds the site."""

    @abstractmethod
    def serving(self, port: int) -> list[str]:
        """Serves the notes that are being written."""

    def forget(self) -> None:
        """Leaves the notes alone: no site, nothing kept."""
        shutil.rmtree(self.site, ignore_errors=True)

    def edit_year(self, number: int, year: int) -> None:
        """Gives a work another year in the registry."""
        edit_year(self.root, number, year)


class Commonplace(Builder):
    """The project itself: checks, citations, backlinks, formulas, the index of the search."""

    name = "commonplace"
    search_files = re.compile(r"/pagefind/|/search-")

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.site = root / "site"

    def version(self) -> str:
        """The package, with the version of what renders its theme."""
        return f"commonplace {version('commonplace')}"

    def set_up(self) -> None:
        """The settings of this very site, with the theme where it lies."""
        theme = Path(commonplace.__file__).parent / "theme"
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        there = re.sub(r"(?<=custom_dir: ).+", theme.as_posix(), settings)
        (self.root / "mkdocs.yml").write_text(there, encoding="utf-8")
        (self.root / "pyproject.toml").write_text("[tool.commonplace]\n", encoding="utf-8")

    def command(self) -> list[str]:
        """The checks and the build, offline."""
        return [sys.executable, "-m", "commonplace", "build", "--offline"]

    def serving(self, port: int) -> list[str]:
        """The preview."""
        return [sys.executable, "-m", "commonplace", "serve", "--address", f"127.0.0.1:{port}"]

    def forget(self) -> None:
        """Forgets what was parsed as well."""
        super().forget()
        shutil.rmtree(self.root / ".cache", ignore_errors=True)


class MkDocs(Builder):
    """MkDocs with Material and its search; formulas and citations stay as they are written."""

    name = "mkdocs + material"
    search_box = "input[name=query]"
    search_files = re.compile(r"/search[./]")
    reads_registry = False

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.site = root / "site"

    def version(self) -> str:
        """Both."""
        return f"MkDocs {version('mkdocs')} with Material {version('mkdocs-material')}"

    def set_up(self) -> None:
        """The settings that cost least of those that keep the search."""
        (self.root / "mkdocs.yml").write_text(_PLAIN_MKDOCS, encoding="utf-8")

    def command(self) -> list[str]:
        """The whole site: it knows no other way that gives right pages."""
        return [sys.executable, "-m", "mkdocs", "build", "--quiet"]

    def serving(self, port: int) -> list[str]:
        """Its server; the option says what the default was meant to be."""
        return [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]


class Hugo(Builder):
    """Hugo with the least theme that shows every note: formulas and citations stay as they are written."""

    name = "hugo"
    search_files = re.compile(r"/index\.json")
    reads_registry = False
    _themes: Sequence[str] = ("minimal",)

    def __init__(self, root: Path, program: Path) -> None:
        super().__init__(root)
        self._program, self.site = program, root / "public"

    def version(self) -> str:
        """As it says itself."""
        said = subprocess.run([self._program, "version"], capture_output=True, encoding="utf-8", check=True)  # noqa: S603
        return f"Hugo {said.stdout.split()[1].split('-')[0].removeprefix('v')}"

    def set_up(self) -> None:
        """The theme, and the home page under the name that Hugo gives it."""
        (self.root / "notes" / "index.md").rename(self.root / "notes" / "_index.md")
        for theme in self._themes:
            shutil.copytree(_THEMES / theme, self.root, dirs_exist_ok=True)

    def command(self) -> list[str]:
        """The whole site, with a cache of its own."""
        return [str(self._program), "--quiet", "--cacheDir", str(self.root / ".cache")]

    def serving(self, port: int) -> list[str]:
        """Its server, which renders at once only what was looked at."""
        return [*self.command()[:1], "server", *self.command()[1:], "--port", str(port)]

    def forget(self) -> None:
        """Forgets its cache as well."""
        super().forget()
        shutil.rmtree(self.root / ".cache", ignore_errors=True)


class BusyHugo(Hugo):
    """Hugo, doing more of our work: formulas, citations, wikilinks, backlinks, references."""

    name = "hugo, more work"
    reads_registry = True
    _themes = ("minimal", "more")

    def set_up(self) -> None:
        """The registry too, as JSON: Hugo reads no BibTeX."""
        super().set_up()
        (self.root / "data").mkdir()
        self._write_registry()

    def edit_year(self, number: int, year: int) -> None:
        """Has the registry as JSON again, which is not counted."""
        super().edit_year(number, year)
        self._write_registry()

    def _write_registry(self) -> None:
        (self.root / "data" / "refs.json").write_text(json.dumps(registry(self.root)), encoding="utf-8")


PEERS: dict[str, type[Builder]] = {"mkdocs": MkDocs, "hugo": Hugo, "hugo-more": BusyHugo}


def builders(folder: Path, peers: Sequence[str], hugo: Path | None) -> Iterator[Builder]:
    """The project itself and those of the peers that are here, each with a place for its copy of the book."""
    yield Commonplace(folder / "commonplace")
    for peer in peers:
        kind = PEERS[peer]
        if not issubclass(kind, Hugo):
            yield kind(folder / peer)
        elif hugo:
            yield kind(folder / peer, hugo)


def find_hugo(named: Path | None) -> Path | None:
    """The program itself, where Hugo is installed; a script of the wheel would cost the start of a Python."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = named or shutil.which("hugo", path=places)
    if found is None:
        return None
    script = Path(found).absolute()
    return next(script.parents[1].glob("lib/python3*/site-packages/hugo/binaries/hugo"), script)


def write_home(root: Path) -> None:
    """The home page of a book, which every tool wants."""
    (root / "notes" / "index.md").write_text(_HOME, encoding="utf-8")
