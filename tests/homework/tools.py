"""Rows of homework, checked."""

from __future__ import annotations

from collections.abc import Iterable

from symkl.homework.check import check_document
from symkl.homework.verdicts import CheckedFile, Line
from symkl.language.documents import parse


def checked(*rows: str, given: Iterable[str] = (), before: str = "") -> CheckedFile:
    """A display of these rows, checked."""
    body = " \\\\\n".join(rows)
    text = f"{before}\n$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$\n"
    return check_document(parse(text, "markdown", "homework.md"), given)


def verdicts(*rows: str, given: Iterable[str] = (), before: str = "") -> list[str]:
    """The verdicts on these rows."""
    return [line.verdict for line in checked(*rows, given=given, before=before).lines]


def last(*rows: str, given: Iterable[str] = ()) -> Line:
    """What is said of the last row."""
    return checked(*rows, given=given).lines[-1]
