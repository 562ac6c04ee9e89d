"""What a build came to, for the person who asked for it: how much was written, and where the time went."""

from __future__ import annotations

from collections.abc import Mapping

from commonplace.report.text import counted


def built(folder: str, written: int, removed: int) -> str:
    """The site's folder, and what changed in it."""
    parts = [
        f"{counted(written, 'file')} written" if written else "",
        f"{removed:,} removed" if removed else "",
    ]
    return f"{folder}/ is the site: {', '.join(filter(None, parts)) or 'nothing to write'}"


def profile(seconds: Mapping[str, float], whole: float) -> str:
    """A line for each phase of a build, with its seconds and its share of the whole; some pass at once."""
    lines = [f"{name:<10} {each:8.2f} s {each / whole:5.0%}" for name, each in seconds.items()]
    return "\n".join([*lines, f"{'together':<10} {whole:8.2f} s"])
