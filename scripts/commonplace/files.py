"""Reads text files, with what is wrong where one cannot be read; writes them whole or not at all."""

from __future__ import annotations

import os
import tempfile
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
    found: list[str] = []
    # Over thousands of files os.walk takes a tenth of the time of Path.rglob.
    for where, folders, names in os.walk(root / folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        within = Path(where).relative_to(root).as_posix()
        found += [f"{within}/{name}" for name in names if not name.startswith(".")]
    return frozenset(path for path in found if (root / path).is_file())


def write_atomically(path: Path, text: str) -> None:
    """Writes a file so that readers see the old text or the new, never a part; its mode stays."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
