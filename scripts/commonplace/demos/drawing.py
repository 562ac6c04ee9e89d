"""Draws a demo's figure as SVG in the two schemes of colours that the site has."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

SIZE = (6.4, 3.6)
"""Width and height in inches."""

# The theme's ink and lines, and four colours that are told apart on its page, by eyes of every kind.
_LIGHT = ("#1d1f21", "#8a8f94", ("#1f5fa8", "#b5541c", "#3d7d44", "#7a4a9e"))
_DARK = ("#dfe1e3", "#787d82", ("#7fb2ee", "#e8a06c", "#8cc795", "#c3a1e0"))


def drawn(figure: Callable[[Any], object]) -> tuple[str, str]:
    """What `figure` draws on the axes that it is given, light and dark; the same again at each call."""
    return _svg(figure, *_LIGHT), _svg(figure, *_DARK)


def _svg(figure: Callable[[Any], object], ink: str, line: str, colours: tuple[str, ...]) -> str:
    # Matplotlib takes longer to load than most demos take to run.
    from matplotlib import rc_context, rcParamsDefault
    from matplotlib.figure import Figure

    # Whatever the reader's own settings are; a backend alone cannot be set once it is in use.
    plain: dict[Any, Any] = {name: rcParamsDefault[name] for name in rcParamsDefault if "backend" not in name}
    with rc_context({**plain, **_style(ink, line, colours)}):
        sheet = Figure(figsize=SIZE, layout="constrained")
        figure(sheet.add_subplot())
        picture = io.StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        sheet.savefig(picture, format="svg", transparent=True, metadata=nothing)
        return picture.getvalue()


def _style(ink: str, line: str, colours: tuple[str, ...]) -> dict[Any, Any]:
    """Matplotlib's settings for a quiet figure in these colours."""
    from cycler import cycler

    words = ("text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor")
    lines = ("axes.edgecolor", "xtick.color", "ytick.color")
    return {
        **dict.fromkeys(words, ink),
        **dict.fromkeys(lines, line),
        "axes.prop_cycle": cycler(color=colours),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "font.size": 11,
        "legend.frameon": False,
        "savefig.facecolor": "none",
        "svg.fonttype": "path",
        "svg.hashsalt": "commonplace",
    }
