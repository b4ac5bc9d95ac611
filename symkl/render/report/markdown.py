"""A report as Markdown: a table of rows for each document."""

from __future__ import annotations

from collections.abc import Iterator

from symkl.homework.verdicts import WRONG, CheckedFile, Line, Report
from symkl.render.report.text import MARKS, counted


def render(report: Report) -> str:
    """The report as Markdown with mathematics."""
    return "\n".join(line for file in report.files for line in _file(file)) + "\n"


def _file(file: CheckedFile) -> Iterator[str]:
    yield f"## {file.path}"
    yield ""
    if file.error is not None:
        yield file.error
        yield ""
        return
    for given in file.givens:
        yield f"- given `{given.text}`" + (" (inferred)" if given.inferred else "")
    for chain in file.chains:
        yield ""
        yield "| line | | row | |"
        yield "|---:|:-:|:--|:--|"
        yield from map(_row, chain)
    yield ""
    yield f"{counted(file.summary)}."
    yield ""


def _row(line: Line) -> str:
    formula = f"${line.formula.latex}$" if line.formula is not None else f"`{' '.join(line.source.split())}`"
    said = [line.verdict, line.reason]
    if line.verdict == WRONG:
        said += [f"**{line.misconception}**: {line.advice or ''}" if line.misconception else ""]
        said += [f"right would be `{line.suggestion}`" if line.suggestion else ""]
    text = "; ".join(filter(None, said))
    return "| " + " | ".join(_cell(cell) for cell in (str(line.at[0]), MARKS[line.verdict], formula, text)) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
