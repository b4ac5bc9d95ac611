"""A report as JUnit XML: a suite for each document, a case for each row; what CI systems and graders read."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from symkl.homework.verdicts import UNKNOWN, UNREAD, WRONG, CheckedFile, Line, Report


def render(report: Report) -> str:
    """The report as JUnit XML: wrong rows fail, undecided and unread ones are skipped, unreadable documents are errors."""
    suites = "\n".join(map(_suite, report.files))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="symkl check">\n{suites}\n</testsuites>\n'


def _suite(file: CheckedFile) -> str:
    summary = file.summary
    skipped, errors = summary[UNKNOWN] + summary[UNREAD], int(file.error is not None)
    head = (
        f"  <testsuite name={_quoted(file.path)} tests={_quoted(len(file.lines) + errors)} failures={_quoted(summary[WRONG])} "
        f"skipped={_quoted(skipped)} errors={_quoted(errors)}>"
    )
    cases = [_case(file, line) for line in file.lines]
    if file.error is not None:
        name = f"<testcase classname={_quoted(file.path)} name={_quoted('document')}>"
        cases.append(f"    {name}<error message={_quoted(file.error)}/></testcase>")
    return "\n".join([head, *cases, "  </testsuite>"])


def _case(file: CheckedFile, line: Line) -> str:
    name = f"line {line.at[0]}: {' '.join(line.source.split())[:200]}"
    head = f"    <testcase classname={_quoted(file.path)} name={_quoted(name)}"
    if line.verdict == WRONG:
        kind = line.misconception or WRONG
        return f"{head}><failure type={_quoted(kind)} message={_quoted(line.reason)}/></testcase>"
    if line.verdict in (UNKNOWN, UNREAD):
        return f"{head}><skipped message={_quoted(f'{line.verdict}: {line.reason}')}/></testcase>"
    return f"{head}/>"


def _quoted(value: object) -> str:
    text = "".join(character for character in str(value) if character in "\t\n\r" or ord(character) >= 32)
    return quoteattr(text)
