"""Refutation at a point: both sides as rigorous balls, at a precision at which they no longer overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symkl.errors import GivenError, UndefinedTerm
from symkl.judge.balls import Balls, NoValue, Unclear, precision
from symkl.judge.budget import Budget
from symkl.judge.ground import equal_at
from symkl.judge.model import Model, NoModel
from symkl.judge.sampling import Plan, Sampler, generic_plans
from symkl.language.term import Term, free_names
from symkl.theory.setting import Setting, setting

PRECISIONS = (64, 160, 500)
"""Bits, tried in this order until the balls are disjoint."""

DIGITS = 10
STRICT = ("<", ">", "!=")


@dataclass(frozen=True, slots=True)
class Refutation:
    """A point at which a relation fails, and both sides there."""

    witness: dict[str, Fraction]
    values: tuple[str, str]
    difference: str


class Refuter:
    """Looks for points at which a relation between two terms fails."""

    def __init__(self, sampler: Sampler, left: Term, right: Term, budget: Budget) -> None:
        self.sampler = sampler
        self.left, self.right = left, right
        self.budget = budget

    def search(self, operator: str, plans: Iterable[Plan]) -> Refutation | None:
        """The first point by the plans at which both sides have values and the relation certainly fails."""
        for plan in plans:
            self.budget.look()
            model = self.sampler.draw(plan)
            if model is not None:
                found = self.at(operator, model)
                if found is not None:
                    return found
        return None

    def at(self, operator: str, model: Model) -> Refutation | None:
        """The refutation at one model, if the relation certainly fails there."""
        for bits in PRECISIONS:
            with precision(bits):
                try:
                    left, right = self._sides(model)
                except NoValue:
                    return None
                except (Unclear, NoModel):
                    continue
                gap = left - right
                if gap > 0 or gap < 0:
                    return self._refutation(model, left, right) if _fails(operator, 1 if gap > 0 else -1) else None
                if _is_exact(gap):
                    return self._refutation(model, left, right) if operator in STRICT else None
                if operator in STRICT and equal_at(model, self.left, self.right, self.budget):
                    return self._refutation(model, left, left)
        return None

    def values_of_numbers(self, operator: str) -> tuple[str, str] | None:
        """Both sides of a relation between two numbers, if it certainly holds; they are the same at every point."""
        model = next(filter(None, map(self.sampler.draw, generic_plans(1))), None)
        if model is None:
            return None
        for bits in PRECISIONS:
            with precision(bits):
                try:
                    left, right = self._sides(model)
                except (NoValue, Unclear, NoModel):
                    return None
                gap = left - right
                if gap > 0 or gap < 0:
                    fails = _fails(operator, 1 if gap > 0 else -1)
                    return None if fails else (decimal(left), decimal(right))
        return None

    def undefined(self, plans: Iterable[Plan]) -> None:
        """Raise UndefinedTerm where a side has no value at a model of the plans."""
        for plan in plans:
            self.budget.look()
            model = self.sampler.draw(plan)
            if model is None:
                continue
            with precision(PRECISIONS[0]):
                try:
                    self._sides(model)
                except NoValue as missing:
                    raise self._without_value(missing, model) from missing
                except (Unclear, NoModel):
                    continue

    def _without_value(self, missing: NoValue, model: Model) -> UndefinedTerm:
        known, at = self.sampler.setting, shown_point(model.witness())
        written = known.write(missing.part)
        cure = f" A given such as '{written} > 0' would leave that out." if _may_be_positive(missing.part, known) else ""
        return UndefinedTerm(f"The statement has no value{' at ' if at else ''}{at}: {written} {missing.what}.{cure}", written)

    def equal_point(self, plans: Iterable[Plan]) -> Refutation | None:
        """A point with both sides there, for sides that are known to be equal everywhere."""
        for plan in plans:
            model = self.sampler.draw(plan)
            if model is None:
                continue
            with precision(PRECISIONS[0]):
                try:
                    left, _ = self._sides(model)
                except (NoValue, Unclear, NoModel):
                    continue
                return self._refutation(model, left, left)
        return None

    def _sides(self, model: Model) -> tuple[Any, Any]:
        balls = Balls(model, self.budget)
        return balls.value(self.left), balls.value(self.right)

    def _refutation(self, model: Model, left: Any, right: Any) -> Refutation:
        return Refutation(model.witness(), (decimal(left), decimal(right)), decimal(left - right))


def _may_be_positive(part: Term, known: Setting) -> bool:
    """Whether a given may say so of a term made of numbers."""
    numbers = free_names(part)
    if not numbers or not numbers <= known.scope.numbers:
        return False
    try:
        setting([*known.texts, f"{known.write(part)} > 0"])
    except GivenError:
        return False
    return True


def _fails(operator: str, sign: int) -> bool:
    return {"=": True, "<=": sign > 0, "<": sign > 0, ">=": sign < 0, ">": sign < 0}.get(operator, False)


def _is_exact(value: Any) -> bool:
    from flint import fmpq

    return isinstance(value, fmpq) and value == 0


def decimal(value: Any) -> str:
    """A number to ten digits."""
    from flint import arb, fmpq

    if isinstance(value, fmpq):
        if value.q == 1 and abs(value) < 10**DIGITS:
            return str(value)
        value = arb(value)
    if not value.is_finite() or (value.contains(0) and value.mid() == 0):
        return "0"
    return str(value.str(DIGITS, radius=False))


def shown_point(witness: dict[str, Fraction]) -> str:
    """A point as a list of equations, cut where it is long."""
    parts = [f"{name} = {value}" for name, value in witness.items()]
    return ", ".join(parts) if len(parts) <= 12 else ", ".join(parts[:12]) + ", ..."
