"""A report as JUnit XML: a suite for each document, a case for each row; what CI systems and graders read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from symkl.homework.verdicts import UNKNOWN, UNREAD, WRONG, CheckedFile, Line

LONGEST_NAME = 200
"""A case is named after its row, with so many characters of it."""


def pieces(files: Iterable[CheckedFile]) -> Iterator[str]:
    """The report as JUnit XML: wrong rows fail, undecided and unread ones are skipped, unreadable documents are errors."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="symkl check">\n'
    for file in files:
        yield _suite(file) + "\n"
    yield "</testsuites>\n"


def _suite(file: CheckedFile) -> str:
    summary = file.summary
    skipped, errors = summary[UNKNOWN] + summary[UNREAD], int(file.error is not None)
    head = (
        f"  <testsuite name={_quoted(file.path)} tests={_quoted(len(file.lines) + errors)} failures={_quoted(summary[WRONG])} "
        f'errors={_quoted(errors)} skipped={_quoted(skipped)} time="{file.seconds:.3f}">'
    )
    # The time of a document is its rows' in equal parts: no row is timed by itself.
    each = file.seconds / max(1, len(file.lines))
    cases = [_case(file, line, each) for line in file.lines]
    if file.error is not None:
        error = f'<error type="document" message={_quoted(file.error)}>{_text(file.error)}</error>'
        cases.append(f'    <testcase classname={_quoted(file.path)} name="document" time="{file.seconds:.3f}">{error}</testcase>')
    return "\n".join([head, *cases, "  </testsuite>"])


def _case(file: CheckedFile, line: Line, seconds: float) -> str:
    name = f"line {line.at[0]}, column {line.at[1]}: {line.source[:LONGEST_NAME]}"
    head = f'    <testcase classname={_quoted(file.path)} name={_quoted(name)} time="{seconds:.3f}"'
    if line.verdict == WRONG:
        kind = line.misconception or WRONG
        said = [line.reason, line.advice or "", f"Right would be: {line.suggestion}" if line.suggestion else ""]
        return f"{head}>{_told('failure', kind, line.reason, filter(None, said))}</testcase>"
    if line.verdict in (UNKNOWN, UNREAD):
        reason = f"{line.verdict}: {line.reason}"
        # The schemas know no attribute of skipped; Jenkins and GitLab read its message.
        return f"{head}><skipped message={_quoted(reason)}>{_text(reason)}</skipped></testcase>"
    return f"{head}/>"


def _told(element: str, kind: str, message: str, said: Iterable[str]) -> str:
    """An element with what some readers take from its message and others from its text."""
    text = _text("\n".join(said))
    return f"<{element} type={_quoted(kind)} message={_quoted(message)}>{text}</{element}>"


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not allow."""


def _text(value: str) -> str:
    return escape(_FORBIDDEN.sub("�", value))


def _quoted(value: object) -> str:
    return quoteattr(_FORBIDDEN.sub("�", str(value)))
