"""Fixtures that several rooms of tests share, and what they measured, told at the end."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from browser import book, browser, page, site

__all__ = ["book", "browser", "page", "site"]

# No test asks the web: a build that should ask is given servers on loopback.
os.environ["COMMONPLACE_OFFLINE"] = "true"

# Time decides no test: on a busy machine any example may take long.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what tests recorded with `record_property`, whichever process they ran in."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
