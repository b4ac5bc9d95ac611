"""A derivation for the terminal: one step a block, lines aligned at the relation, the rule and its sentence below."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Iterator

from symkl.derivation.step import EQUIVALENT, IMPLIES, Derivation, Part, Step
from symkl.language.flow import pieces, rows
from symkl.language.term import Relation, Term
from symkl.language.unicode_writer import UnicodeWriter, columns
from symkl.render.braces import split_row, with_braces
from symkl.render.lines import Shown, headings, lettered, needed, rule_title, shown_conditions
from symkl.render.prose import spans
from symkl.theory.setting import Setting

NARROWEST = 40
_MARGIN = 4
_HANG = 2
_LONGEST_LEFT = 20
"""A left side of more columns than this stands on a line of its own."""

TITLE, HEADING, NUMBER, RULE, SAYS, PLAIN = "bold", "bold", "dim", "cyan", "dim", ""
Line = tuple[tuple[str, str], ...]
"""Pieces of a line, each with its style."""


def render(derivation: Derivation, width: int = 80, colour: bool = False) -> str:
    """The derivation as text of at most `width` columns; with `colour`, styled for a terminal."""
    lines = _Page(derivation.setting, max(width, NARROWEST)).lines(lettered(derivation))
    if colour:
        return _styled(lines)
    return "".join(f"{''.join(text for text, _ in line).rstrip()}\n" for line in lines)


def _styled(lines: Iterable[Line]) -> str:
    # Only a terminal needs rich, which takes a tenth of a short run to import.
    from rich.console import Console
    from rich.text import Text

    written = io.StringIO()
    console = Console(file=written, force_terminal=True, color_system="standard", highlight=False, legacy_windows=False)
    text = Text()
    for line in lines:
        for piece, style in line:
            text.append(piece, style or None)
        text.append("\n")
    console.print(text, soft_wrap=True, end="")
    return written.getvalue()


class _Page:
    """Lays out under one setting at one width."""

    def __init__(self, setting: Setting, width: int) -> None:
        self.setting = setting
        self.width = width
        self.writer = UnicodeWriter(setting.scope.log_base, marks=True)
        self.inline = UnicodeWriter(setting.scope.log_base)

    def lines(self, derivation: Derivation) -> Iterator[Line]:
        """All lines of the page."""
        yield from self.paragraph(derivation.title, "", TITLE)
        yield ()
        yield from self.givens(derivation)
        number = 0
        yield ()
        for heading, part in zip(headings(derivation), derivation.parts, strict=True):
            yield from self.paragraph(heading, "", HEADING)
            yield from self.paragraph(part.prose, "   ", PLAIN)
            yield from self.part(part, number)
            number += len(part.steps)
        if derivation.closing:
            yield from self.paragraph(derivation.closing, "", PLAIN)
            yield ()
        if derivation.source:
            yield from self.paragraph(f"Source: {derivation.source}", "", SAYS)

    def givens(self, derivation: Derivation) -> Iterator[Line]:
        """The givens in force, those inferred marked, and the goal."""
        for k, given in enumerate(self.setting.givens):
            mark = "  (inferred)" if given.text in self.setting.inferred else ""
            yield from self.paragraph(given.text + mark, "Given  " if k == 0 else "       ", PLAIN)
        yield from self.formula("Goal   ", self.rows(derivation.goal, len("Goal   ")))

    def paragraph(self, text: str, before: str, style: str) -> Iterator[Line]:
        """Words wrapped, with formulas in Unicode; `before` stands at the start of the first line."""
        words = "".join(s if isinstance(s, str) else self.inline.write(s) for s in spans(text, self.setting))
        indent = " " * len(before)
        for k, line in enumerate(textwrap.wrap(words, self.width - len(before), break_on_hyphens=False)):
            yield ((before if k == 0 else indent, PLAIN), (line, style))

    def part(self, part: Part, number: int) -> Iterator[Line]:
        """The start of a chain and its steps."""
        yield ()
        statements = isinstance(part.start, Relation)
        left = "" if statements else self.inline.write(part.start)
        column = _MARGIN + columns(left) + 1
        if statements or not part.steps or columns(left) > _LONGEST_LEFT:
            yield from self.formula(" " * _MARGIN, self.rows(part.start, _MARGIN))
            left, column = "", _MARGIN + 2
        for k, step in enumerate(part.steps, number + 1):
            yield from self.step(step, k, left, column)
            left = ""

    def step(self, step: Step, number: int, left: str, column: int) -> Iterator[Line]:
        """One printed line with its rule, sentence and conditions."""
        sign = {EQUIVALENT: "⇔", IMPLIES: "⇒"}.get(step.relation) or self.writer.relations[step.relation]
        tag = f"{number:>{_MARGIN - 1}} "
        head = f"{tag}{left}".ljust(column - columns(left) + len(left)) + f"{sign} "
        inner = column + len(sign) + 1
        first, *more = self.rows(step.after, inner)
        yield from self.formula(head, [first, *more], tag)
        indent = " " * min(inner + 2, self.width // 3)
        title, says = rule_title(step.rule), step.says
        text = f"{title}: {says}" if says else title
        for k, line in enumerate(textwrap.wrap(text, self.width - len(indent), break_on_hyphens=False)):
            cut = min(len(title), len(line)) if k == 0 else 0
            yield ((indent, PLAIN), (line[:cut], RULE), (line[cut:], SAYS))
        for shown in shown_conditions(needed(step)):
            yield from self.paragraph(self.condition(shown), indent + "needs ", SAYS)
        yield ()

    def condition(self, shown: Shown) -> str:
        """Conditions with what discharges them, the number of them where not all are shown."""
        texts = [self.inline.write(condition.relation) for condition in shown.conditions]
        if shown.count > len(texts):
            texts[-1:] = ["…", texts[-1]]
            return f"{', '.join(texts)} ({shown.count} conditions; {shown.reason})"
        return f"{', '.join(texts)} ({shown.reason})"

    def rows(self, term: Term, column: int) -> list[str]:
        """A formula that starts at a column, in as many rows as it needs; later rows hang."""
        first, later = self.width - column, self.width - column - _HANG
        found = rows(self.writer, pieces(self.writer, term, later), first, later)
        split: list[str] = []
        for row in found:
            room = later if split else first
            split.extend([row.text] if row.width <= room else split_row(row.text, room, later))
        return split

    def formula(self, head: str, marked: list[str], tag: str = "") -> Iterator[Line]:
        """Rows behind a head, each with its braces below."""
        hang = " " * (columns(head) + _HANG)
        for k, row in enumerate(marked):
            for j, line in enumerate(with_braces(row)):
                before = (head if j == 0 else " " * columns(head)) if k == 0 else hang
                styled = tag if before is head else ""
                yield ((styled, NUMBER), (before[len(styled) :] + line, PLAIN))
