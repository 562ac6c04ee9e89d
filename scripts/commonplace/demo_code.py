"""Reads the code of a demo without running it: its checks, its figure, and what is said of them."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from commonplace.demo import Check, Demo, Drawing, Fault
from commonplace.model import Source

FIGURE = "figure"
"""The function that draws, where a demo has one."""
_SHOW = "show"
_NO_CHECK = "no check; write a public function without parameters that asserts, and returns what it found"


def read_code(source: Source) -> Demo:
    """The demo in a file, whatever is wrong with it."""
    try:
        tree = _tree(source.text)
    except SyntaxError as fault:
        return Demo(source, fault=Fault(fault.lineno or 1, f"no Python: {fault.msg}"))
    except (ValueError, RecursionError, MemoryError) as fault:
        return Demo(source, fault=Fault(1, f"no Python: {fault or 'nested too deep'}"))
    functions = list(_functions(tree))
    checks = {each.name: _check(each) for each in functions if _is_check(each)}
    lacking = None if checks else Fault(1, _NO_CHECK)
    return Demo(
        source,
        checks=tuple(checks.values()),
        drawing=next((_drawing(each) for each in functions if each.name == FIGURE), None),
        other_functions=tuple(each.name for each in functions if each.name not in checks),
        shows=_shows(tree),
        fault=lacking,
    )


def _tree(text: str) -> ast.Module:
    with warnings.catch_warnings():
        # An odd escape in a string is for the linter to tell, not for every reader of the book.
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef))


def _is_check(function: ast.FunctionDef) -> bool:
    return not (function.name.startswith("_") or function.name == FIGURE or _takes_something(function))


def _takes_something(function: ast.FunctionDef) -> bool:
    taken = function.args
    return bool(taken.posonlyargs or taken.args or taken.kwonlyargs or taken.vararg or taken.kwarg)


def _check(function: ast.FunctionDef) -> Check:
    return Check(function.name, function.lineno, next(iter(_paragraphs(function)), ""))


def _drawing(function: ast.FunctionDef) -> Drawing:
    caption, *alt = [*_paragraphs(function), "", ""][:2]
    return Drawing(function.lineno, caption, "".join(alt))


def _paragraphs(function: ast.FunctionDef) -> list[str]:
    """The paragraphs of a docstring, each as one line."""
    text = ast.get_docstring(function) or ""
    return [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def _shows(tree: ast.Module) -> bool:
    """Whether `show` is called somewhere."""
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(name, ast.Name) and name.id == _SHOW for name in called)
