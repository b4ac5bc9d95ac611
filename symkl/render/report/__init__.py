"""Reports on checked documents: a format is one module with `render(report, **options) -> str`, and one line of `FORMATS`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from symkl.errors import UnknownName
from symkl.homework.verdicts import Report

FORMATS = {
    "text": "symkl.render.report.text",
    "json": "symkl.render.report.json",
    "csv": "symkl.render.report.csv",
    "junit": "symkl.render.report.junit",
    "markdown": "symkl.render.report.markdown",
    "html": "symkl.render.report.html",
    "gradescope": "symkl.render.report.gradescope",
}
"""Each format of a report, and the module that writes it."""


def render_report(report: Report, form: str = "text", **options: Any) -> str:
    """A report in one of the formats of `FORMATS`.

    Options: text takes `colour`, `width`, `only` (a verdict) and `explain`; gradescope takes `points` for each row.

    Raises: UnknownName for another format.
    """
    if form not in FORMATS:
        raise UnknownName("format of a report", form, FORMATS)
    written: str = import_module(FORMATS[form]).render(report, **options)
    return written
