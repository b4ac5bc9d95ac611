"""Shared by every test: the hypothesis profile, and no silent skips where SYMKL_NO_SKIP is set."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("symkl", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "symkl"))

_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped and os.environ.get("SYMKL_NO_SKIP") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _skipped and os.environ.get("SYMKL_NO_SKIP") == "1":
        terminalreporter.write_line(f"SYMKL_NO_SKIP=1: {len(_skipped)} skipped, so the session fails: {', '.join(_skipped)}")
