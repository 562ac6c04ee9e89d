"""The shape of the code: what its map says is so, and imports go down the map only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sample_books import ROOT

SCRIPTS = ROOT / "scripts"
PACKAGE = SCRIPTS / "commonplace"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
ROOMS = re.findall(r"^\| `([\w.]+/?)` \|", (SCRIPTS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

# What is made of the library: each without the others.
SIBLINGS = {"checks/", "pages/", "search/", "registry/", "contribute/"}

# Who alone may know a library; everyone else goes through them.
USERS = {
    "bibtexparser": {
        "bibliography.py",
        "bibliography_faults.py",
        "bibliography_fields.py",
        "bibtex_text.py",
        "fmt/",
    },
    "yaml": {"front_matter_yaml.py"},
    "requests": {"registry/"},
    "mkdocs": {"mkdocs_plugin.py", "site.py"},
    "rich": {"report/"},
    "click": {"cli.py", "cli_links.py", "cli_contribute.py", "command_line.py"},
}


def room_of(module: Path) -> str:
    """The room of a module: its folder below the package, or the module itself."""
    first, *rest = module.relative_to(PACKAGE).parts
    return f"{first}/" if rest else first


def imports(module: Path) -> Iterator[str]:
    """Every module that one imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "commonplace":
            yield from (f"commonplace.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def imported_rooms(module: Path) -> set[str]:
    """The rooms of this package that a module imports from, but its own."""
    names = {name.split(".")[1] for name in imports(module) if name.startswith("commonplace.")}
    rooms = {f"{name}/" if (PACKAGE / name).is_dir() else f"{name}.py" for name in names}
    return rooms - {room_of(module)}


def named(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def test_the_map_names_every_room_once_and_no_other() -> None:
    there = {room_of(module) for module in MODULES} | {"theme/"}
    assert sorted(ROOMS) == sorted(there)


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_imports_go_down_the_map_only(module: Path) -> None:
    above = ROOMS[ROOMS.index(room_of(module)) :]
    assert imported_rooms(module) & set(above) == set()


@pytest.mark.parametrize("module", [m for m in MODULES if room_of(m) in SIBLINGS], ids=named)
def test_what_is_made_of_the_library_knows_nothing_of_the_others(module: Path) -> None:
    assert imported_rooms(module) & SIBLINGS == set()


def test_the_two_doors_never_meet() -> None:
    assert "mkdocs_plugin.py" not in imported_rooms(PACKAGE / "cli.py")
    assert "cli.py" not in imported_rooms(PACKAGE / "mkdocs_plugin.py")


@pytest.mark.parametrize("library", USERS)
def test_a_library_has_its_users_and_no_others(library: str) -> None:
    users = {room_of(m) for m in MODULES if library in {name.split(".")[0] for name in imports(m)}}
    assert users == USERS[library]


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_only_reports_print(module: Path) -> None:
    calls = (
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    prints = any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)
    assert not prints


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_says_its_job_first(module: Path) -> None:
    job = (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").split("\n")[0]
    assert job.endswith(".")
