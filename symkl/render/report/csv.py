"""A report as CSV: a row for each submission, with the count of each verdict."""

from __future__ import annotations

import csv
import io

from symkl.homework.verdicts import VERDICTS, WRONG, Report


def render(report: Report) -> str:
    """The report as CSV with a header."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(["path", *VERDICTS, "first_wrong_line", "misconceptions", "error"])
    for file in report.files:
        wrong = [line for line in file.lines if line.verdict == WRONG]
        slugs = " ".join(dict.fromkeys(line.misconception for line in wrong if line.misconception))
        first = wrong[0].at[0] if wrong else ""
        writer.writerow([_safe(file.path), *file.summary.values(), first, slugs, _safe(file.error or "")])
    return output.getvalue()


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
