"""Reports on checked documents, written while the documents are checked.

A format is one module with `pieces(files, **options)`, the text of the report bit by bit, and one line of `FORMATS`. No format
keeps the documents that have passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from symkl.errors import UnknownName
from symkl.homework.verdicts import CheckedFile, Report

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


def report_pieces(files: Iterable[CheckedFile], form: str = "text", **options: Any) -> Iterator[str]:
    """The report on some documents in one of the formats of `FORMATS`, bit by bit as the documents come.

    Options: text, markdown and html take `only` (a verdict); text takes `colour`, `width` and `explain` (a line); gradescope
    takes `points` for each row.

    Raises: UnknownName for another format.
    """
    if form not in FORMATS:
        raise UnknownName("format of a report", form, FORMATS)
    pieces: Iterator[str] = import_module(FORMATS[form]).pieces(files, **options)
    return pieces


def render_report(report: Report, form: str = "text", **options: Any) -> str:
    """A report in one of the formats of `FORMATS`; the options are those of `report_pieces`.

    Raises: UnknownName for another format.
    """
    return "".join(report_pieces(report.files, form, **options))
