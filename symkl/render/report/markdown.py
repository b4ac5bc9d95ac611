"""A report as Markdown: a table of rows for each document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symkl.homework.verdicts import WRONG, CheckedFile, Line, Tally
from symkl.render.markdown import inline
from symkl.render.report.words import (
    MARKS,
    counted,
    is_shown,
    most_frequent,
    of_the_class,
    one_after_another,
    shown_chains,
    verdict_on,
)


def pieces(files: Iterable[CheckedFile], only: str | None = None) -> Iterator[str]:
    """The report as Markdown with mathematics, a piece for each document."""
    tally = Tally()
    for file in tally.counting(files):
        if is_shown(file, only):
            yield "\n".join(_file(file, only)) + "\n"
    if tally.documents == 0:
        yield "No documents.\n"
    if tally.documents == 1 and not tally.summary.get(only or "", 1):
        yield f"No row is {only}: {counted(tally.summary)}.\n"
    if tally.documents > 1:
        yield "".join(f"**{sentence}.**\n\n" for sentence in (of_the_class(tally), most_frequent(tally)) if sentence)


def _file(file: CheckedFile, only: str | None) -> Iterator[str]:
    yield f"## {_escaped(file.path)}"
    yield ""
    if file.error is not None:
        yield _escaped(file.error)
        yield ""
        return
    for given in file.givens:
        yield f"- given `{given.text}`" + (" (inferred)" if given.inferred else "")
    for chain in shown_chains(file, only):
        yield ""
        yield "| line | | row | |"
        yield "|---:|:-:|:--|:--|"
        yield from map(_row, chain)
    yield ""
    yield f"{counted(file.summary)}."
    yield ""


def _row(line: Line) -> str:
    formula = inline(line.formula.latex) if line.formula is not None else f"`{line.source}`"
    said = [verdict_on(line)]
    if line.verdict == WRONG:
        said += [f"**{line.misconception}**: {line.advice or ''}" if line.misconception else ""]
        said += [f"Right would be `{line.suggestion}`" if line.suggestion else ""]
    text = one_after_another(*said)
    return "| " + " | ".join(_cell(cell) for cell in (str(line.at[0]), MARKS[line.verdict], formula, text)) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


_MARKUP = re.compile(r"([\\`*_\[\]<>#$])")


def _escaped(text: str) -> str:
    """Words that Markdown takes as they are."""
    return _MARKUP.sub(r"\\\1", text)
