"""A verdict for every row of a chain, under one interpretation of it.

Each relation is a step from the side before it. A step is `correct` only where the judge proves it, `wrong` only where it
is refuted under every reading and nothing unsaid could save it (`Excuses`), `given` where there is nothing to check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from time import monotonic

from symkl.homework.opening import NOT_FOLLOWING, introduced_by, opening
from symkl.homework.rounding import exact_decimals
from symkl.homework.rows import Judged, Row, RowTerms
from symkl.homework.step import step, supposed_opening
from symkl.homework.trail import Trail
from symkl.homework.verdicts import CORRECT, GIVEN, TIME_IS_OVER, UNKNOWN, UNREAD, WRONG, worst
from symkl.language.latex.symbols import CONNECTIVES
from symkl.language.term import Mass, Number, Relation, Term, without_labels

UNITS = {"bit": "bits", "bits": "bits", "nat": "nats", "nats": "nats", "dits": "hartleys", "hartleys": "hartleys"}
"""Words for units of information, and the unit of each."""


@dataclass(slots=True)
class Steps:
    """Goes through the rows of a display from the top, and remembers what the next row is compared with."""

    trail: Trail
    deadline: float = inf

    def judge_row(self, row: Row, number: int) -> Judged:
        """The verdict on a row: that of its worst relation, under the reading that is right, if one is."""
        self.trail.row = number
        self.trail.count += 1
        self.trail.units |= {unit for note in row.notes for word, unit in UNITS.items() if word in note.lower().split()}
        if row.readings and monotonic() > self.deadline:
            self.trail.gap = True
            return Judged(UNKNOWN, TIME_IS_OVER)
        if not row.readings:
            self.trail.gap = True
            return Judged(UNREAD, row.unread)
        before = self.trail.state()
        self.trail.seen_above = self.trail.seen
        best: Judged | None = None
        after = before
        for reading in row.readings:
            self.trail.restore(before)
            found = self._judge_reading(row, reading)
            if reading.said and found.verdict == CORRECT:
                found = replace(found, said=(*reading.said, *found.said))
            if best is None or _better(found.verdict, best.verdict):
                if best is not None and found.verdict == GIVEN:
                    continue
                best, after = found, self.trail.state()
            if best.verdict in (CORRECT, GIVEN):
                break
        self.trail.restore(after)
        return best or Judged(UNREAD)

    def _judge_reading(self, row: Row, reading: RowTerms) -> Judged:
        sides = [without_labels(side) for side in reading.sides]
        operators = reading.relations
        if len(sides) == 1 and isinstance(sides[0], Relation) and CONNECTIVES & set(sides[0].operators):
            return self._worst(list(self._statements(row, operators, sides[0])))
        if row.inherits:
            return self._worst([step(self.trail, op, side) for op, side in zip(operators, sides, strict=False)])
        self.trail.sides, self.trail.gap = [], False
        if not operators:
            self.trail.push(sides[0], GIVEN)
            self.trail.exact |= exact_decimals(sides[0])
            return Judged(GIVEN, "the expression that the next rows start from")
        if set(operators) == {"="} and isinstance(sides[-1], Number) and len(sides) > 2 and _are_masses(sides[:-1]):
            for side in sides:
                self.trail.push(side, GIVEN)
            return Judged(GIVEN, "the data are introduced here")
        found = [opening(self.trail, row, operators[0], sides[0], sides[1])]
        for operator, before, after in zip(operators[1:], sides[1:], sides[2:], strict=False):
            supposed = supposed_opening(self.trail, operator, before, after) if found[-1].verdict == GIVEN else None
            introduced = introduced_by(self.trail, before, after) if found[-1].verdict == GIVEN and supposed is None else ""
            if introduced:
                self.trail.push(after, GIVEN, operator)
                self.trail.exact |= exact_decimals(after)
                found.append(Judged(GIVEN, introduced))
            else:
                found.append(step(self.trail, operator, after))
        return self._worst(found)

    def _statements(self, row: Row, leading: tuple[str, ...], joined: Relation) -> Iterator[Judged]:
        """The verdicts on statements that arrows join: the first is a condition, and the others are held against it."""
        for place, statement in enumerate(joined.args):
            relations, sides = (statement.operators, statement.args) if isinstance(statement, Relation) else ((), (statement,))
            inherits = row.inherits and not place
            part = Row((), inherits, row.connective or "=>" * bool(place), row.notes)
            found = self._judge_reading(part, RowTerms((*leading, *relations) if inherits else relations, sides))
            if not place and found.verdict in (WRONG, UNKNOWN) and not row.inherits:
                if self.trail.equations and self.trail.equations[-1].row == self.trail.count:
                    self.trail.equations[-1].claimed = False
                found = Judged(GIVEN, "a condition, from which the rest is said to follow")
            elif place and found.verdict == WRONG and not found.reason.startswith(NOT_FOLLOWING):
                found = replace(found, verdict=UNKNOWN, reason="it is not seen whether this follows from what stands before it")
            yield found

    @staticmethod
    def _worst(found: Sequence[Judged]) -> Judged:
        verdict = worst(each.verdict for each in found)
        alike = [each for each in found if each.verdict == verdict]
        if verdict != CORRECT or len(alike) < 2:
            return alike[0]
        # What any of the relations rests on is said of the row.
        return replace(alike[0], reason="; ".join(dict.fromkeys(each.reason for each in alike if each.reason)))


def _are_masses(sides: Sequence[Term]) -> bool:
    """Whether all sides are masses at outcomes or free values, as in P(a) = P(b) = 1/8."""
    return all(isinstance(side, Mass) for side in sides)


def _better(verdict: str, than: str) -> bool:
    order = (WRONG, UNREAD, UNKNOWN, GIVEN, CORRECT)
    return order.index(verdict) > order.index(than)
