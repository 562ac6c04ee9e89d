"""Fixtures that several rooms of tests share, and what they measured, told at the end."""

from __future__ import annotations

import pytest

from browser import book, browser, page, site

__all__ = ["book", "browser", "page", "site"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what tests recorded with `record_property`, whichever process they ran in."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
