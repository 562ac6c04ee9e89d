"""Reads text files, with what is wrong where one cannot be read; writes them whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from commonplace.model import Diagnostic, Location, Source
from commonplace.rules import diagnose


def read_text(root: Path, path: str) -> Source | tuple[Diagnostic, ...]:
    """The file at `path` below `root` with lines that end in a line feed, or why it cannot be read.

    A file that is not there is no fault, and gives no diagnostic.
    """
    if leads_out(root / path, root):
        return (
            diagnose(
                "unreadable-file", Location(path), "a link out of the library; put the file itself here"
            ),
        )
    try:
        text = (root / path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as fault:
        before = fault.object[: fault.start].decode("utf-8-sig")
        where = Source(path, before).at(len(before))
        return (diagnose("unreadable-file", where, "not UTF-8 text; save the file with that encoding"),)
    except OSError as fault:
        return (diagnose("unreadable-file", Location(path), f"cannot be read: {fault.strerror}"),)
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path is a link to something that is not below `root`; what strangers send may be one."""
    return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())


def files_below(root: Path, folder: str) -> frozenset[str]:
    """The files below `folder`, relative to `root`; what is hidden is not published, and not among them."""
    return frozenset(_files_in(os.fspath(root), folder))


def _files_in(root: str, folder: str) -> Iterator[str]:
    # What a folder tells of its entries spares a question for each: a tenth of the time over thousands.
    try:
        entries = list(os.scandir(f"{root}/{folder}"))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in(root, path)
        elif _is_file(entry):
            yield path


def write_atomically(path: Path, text: str) -> None:
    """Writes a file so that readers see the old text or the new, never a part; its mode stays."""
    replace_file(path, text.encode("utf-8"))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # links that lead in a circle
        return False


def replace_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Writes a file so that readers see the old data or the new, never a part; `mode` is a new one's."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else mode)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
