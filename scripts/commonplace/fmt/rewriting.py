"""Puts files into their canonical form: says what would change, as a diff, and writes what did."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from io import StringIO
from pathlib import Path

from commonplace.bibliography import REGISTRY
from commonplace.files import files_below, write_atomically
from commonplace.fmt.canonical_bibtex import canonical_bibtex
from commonplace.fmt.canonical_front_matter import canonical_front_matter
from commonplace.notes import NOTES, note_paths

_BYTE_ORDER_MARK = "\ufeff"
_CARRIAGE_RETURN_FIRST = re.compile(r"[^\n]*\r\n")


class RewritingError(Exception):
    """A file that cannot be put into a canonical form; the message names it and says why."""


@dataclass(frozen=True)
class Rewriting:
    """A file as it is and as it should be. `name` is what people call it."""

    name: str
    path: Path
    before: str
    after: str

    @property
    def is_needed(self) -> bool:
        """Whether the file is not in its canonical form."""
        return self.before != self.after

    def diff(self) -> str:
        """What would change, as a unified diff that `patch -p1` takes."""
        before, after = _lines(self.before), _lines(self.after)
        return "".join(map(_ended, unified_diff(before, after, f"a/{self.name}", f"b/{self.name}")))

    def write(self) -> None:
        """Writes the canonical form in the place of the file, behind a symbolic link too."""
        write_atomically(self.path.resolve(), self.after)


def canonical_files(root: Path) -> dict[str, Path]:
    """Every file of the library that has a canonical form, by its name."""
    names = (REGISTRY, *note_paths(files_below(root, NOTES)))
    return {name: root / name for name in names if (root / name).is_file()}


def rewritings(files: Mapping[str, Path]) -> tuple[list[Rewriting], list[str]]:
    """The rewriting of each file, needed or not, and why some cannot be rewritten."""
    done: list[Rewriting] = []
    faults: list[str] = []
    for name, path in files.items():
        try:
            done.append(rewriting(name, path))
        except RewritingError as fault:
            faults.append(str(fault))
    return done, faults


def rewriting(name: str, path: Path) -> Rewriting:
    """The rewriting of a file.

    A mark of the byte order and the kind of line ends are kept; a .bib file that mixes two kinds of
    line ends gets that of its first line.

    Raises:
        RewritingError: the file cannot be read, is no UTF-8 text, or has no canonical form.

    """
    if path.suffix not in _FORMS:
        raise RewritingError(f"{name}: only {' and '.join(_FORMS)} files have a canonical form")
    try:
        before = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise RewritingError(f"{name}: not UTF-8 text; save the file with that encoding") from None
    except OSError as fault:
        raise RewritingError(f"{name}: cannot be read: {fault.strerror}") from None
    text = before.removeprefix(_BYTE_ORDER_MARK)
    mark = before[: len(before) - len(text)]
    return Rewriting(name, path, before, mark + _FORMS[path.suffix](text))


def _canonical_registry(text: str) -> str:
    line_end = "\r\n" if _CARRIAGE_RETURN_FIRST.match(text) else "\n"
    return canonical_bibtex(text.replace("\r\n", "\n")).replace("\n", line_end)


_FORMS: Mapping[str, Callable[[str], str]] = {".bib": _canonical_registry, ".md": canonical_front_matter}


def _lines(text: str) -> list[str]:
    return list(StringIO(text, newline="\n"))


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
