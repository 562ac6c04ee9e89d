"""Shows a demo to the reader who runs it: its checks line by line, then its figure."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from commonplace.demo_code import FIGURE, read_code
from commonplace.demos.drawing import SIZE
from commonplace.demos.trial import loaded, tried
from commonplace.model import Source
from commonplace.report.demo_text import fault_line, finding_line
from commonplace.report.terminal import show


def shown(file: str) -> None:
    """Runs the checks of a demo, shows its figure, and ends with code 1 where something failed."""
    path = Path(file)
    demo = read_code(Source(path.name, path.read_text(encoding="utf-8")))
    module, fault = loaded(demo, path.resolve())
    if fault:
        show(fault_line(demo, fault))
        sys.exit(1)
    findings = []
    for check in demo.checks:
        findings.append(tried(module, check.name, check.line))
        show(finding_line(demo, findings[-1]))
    picture = _drawn(vars(module)[FIGURE], path.stem) if demo.drawing else None
    if picture:
        show(picture)
    sys.exit(0 if all(finding.passed for finding in findings) else 1)


def _drawn(figure: Callable[[Any], object], name: str) -> str:
    """Opens the figure in a window; without a display writes it as a picture, and says where."""
    from matplotlib import pyplot

    sheet, axes = pyplot.subplots(figsize=SIZE, layout="constrained", num=name)
    figure(axes)
    if pyplot.get_backend().lower() != "agg":
        pyplot.show()
        return ""
    picture = Path(tempfile.gettempdir()) / f"{name}.png"
    sheet.savefig(picture, dpi=150)
    return f"The figure is in {picture}"
