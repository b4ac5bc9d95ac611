"""Places of extrema: argmin[q](f) = argmin[q](g), argmin[q](f) = c, min[q](f) = v over the open interval of q.

Two functions that differ by a constant, or of which one is a positive constant times the other plus a constant, have
the same minima. A function whose derivative is (q - c) times something positive, or that is convex and stationary at c,
has its one minimum at c. A place is refuted where the derivative there is certainly not zero, or where the value
elsewhere is certainly lower.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symkl.errors import UndefinedTerm
from symkl.judge import definedness
from symkl.judge.algebra import Algebra
from symkl.judge.atoms import Form, Scalar
from symkl.judge.balls import Balls, NoValue, Unclear, precision
from symkl.judge.budget import Budget, OutsideFragment, Undecided
from symkl.judge.convexity import stationary_points
from symkl.judge.derivative import derivative, named_after
from symkl.judge.logs import factored
from symkl.judge.model import Model, NoModel
from symkl.judge.polynomial import Polynomial, accumulate, lone_atom, number_of, scale, subtract, variable
from symkl.judge.quotients import over_common_denominator
from symkl.judge.refutation import PRECISIONS, decimal, shown_point
from symkl.judge.sampling import Sampler, generic_plans
from symkl.judge.verdict import PROVED, REFUTED, UNKNOWN, Verdict
from symkl.language.term import Derivative, Extremum, Negation, Relation, Symbol, Term, free_names
from symkl.theory.setting import Setting

if TYPE_CHECKING:
    from symkl.judge.domain import Interval

PLACES = ("argmin", "argmax")
HALVINGS = 40


def judge_extrema(link: Relation, setting: Setting, budget: Budget, whole: Relation) -> Verdict:
    """The verdict on an equation of which a side is an extremum."""
    left, right = link.args
    if link.operators[0] not in ("=", ":="):
        raise OutsideFragment("an inequality between extrema")
    if not isinstance(left, Extremum):
        left, right = right, left
    if not isinstance(left, Extremum):
        raise OutsideFragment("an equation without an extremum")
    question = _Question(left, setting, budget)
    if isinstance(right, Extremum):
        if (left.kind in PLACES) != (right.kind in PLACES):
            raise OutsideFragment("a place of an extremum compared with a value")
        found = question.same_place(right) if left.kind in PLACES else None
    elif left.kind in PLACES:
        found = question.place(right)
    else:
        found = question.value(right)
    if found is None:
        return Verdict(whole, setting, UNKNOWN, "neither a proof nor a point was found that settles where the extremum is")
    verdict, reason, model, values = found
    shown = None if values is None else (decimal(values[0]), decimal(values[1]))
    gap = None if values is None else decimal(values[0] - values[1])
    return Verdict(whole, setting, verdict, reason, {} if model is None else model.witness(), shown, gap)


Found = tuple[str, str, Model | None, tuple[Any, Any] | None]


class _Question:
    """Where a function of one number is least."""

    def __init__(self, extremum: Extremum, setting: Setting, budget: Budget) -> None:
        self.setting, self.budget = setting, budget
        self.algebra = Algebra(setting, budget)
        self.extremum = extremum
        self.name = extremum.name
        interval = self.algebra.domain.interval(self.name)
        closed = (interval.low is not None and not interval.open_low) or (interval.high is not None and not interval.open_high)
        if self.name not in setting.scope.numbers or self.name in setting.integers or self.name in self.algebra.coordinates.equal:
            raise OutsideFragment(f"an extremum over {self.name}, which is no free number")
        if closed or any(self.name in free_names(relation) for relation in self.algebra.domain.relations):
            raise OutsideFragment("an extremum over a range that is no open interval")
        self.interval: Interval = interval
        self._check_written(extremum)
        self.atom = self.algebra.table.intern(Scalar(self.name))
        self.function = self._function(extremum)
        self.slope = derivative(self.algebra, self.function, self.atom)

    def _check_written(self, extremum: Extremum) -> None:
        """Raise OutsideFragment where a law is named after the parameter, as q_theta is, and no given says how it moves."""
        unwritten = named_after(extremum.body, self.name, self.setting)
        if unwritten is not None:
            raise OutsideFragment(f"how {unwritten} changes with {self.name} is not written")

    def _function(self, extremum: Extremum) -> Polynomial:
        """The function to minimise: the body, or minus it."""
        body = self.algebra.translate(extremum.body)
        return scale(body, -1) if extremum.kind in ("argmax", "max") else body

    def _defined(self) -> bool:
        return definedness.not_shown(self.algebra) is None

    # Proofs

    def same_place(self, other: Extremum) -> Found | None:
        """Whether two functions are least at the same places."""
        if other.name != self.name:
            raise OutsideFragment("extrema over two different numbers")
        self._check_written(other)
        function = self._function(other)
        slope = derivative(self.algebra, function, self.atom)
        if not self.slope and not slope and subtract(self.function, function):
            raise OutsideFragment(f"neither function is seen to change with {self.name}")
        if self._defined():
            if not subtract(self.slope, slope):
                return PROVED, f"the two functions differ by something without {self.name}, which moves no extremum", None, None
            if slope and self._positive_multiple(slope):
                return PROVED, "the one function is a positive multiple of the other, up to a constant", None, None
            places = [next(self._places(s), None) for s in (self.slope, slope)]
            if places[0] is not None and places[1] is not None and not subtract(places[0], places[1]):
                return PROVED, "both have their one extremum at the same point", None, None
        return self._refute_same(other)

    def _positive_multiple(self, slope: Polynomial) -> bool:
        try:
            ratio = self.algebra.multiply(self.slope, self.algebra.inverse(slope))
        except (Undecided, UndefinedTerm):
            return False
        return not derivative(self.algebra, ratio, self.atom) and self.algebra.signs.of(ratio) == 1

    def place(self, candidate: Term) -> Found | None:
        """Whether a function is least at a point, and only there."""
        if self.name in free_names(candidate):
            raise OutsideFragment(f"a place that speaks of {self.name} itself")
        at = self.algebra.translate(candidate)
        if self._defined() and self._inside(at):
            if any(not subtract(found, at) for found in self._places(self.slope)):
                return PROVED, f"the derivative is {self.name} minus the point, times something positive", None, None
            if self._stationary_and_convex(at):
                return PROVED, "the function is convex, and its derivative vanishes at the point", None, None
        return self._refute_place(candidate)

    def value(self, candidate: Term) -> Found | None:
        """Whether the least value of a function is this one."""
        wanted = self.algebra.translate(candidate)
        if self.extremum.kind == "max":
            wanted = scale(wanted, -1)
        places = list(self._least_places()) if self._defined() else []
        for place in places:
            if not subtract(self.algebra.replace(self.function, self.atom, place), wanted):
                return PROVED, "the function has that value where it has its one extremum", None, None
        return self._refute_value(candidate, places)

    def _least_places(self) -> Iterator[Polynomial]:
        """Points at which the function is least, and only there."""
        yield from self._places(self.slope)
        for found in stationary_points(self.algebra, self.function):
            if found.number == self.atom and self.algebra.signs.of(found.curvature) == 1:
                yield found.place

    def _refute_value(self, candidate: Term, places: list[Polynomial]) -> Found | None:
        """A point at which the function is certainly better than the value that is claimed, or its best value another one."""
        for model in self._models(candidate):
            with precision(PRECISIONS[1]):
                try:
                    claimed = Balls(model, self.budget).value(candidate)
                    wanted = -claimed if self.extremum.kind == "max" else claimed
                    for at in self._spread():
                        value = self._value_at(model, at)
                        if value < wanted:
                            reason = f"a better value is met at {self.name} = {decimal(at)}"
                            return self._found(model, reason, self._shown(value, wanted))
                    for at in self._numbers(model, places):
                        value = self._value_at(model, at)
                        if value > wanted:
                            reason = f"the best value is met at {self.name} = {decimal(at)}, and it is another one"
                            return self._found(model, reason, self._shown(value, wanted))
                except (NoValue, Unclear, NoModel):
                    continue
        return None

    def _shown(self, value: Any, wanted: Any) -> tuple[Any, Any]:
        """The two values of the function that is minimised, as those of the body."""
        return (-value, -wanted) if self.extremum.kind in ("argmax", "max") else (value, wanted)

    def _numbers(self, model: Model, places: list[Polynomial]) -> Iterator[Any]:
        """What the places are at a model, of those that are numbers or other parameters."""
        for place in places:
            number, atom = number_of(place), lone_atom(place)
            key = self.algebra.table.keys[atom] if atom is not None else None
            if number is not None:
                yield _rational(Fraction(number))
            elif isinstance(key, Scalar) and key.name in model.numbers:
                yield model.numbers[key.name]

    def _places(self, slope: Polynomial) -> Iterator[Polynomial]:
        """The point c of the domain with slope = (q - c) times something positive."""
        numerator, denominator = over_common_denominator(self.algebra, slope)
        if not numerator:
            return
        content, monomial, factors = factored(self.algebra, numerator)
        sign = (1 if content > 0 else -1) * self.algebra.signs.of_monomial(monomial) * self.algebra.signs.of_monomial(denominator)
        moving: Polynomial | None = None
        for form, multiplicity in factors:
            own = self.algebra.signs.of_atom(form)
            if own == 0:
                key = self.algebra.table.keys[form]
                if moving is not None or multiplicity != 1 or not isinstance(key, Form):
                    return
                moving = dict(key.polynomial)
            elif multiplicity % 2:
                sign *= own
        if moving is None or not sign:
            return
        lead = derivative(self.algebra, moving, self.atom)
        if not lead or derivative(self.algebra, lead, self.atom) or self.algebra.signs.of(lead) * sign != 1:
            return
        rest = dict(moving)
        accumulate(rest, self.algebra.multiply(lead, variable(self.atom)), -1)
        place = scale(self.algebra.multiply(rest, self.algebra.inverse(lead)), -1)
        if self._inside(place):
            yield place

    def _inside(self, place: Polynomial) -> bool:
        for bound, direction in ((self.interval.low, 1), (self.interval.high, -1)):
            if bound is not None:
                gap = scale(place, direction)
                accumulate(gap, {(): -direction * bound})
                if self.algebra.signs.of({m: c for m, c in gap.items() if c}) != 1:
                    return False
        return True

    def _stationary_and_convex(self, at: Polynomial) -> bool:
        curvature = derivative(self.algebra, self.slope, self.atom)
        return self.algebra.signs.of(curvature) == 1 and not self.algebra.replace(self.slope, self.atom, at)

    # Refutations

    def _models(self, *terms: Term) -> Iterator[Model]:
        sampler = Sampler(self.algebra.coordinates, self.algebra.domain, (self.extremum.body, *terms), self.budget)
        for plan in generic_plans(4):
            self.budget.look()
            model = sampler.draw(plan)
            if model is not None:
                yield model

    def _slope_at(self, extremum: Extremum, model: Model, at: Any) -> Any:
        before = model.numbers[self.name]
        model.numbers[self.name] = at
        try:
            body = Negation(extremum.body) if extremum.kind in ("argmax", "max") else extremum.body
            return Balls(model, self.budget).value(Derivative(body, Symbol(self.name)))
        finally:
            model.numbers[self.name] = before

    def _refute_place(self, candidate: Term) -> Found | None:
        for model in self._models(candidate):
            with precision(PRECISIONS[1]):
                try:
                    found = self._not_there(model, Balls(model, self.budget).value(candidate))
                except (NoValue, Unclear, NoModel):
                    continue
            if found is not None:
                return found
        return None

    def _not_there(self, model: Model, at: Any) -> Found | None:
        """Why the extremum is certainly not at a point of one model, if it is not."""
        from flint import fmpq

        if self._outside(at):
            return self._found(model, f"the point {decimal(at)} lies outside the range of {self.name}", None)
        if not self._holds(at):
            return None
        slope = self._slope_at(self.extremum, model, at)
        if slope > 0 or slope < 0:
            return self._found(
                model, f"the derivative at the point {decimal(at)} is {decimal(slope)}, not zero", (slope, fmpq(0))
            )
        here = self._value_at(model, at)
        for other in self._spread():
            there = self._value_at(model, other)
            if there < here:
                reason = f"the value at {self.name} = {decimal(other)} is better than that at the point {decimal(at)}"
                return self._found(model, reason, (here, there))
        return None

    def _found(self, model: Model, reason: str, values: tuple[Any, Any] | None) -> Found:
        model.numbers.pop(self.name, None)
        where = shown_point(model.witness())
        return REFUTED, f"at {where}: {reason}" if where else reason, model, values

    def _value_at(self, model: Model, at: Any) -> Any:
        before = model.numbers[self.name]
        model.numbers[self.name] = at
        try:
            value = Balls(model, self.budget).value(self.extremum.body)
        finally:
            model.numbers[self.name] = before
        return -value if self.extremum.kind in ("argmax", "max") else value

    def _spread(self) -> list[Any]:
        low, high = self._bracket()
        return [low + (high - low) * k / 16 for k in (1, 3, 6, 8, 10, 13, 15)]

    def _holds(self, value: Any) -> bool:
        return (self.interval.low is None or value > _rational(self.interval.low)) and (
            self.interval.high is None or value < _rational(self.interval.high)
        )

    def _outside(self, value: Any) -> bool:
        return (self.interval.low is not None and value <= _rational(self.interval.low)) or (
            self.interval.high is not None and value >= _rational(self.interval.high)
        )

    def _refute_same(self, other: Extremum) -> Found | None:
        """Bracket the one minimum of one function, and show that the other's derivative does not vanish in the bracket."""
        for own, against in ((self.extremum, other), (other, self.extremum)):
            function = self._function(own)
            slope = derivative(self.algebra, function, self.atom)
            unique = next(self._places(slope), None) is not None
            if not unique and self.algebra.signs.of(derivative(self.algebra, slope, self.atom)) != 1:
                continue
            for model in self._models(other.body):
                with precision(PRECISIONS[1]):
                    try:
                        found = self._apart(own, against, model)
                    except (NoValue, Unclear, NoModel):
                        continue
                    if found is not None:
                        return found
        return None

    def _apart(self, own: Extremum, against: Extremum, model: Model) -> Found | None:
        from flint import arb, fmpq

        low, high = self._bracket()
        if not (self._slope_at(own, model, low) < 0 and self._slope_at(own, model, high) > 0):
            return None
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            slope = self._slope_at(own, model, middle)
            if slope > 0:
                high = middle
            elif slope < 0:
                low = middle
            else:
                width = (high - low) / 8
                low, high = middle - width, middle + width
            steep = self._slope_at(against, model, arb(arb((low + high) / 2), arb((high - low) / 2)))
            if steep > 0 or steep < 0:
                reason = (
                    f"the one has its extremum between {decimal(low)} and {decimal(high)}, "
                    "where the derivative of the other is not zero"
                )
                return self._found(model, reason, (fmpq(0), steep))
        return None

    def _bracket(self) -> tuple[Any, Any]:
        from flint import fmpq

        low, high = self.interval.low, self.interval.high
        if low is not None and high is not None:
            width = high - low
            return _rational(low + width / 10_000), _rational(high - width / 10_000)
        if low is not None:
            return _rational(low) + fmpq(1, 10_000), _rational(low) + 10_000
        if high is not None:
            return _rational(high) - 10_000, _rational(high) - fmpq(1, 10_000)
        return fmpq(-10_000), fmpq(10_000)


def _rational(value: Any) -> Any:
    from flint import fmpq

    return fmpq(value.numerator, value.denominator)
