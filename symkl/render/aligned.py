"""A chain of lines as the rows of an `align`: the relation is the alignment point, the rules stand in a column on the right.

Nothing is wider than `Widths` allows: formulas are broken before + and -, and rules between words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from symkl.derivation.step import EQUIVALENT, IMPLIES, Part, Step
from symkl.language.flow import pieces, rows
from symkl.language.latex_names import escaped
from symkl.language.latex_writer import LatexWriter
from symkl.language.math_writer import LINE, Spelling
from symkl.language.term import Relation, Term
from symkl.render.lines import needed, rule_title, shown_conditions

_HANG = 2.0
_GAP = 2.0
_LETTERS_IN_EM = 2.3
"""How many letters of running text an em holds, on the safe side."""


@dataclass(frozen=True, slots=True)
class Widths:
    """In em: the whole line, the least room for the rules, and the longest left side that a line shares."""

    line: float = 47.0
    comment: float = 11.0
    left: float = 10.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A left side, and the rows to the right of the alignment point."""

    left: Spelling
    right: tuple[Spelling, ...]

    @property
    def width(self) -> float:
        return self.left.width + max((row.width for row in self.right), default=0.0)


_NOTHING = Spelling("")


class AlignedWriter:
    """Writes the parts of derivations whose bare log has a base."""

    def __init__(self, log_base: Term, widths: Widths | None = None) -> None:
        self.writer = LatexWriter(log_base)
        self.widths = widths or Widths()

    def rows(self, part: Part, number: int = 0) -> list[list[str]]:
        """The rows of the start and of every step, whose numbers follow `number`, without the `\\\\` between them."""
        first, *lines = self._statements(part) if isinstance(part.start, Relation) else self._terms(part)
        left = max(line.left.width for line in (first, *lines))
        right = max(line.width - line.left.width for line in (first, *lines))
        room = max(self.widths.comment, self.widths.line - left - right - _GAP)
        found = [list(_beside(first, ()))] if first.right else []
        for k, (line, step) in enumerate(zip(lines, part.steps, strict=True), number + 1):
            found.append([*_beside(line, self.comments(step, k, room)), *self.wide_conditions(step, room)])
        return found

    # Lines

    def _terms(self, part: Part) -> Iterator[_Line]:
        start = self.writer.spell(part.start)
        alone = start.width > self.widths.left or not part.steps
        room = self.widths.line - self.widths.comment - _GAP
        yield _Line(_NOTHING, self.broken("", part.start, room) if alone else ())
        for k, step in enumerate(part.steps):
            before = rf"\quad {self.sign(step)} " if alone else f"{self.sign(step)} "
            left = _NOTHING if k or alone else start
            yield _Line(left, self.broken(before, step.after, room - (0 if alone else start.width)))

    def _statements(self, part: Part) -> Iterator[_Line]:
        yield self._statement("", part.start)
        for step in part.steps:
            yield self._statement(rf"{self.sign(step)} \quad ", step.after)

    def _statement(self, connective: str, line: Term) -> _Line:
        room = self.widths.line - self.widths.comment - _GAP
        if isinstance(line, Relation):
            left = self.writer.joined([connective, self.writer.spell(line.args[0], LINE)], LINE)
            sign, *rest = self.writer.sides(line)[1:]
            right = self.writer.joined([str(sign).lstrip(), *rest], LINE)
            if left.width <= self.widths.left + _HANG and left.width + right.width <= room:
                return _Line(left, (right,))
        return _Line(_NOTHING, self.broken(connective, line, room))

    def broken(self, before: str, term: Term, room: float) -> tuple[Spelling, ...]:
        """A formula behind a sign, in rows that are no wider than `room`; later rows hang."""
        sign = self.writer.joined([before], LINE)
        inner = room - sign.width
        found = rows(self.writer, pieces(self.writer, term, inner - _HANG), inner, inner - _HANG)
        hang = Spelling(r"\quad " if not before.startswith(r"\quad") else r"\qquad ", width=_HANG)
        return tuple(self.writer.joined([sign if k == 0 else hang, row], LINE) for k, row in enumerate(found))

    def sign(self, step: Step) -> str:
        """The relation of a line to the one before."""
        return {EQUIVALENT: r"\iff", IMPLIES: r"\implies"}.get(step.relation) or self.writer.relations[step.relation]

    # Comments

    def comments(self, step: Step, number: int, room: float) -> Iterator[str]:
        """The number and the rules of a step in rows no wider than `room`, then the conditions that it needed."""
        for row in _names(f"({number}) {rule_title(step.rule)}", int(room * _LETTERS_IN_EM)):
            yield rf"\text{{{escaped(row)}}}"
        for shown in shown_conditions(needed(step)):
            spelled = [self.writer.spell(condition.relation) for condition in shown.conditions]
            spelled = [one for one in spelled if one.width <= room]
            if not spelled:
                continue
            if shown.count > len(shown.conditions):
                spelled[-1:] = [Spelling(r"\ldots", width=1.3), spelled[-1]]
            yield from _listed(spelled, room)
            if shown.count > len(shown.conditions):
                yield rf"\text{{({shown.count} conditions)}}"

    def wide_conditions(self, step: Step, room: float) -> Iterator[str]:
        """The conditions that the column of rules has no room for, as rows of their own under the formula."""
        for shown in shown_conditions(needed(step)):
            for condition in shown.conditions:
                if self.writer.spell(condition.relation).width > room:
                    for row in self.broken(r"\quad \text{needs } ", condition.relation, self.widths.line - self.widths.left):
                        yield f"&{row.text}"


def _names(text: str, width: int) -> Iterator[str]:
    """Names of rules in rows that end after a comma; a name is broken only where it has no room on a row of its own."""
    row = ""
    for name in text.split(", "):
        if row and len(row) + len(name) + 3 > width:
            yield f"{row},"
            row = ""
        row = f"{row}, {name}" if row else name
        *full, row = textwrap.wrap(row, width, break_on_hyphens=False)
        yield from full
    yield row


def _listed(spelled: Iterable[Spelling], room: float) -> Iterator[str]:
    row, width = "", 0.0
    for piece in spelled:
        if row and width + piece.width > room:
            yield f"{row},"
            row, width = "", 0.0
        row, width = (rf"{row},\ {piece.text}" if row else piece.text), width + piece.width + 0.8
    if row:
        yield row


def _beside(line: _Line, comments: Iterable[str]) -> Iterator[str]:
    left = line.left.text
    for formula, comment in zip_longest((row.text for row in line.right), comments, fillvalue=""):
        beside = f" && {comment}" if comment else ""
        yield f"{left} &{formula}{beside}".strip()
        left = ""
