"""What every format says in the same words: the marks of the verdicts, counts, and which rows are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from symkl.homework.verdicts import CORRECT, GIVEN, UNKNOWN, UNREAD, WRONG, CheckedFile, Line, Tally

MARKS = {GIVEN: "·", CORRECT: "✓", WRONG: "✗", UNKNOWN: "?", UNREAD: "!"}
"""Each verdict and its mark."""


_KINDS = {0: "right", 1: "wrong", 3: "undecided"}
MOST_NAMED = 3
"""So many misconceptions of a class are named, the most frequent first."""


def counted(summary: Mapping[str, int]) -> str:
    """The verdicts and how many rows have each, in words."""
    return ", ".join(f"{count} {verdict}" for verdict, count in summary.items() if count) or "no rows"


def of_the_class(tally: Tally) -> str:
    """All documents in one line."""
    kinds: Counter[str] = Counter()
    for code, number in sorted(tally.codes.items()):
        kinds[_kind(code)] += number
    said = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    return f"{tally.documents} documents: {said}; rows: {counted(tally.summary)}"


def most_frequent(tally: Tally) -> str:
    """The misconceptions that the most documents have; empty where none has one."""
    found = [f"{slug} (in {number})" for slug, number in tally.misconceptions.most_common(MOST_NAMED)]
    return f"Most frequent misconceptions: {', '.join(found)}" if found else ""


def in_a_word(file: CheckedFile) -> str:
    """What is said of a whole document: right, wrong, undecided or not checked."""
    return "not checked" if file.error is not None else _kind(file.exit_code)


def _kind(code: int) -> str:
    return _KINDS.get(code, "not checked")


def is_shown(file: CheckedFile, only: str | None) -> bool:
    """Whether a report on the rows of one verdict has anything to show of a document."""
    return only is None or file.error is not None or any(shown_chains(file, only))


def verdict_on(line: Line) -> str:
    """The verdict with the rules and the reason: correct, by unfold; wrong: at p = 1/3 ..."""
    rules = f", by {', '.join(line.rules)}" if line.rules else ""
    if not line.reason:
        return line.verdict + rules
    joint = "; " if rules else ", " if line.verdict == CORRECT else ": "
    return f"{line.verdict}{rules}{joint}{line.reason}"


def one_after_another(*said: str) -> str:
    """What is said of a row as one text: sentences side by side, the rest with semicolons."""
    text = ""
    for each in filter(None, said):
        text += f"{' ' if text.endswith('.') else '; ' if text else ''}{each}"
    return text


def shown_chains(file: CheckedFile, only: str | None) -> Iterator[list[Line]]:
    """The chains of a document with the rows of one verdict, or all rows; chains without such a row are left out."""
    for chain in file.chains:
        rows = [line for line in chain if only in (None, line.verdict)]
        if rows:
            yield rows
