"""A report for the terminal: each row with a mark and the reason, a caret under the wrong part, a count at the end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from symkl.homework.verdicts import CORRECT, GIVEN, UNKNOWN, UNREAD, WRONG, CheckedFile, Line, Tally
from symkl.render.report.words import MARKS, counted, is_shown, most_frequent, of_the_class, shown_chains, verdict_on

_COLOURS = {GIVEN: "2", CORRECT: "32", WRONG: "31", UNKNOWN: "33", UNREAD: "33"}


def pieces(
    files: Iterable[CheckedFile],
    width: int = 80,
    colour: bool = False,
    only: str | None = None,
    explain: int | None = None,
) -> Iterator[str]:
    """The report as text of `width` columns; `only` keeps the rows of one verdict, `explain` shows the derivation of one line."""
    writer = _Writer(width, colour, only, explain)
    tally = Tally()
    for file in tally.counting(files):
        if is_shown(file, only):
            yield "".join(f"{line}\n" for line in writer.file(file))
    if tally.documents == 0:
        yield "no documents\n"
    if tally.documents == 1 and not tally.summary.get(only or "", 1):
        yield f"no row is {only}: {counted(tally.summary)}\n"
    if tally.documents > 1:
        for sentence in (of_the_class(tally), most_frequent(tally)):
            yield "".join(f"{line}\n" for line in textwrap.wrap(sentence, width))


class _Writer:
    def __init__(self, width: int, colour: bool, only: str | None, explain: int | None) -> None:
        self.width, self.colour, self.only, self.explain = width, colour, only, explain

    def file(self, file: CheckedFile) -> Iterator[str]:
        """The rows of one document."""
        yield file.path
        if file.error is not None:
            yield from self.indented((file.error,), "  ")
            yield ""
            return
        for given in file.givens if any(shown_chains(file, self.only)) else ():
            yield from self.indented((f"given {given.text}" + (" (inferred)" if given.inferred else ""),), "  ")
        for chain in shown_chains(file, self.only):
            if self.explain is not None:
                chain = _explained(chain, self.explain)
            if not chain:
                continue
            yield ""
            for line in chain:
                yield from self.line(line)
        if self.explain is not None and all(line.at[0] != self.explain for line in file.lines):
            yield from ("", f"  No row starts at line {self.explain}.")
        yield ""
        yield f"  {counted(file.summary)}"
        yield ""

    def line(self, line: Line) -> Iterator[str]:
        """One row: the mark, the place, the source, and what there is to say."""
        place = f"{line.at[0]}:{line.at[1]}"
        start = f"  {self.paint(MARKS[line.verdict], line.verdict)} {place:>7}  "
        indent = " " * 13
        if line.wrong_part is not None and line.verdict == WRONG:
            yield from _with_caret(line.source, line.wrong_part, start, indent, self.width)
        else:
            yield start + textwrap.shorten(line.source, max(20, self.width - 13), placeholder=" ...")
        yield from self.indented(_reasons(line), indent)
        if self.explain == line.at[0]:
            yield from self.derivation(line, indent)

    def derivation(self, line: Line, indent: str) -> Iterator[str]:
        """The lines from the row before to this one, each with its rule below."""
        if not line.derivation:
            yield ""
            yield from self.indented((_without_derivation(line),), indent)
            return
        for step in line.derivation:
            expression, _, rule = step.partition("    [")
            yield ""
            yield from self.indented((expression,), indent)
            if rule:
                yield from self.indented((f"[{rule}",), indent + "    ")

    def indented(self, texts: tuple[str, ...], indent: str) -> Iterator[str]:
        """Texts wrapped below their row."""
        for text in texts:
            yield from textwrap.wrap(text, self.width, initial_indent=indent, subsequent_indent=indent + "  ")

    def paint(self, text: str, verdict: str) -> str:
        """The text in the colour of a verdict."""
        return f"\033[{_COLOURS[verdict]}m{text}\033[0m" if self.colour else text


def _explained(chain: list[Line], explain: int) -> list[Line]:
    """The rows that start at a line, and the one before them."""
    return [line for k, line in enumerate(chain) if explain in (line.at[0], *(after.at[0] for after in chain[k + 1 : k + 2]))]


def _reasons(line: Line) -> tuple[str, ...]:
    found = [verdict_on(line)]
    if line.misconception:
        found.append(f"[{line.misconception}] {line.advice or ''}".rstrip())
    if line.suggestion:
        found.append(f"It would be right with: {line.suggestion}")
    return tuple(found)


def _without_derivation(line: Line) -> str:
    if line.verdict != CORRECT:
        return f"There is no derivation of a row that is {line.verdict}."
    return "The decision procedure says so; no derivation by the rules was found."


def _with_caret(source: str, part: tuple[int, int], start: str, indent: str, width: int) -> Iterator[str]:
    """The row, cut around the wrong part, with carets under it."""
    room = max(30, width - len(indent))
    first = 0 if part[1] <= room else max(0, part[0] - room // 3)
    shown = source[first : first + room]
    length = max(1, min(part[1], first + len(shown)) - part[0])
    if first:
        shown = "..." + shown[3:]
    yield start + shown
    yield indent + " " * (part[0] - first) + "^" * length
