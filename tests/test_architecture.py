"""The code is what its map says: the rooms that exist, imports that go down, each library in its one room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scripts" / "commonplace"
MAP = ROOT / "scripts" / "README.md"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")

_ROW = re.compile(r"^\| `(?P<room>[\w.]+/?)` \|", re.MULTILINE)
_PEERS = ("checks", "pages", "search", "registry", "contribute")
_COMMANDS = ("command_line", "cli_demos", "cli_links", "cli_contribute", "cli")
_DOORS = ("mkdocs_plugin", "cli")

ONLY_USERS = {
    "bibtexparser": {"bibliography", "bibliography_fields", "bibliography_faults", "bibtex_text", "fmt"},
    "yaml": {"front_matter_yaml"},
    "jsonschema": {"front_matter"},
    "math_core": {"markup"},
    "nh3": {"markup"},
    "mkdocs": {"mkdocs_plugin", "site"},
    "pagefind": {"search"},
    "click": set(_COMMANDS),
    "rich": {"report"},
    "matplotlib": {"demos"},
    "requests": {"registry"},
    "pyromark": {"markup"},
    "pygments": {"rendering"},
    "watchfiles": {"site"},
    "multiprocessing": {"cores"},
    "filelock": {"lock_file", "link_history", "registry", "site"},
    "urllib.request": {"registry"},
    "http": {"registry", "site"},
    "socket": {"registry"},
}
"""Libraries, and modules of the standard library, that only these rooms may know."""

_FILES = {"pathlib", "os", "io", "shutil", "tempfile", "subprocess"}
_OF_FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "is_file", "exists", "rglob"}
PURE = (
    "model",
    "demo",
    "demo_code",
    "claim_standing",
    "rules",
    "relations",
    "suggestion",
    "identifiers",
    "markup",
    "checks",
    "pages",
    "rendering",
)


def room(path: Path) -> str:
    """The room that a file belongs to: a module, or the folder of several."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The full name of everything that a file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name(path)}: imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_rooms(path: Path) -> set[str]:
    """The other rooms of the package that a file imports."""
    parts = (full.split(".") for full in imported(path))
    return {names[1] for names in parts if names[0] == "commonplace" and len(names) > 1} - {room(path)}


def called(path: Path) -> Iterator[str]:
    """The last name of everything that a file calls."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=word) | ast.Attribute(attr=word):
                    yield word


@cache
def rooms_on_the_map() -> tuple[str, ...]:
    """The rooms in the order of the map's rows, with a stroke behind the name of a folder."""
    return tuple(match["room"] for match in _ROW.finditer(MAP.read_text(encoding="utf-8")))


def test_the_map_names_each_room_once_and_no_other() -> None:
    modules = {path.name for path in PACKAGE.glob("*.py") if path.name != "__init__.py"}
    folders = {f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert sorted(rooms_on_the_map()) == sorted(modules | folders)


@pytest.mark.parametrize(
    "folder", [row for row in rooms_on_the_map() if row.endswith("/") and row != "theme/"]
)
def test_the_map_names_each_file_of_a_folder(folder: str) -> None:
    [line] = re.findall(rf"^- \*\*{folder}\*\*: (.*)$", MAP.read_text(encoding="utf-8"), re.MULTILINE)
    there = {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"}
    assert sorted(re.findall(r"`(\w+)`", line)) == sorted(there)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_imports_only_rooms_that_stand_above_its_own_on_the_map(path: Path) -> None:
    order = [row.removesuffix("/").removesuffix(".py") for row in rooms_on_the_map()]
    above = set(order[: order.index(room(path))])
    assert imported_rooms(path) - above == set()


@pytest.mark.parametrize("path", [path for path in FILES if room(path) in _PEERS], ids=name)
def test_what_is_made_of_the_library_knows_nothing_of_what_else_is_made_of_it(path: Path) -> None:
    assert imported_rooms(path) & set(_PEERS) == set()


@pytest.mark.parametrize("path", [path for path in FILES if room(path) in _DOORS], ids=name)
def test_the_doors_never_meet(path: Path) -> None:
    assert imported_rooms(path) & set(_DOORS) == set()


@pytest.mark.parametrize("library", ONLY_USERS)
def test_a_library_has_its_only_users(library: str) -> None:
    users = {
        room(path)
        for path in FILES
        for full in imported(path)
        if full == library or full.startswith(f"{library}.")
    }
    assert users <= ONLY_USERS[library]


@pytest.mark.parametrize("path", [path for path in FILES if room(path) in PURE], ids=name)
def test_pure_rooms_touch_no_file(path: Path) -> None:
    assert {full.partition(".")[0] for full in imported(path)} & _FILES == set()
    # The catalogue of rules is part of the package, as its code is.
    assert set(called(path)) & _OF_FILES <= ({"read_text"} if room(path) == "rules" else set())


@pytest.mark.parametrize(
    "path", [path for path in FILES if room(path) not in ("report", *_COMMANDS)], ids=name
)
def test_only_the_report_and_the_command_line_print(path: Path) -> None:
    assert set(called(path)) & {"print", "echo", "secho"} == set()
    assert {ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}.isdisjoint(
        {"sys.stdout", "sys.stderr"}
    )


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_says_its_one_job_in_its_first_line(path: Path) -> None:
    docstring = ast.get_docstring(tree(path)) or ""
    assert docstring.partition("\n")[0].endswith(".")
