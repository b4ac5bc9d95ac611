"""A report as Gradescope's results.json: points for each row that is not wrong."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from symkl.homework.verdicts import UNKNOWN, UNREAD, WRONG, CheckedFile, Line, Tally
from symkl.render.report.words import counted, one_after_another, verdict_on


def pieces(files: Iterable[CheckedFile], points: float = 1.0) -> Iterator[str]:
    """The report as results.json; a row that is not decided keeps its points and is marked for a person to look at."""
    tally, score, seconds, tests = Tally(), 0.0, 0.0, 0
    yield '{\n "tests": ['
    for file in tally.counting(files):
        seconds += file.seconds
        for test in _tests(file, points):
            score += test["score"]
            yield ("," if tests else "") + "\n" + textwrap.indent(_written(test), "  ")
            tests += 1
    end = "\n " if tests else ""
    yield f'{end}],\n "output": {_written(counted(tally.summary))},\n "score": {score:g},\n "execution_time": {seconds:.3f}\n}}\n'


def _written(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def _tests(file: CheckedFile, points: float) -> Iterator[dict[str, Any]]:
    if file.error is not None:
        yield {"name": file.path, "status": "failed", "score": 0, "max_score": points, "output": file.error}
        return
    for line in file.lines:
        yield _test(line, points, file.path)


def _test(line: Line, points: float, path: str) -> dict[str, Any]:
    wrong = line.verdict == WRONG
    right = f"Right would be: {line.suggestion}" if line.suggestion else ""
    output = one_after_another(verdict_on(line), line.advice or "", right)
    if line.verdict in (UNKNOWN, UNREAD):
        output += " (for a person to look at)"
    return {
        "name": f"{path}, line {line.at[0]}: {' '.join(line.source.split())}",
        "status": "failed" if wrong else "passed",
        "score": 0 if wrong else points,
        "max_score": points,
        "output": output,
    }
