"""A report as Gradescope's results.json: points for each row that is not wrong."""

from __future__ import annotations

import json

from symkl.homework.verdicts import UNKNOWN, UNREAD, WRONG, Line, Report


def render(report: Report, points: float = 1.0) -> str:
    """The report as results.json; a row that is not decided keeps its points and is marked for a person to look at."""
    tests = [_test(line, points, file.path) for file in report.files for line in file.lines]
    tests += [
        {"name": file.path, "status": "failed", "score": 0, "max_score": points, "output": file.error}
        for file in report.files
        if file.error is not None
    ]
    data = {"score": sum(float(str(test["score"])) for test in tests), "output": _summary(report), "tests": tests}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _test(line: Line, points: float, path: str) -> dict[str, object]:
    said = [line.verdict, line.reason, line.advice or "", f"Right would be: {line.suggestion}" if line.suggestion else ""]
    wrong = line.verdict == WRONG
    output = "; ".join(filter(None, said))
    if line.verdict in (UNKNOWN, UNREAD):
        output += " (for a person to look at)"
    return {
        "name": f"{path}, line {line.at[0]}: {' '.join(line.source.split())}",
        "status": "failed" if wrong else "passed",
        "score": 0 if wrong else points,
        "max_score": points,
        "output": output,
    }


def _summary(report: Report) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in report.summary.items() if count)
