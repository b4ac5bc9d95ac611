"""A report as CSV: a row for each submission, with what is said of all of it and the count of each verdict."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from symkl.homework.verdicts import VERDICTS, WRONG, CheckedFile
from symkl.render.report.words import in_a_word

COLUMNS = ("path", "verdict", *VERDICTS, "first_wrong_line", "misconceptions", "error")


def pieces(files: Iterable[CheckedFile]) -> Iterator[str]:
    """The report as CSV with a header, a piece for each row."""
    yield _written(COLUMNS)
    for file in files:
        wrong = [line for line in file.lines if line.verdict == WRONG]
        first = wrong[0].at[0] if wrong else ""
        slugs = " ".join(file.misconceptions)
        yield _written((_safe(file.path), in_a_word(file), *file.summary.values(), first, slugs, _safe(file.error or "")))


def _written(cells: Iterable[object]) -> str:
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerow(cells)
    return output.getvalue()


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
