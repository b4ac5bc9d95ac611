"""The numbers of a setting: between which bounds each lies, and the relations that hold among them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from symkl.language.term import CONVERSE, Mass, Number, Relation, Symbol, Term, Value
from symkl.theory.setting import Setting

_TURNED = {**CONVERSE, "=": "="}


@dataclass(slots=True)
class Interval:
    """Between `low` and `high`, where there are such; whether the ends themselves are left out."""

    low: Fraction | None = None
    high: Fraction | None = None
    open_low: bool = True
    open_high: bool = True

    def narrow(self, operator: str, value: Fraction) -> None:
        """Keep what also satisfies one more relation to a number."""
        if operator in (">", ">=", "="):
            if self.low is None or value > self.low:
                self.low, self.open_low = value, operator == ">"
            elif value == self.low:
                self.open_low = self.open_low or operator == ">"
        if operator in ("<", "<=", "="):
            if self.high is None or value < self.high:
                self.high, self.open_high = value, operator == "<"
            elif value == self.high:
                self.open_high = self.open_high or operator == "<"

    def sign(self) -> int:
        """1 where every number in it is positive, -1 where every one is negative, else 0."""
        if self.low is not None and (self.low > 0 or (self.low == 0 and self.open_low)):
            return 1
        if self.high is not None and (self.high < 0 or (self.high == 0 and self.open_high)):
            return -1
        return 0

    def holds(self, value: Fraction) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or value > self.low or (value == self.low and not self.open_low)
        below = self.high is None or value < self.high or (value == self.high and not self.open_high)
        return above and below


class NumberDomain:
    """The bounds of every number of a setting, and the facts that are no such bounds."""

    def __init__(self, setting: Setting) -> None:
        self.integers = setting.integers
        self.intervals: dict[str, Interval] = {}
        self.entries: dict[str, Interval] = {}
        """Bounds of every entry of a law or vector: p[i] < 1 says it of all."""
        self.relations: list[Relation] = []
        for fact in setting.facts:
            self._read(fact.relation)

    def _read(self, relation: Relation) -> None:
        match relation.operators, relation.args:
            case (operator,), (Symbol(name), Number(value)) if operator in _TURNED:
                self.intervals.setdefault(name, Interval()).narrow(operator, value)
            case (operator,), (Number(value), Symbol(name)) if operator in _TURNED:
                self.intervals.setdefault(name, Interval()).narrow(_TURNED[operator], value)
            case (operator,), (Mass(marginal, (Value(),)), Number(value)) if operator in _TURNED:
                self.entries.setdefault(marginal.law, Interval()).narrow(operator, value)
                self.relations.append(relation)
            case (operator,), (Number(value), Mass(marginal, (Value(),))) if operator in _TURNED:
                self.entries.setdefault(marginal.law, Interval()).narrow(_TURNED[operator], value)
                self.relations.append(relation)
            case _:
                self.relations.append(relation)

    def interval(self, name: str) -> Interval:
        """Where a number lies; everywhere, where no given bounds it."""
        return self.intervals.get(name) or Interval()

    def least(self, term: Term) -> int | None:
        """The least whole number that a bound of a range can be."""
        match term:
            case Number(value):
                return floor(value)
            case Symbol(name):
                interval = self.interval(name)
                if interval.low is None:
                    return None
                return floor(interval.low) + (interval.open_low or interval.low.denominator != 1)
            case _:
                return None
