"""The value of a term at a concrete model: exact rationals as long as they last, then rigorous balls.

Nothing here shares a line with the normal form: a term is evaluated as it is written. Derivatives are evaluated by dual
numbers. A value that does not exist is found exactly; where a ball cannot tell, the answer is that it cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flint import arb, ctx, fmpq

from symkl.judge.budget import Budget
from symkl.judge.dual import Dual, constant_part
from symkl.judge.model import Element, Model
from symkl.language.picks import by_absolute_value
from symkl.language.term import (
    Abs,
    Binder,
    Constant,
    Delta,
    Derivative,
    Exp,
    Expectation,
    Function,
    Integral,
    Label,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcome,
    Pick,
    Plus,
    Power,
    Product,
    Quotient,
    Range,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    subterms,
)
from symkl.theory.measures import coordinates, unfold, written_as_sum

Number_ = Any
"""An fmpq, an arb, or a Dual of them."""

Values = dict[str, Element]

EXACT_BITS = 20_000
"""Powers whose result has more bits than this are taken in balls."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Ball arithmetic at a precision."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


class NoValue(Exception):
    """A part of the term is what it must not be at the model: not positive under a log, zero below a fraction."""

    def __init__(self, part: Term, what: str) -> None:
        self.part, self.what = part, what
        super().__init__(what)


class Unclear(Exception):
    """The balls are too wide to tell, or the term is none that is evaluated."""


class Balls:
    """Evaluates terms at one model, at the precision in force."""

    def __init__(self, model: Model, budget: Budget) -> None:
        self.model = model
        self.setting = model.setting
        self.budget = budget
        self._seeds: dict[object, Dual] = {}
        self._level = 0
        self._by_type: dict[type[Term], Callable[..., Number_]] = {
            Number: self._number,
            Symbol: self._symbol,
            Constant: self._constant,
            Value: self._index_value,
            Mass: self._mass,
            Plus: self._plus,
            Times: self._times,
            Quotient: self._quotient,
            Negation: self._negation,
            Power: self._power,
            Log: self._log,
            Exp: self._exp,
            Abs: self._abs,
            Pick: self._pick,
            Size: self._size,
            Delta: self._delta,
            Sum: self._sum,
            Integral: self._sum,
            Product: self._sum,
            Expectation: self._expectation,
            Measure: self._measure,
            Derivative: self._derivative,
            Function: self._function,
            Label: self._label,
        }

    def value(self, term: Term, values: Values | None = None) -> Number_:
        """The value of a term.

        Raises: NoValue where a part of it has none; Unclear where that cannot be told.
        """
        evaluate = self._by_type.get(type(term))
        if evaluate is None:
            raise Unclear(f"{type(term).__name__} is not evaluated")
        return evaluate(term, values or {})

    def element(self, term: Term, values: Values) -> Element:
        """The element that an index or value is."""
        if isinstance(term, Value):
            found = values.get(term.name)
            return found if found is not None else self.model.free_value(term.name)
        if isinstance(term, Outcome):
            return term.name
        number = constant_part(self.value(term, values))
        if isinstance(number, fmpq) and number.q == 1:
            return int(number.p)
        raise Unclear("an index that is no whole number")

    # Leaves

    def _number(self, term: Number, _values: Values) -> Number_:
        return fmpq(term.value.numerator, term.value.denominator)

    def _symbol(self, term: Symbol, values: Values) -> Number_:
        seed = self._seeds.get(term.name)
        if seed is not None:
            return seed
        equal = self.model.equal.get(term.name)
        if equal is not None:
            return self.value(equal, values)
        return self.model.number(term.name)

    def _constant(self, term: Constant, _values: Values) -> Number_:
        return arb(1).exp() if term.name == "e" else arb.pi()

    def _index_value(self, term: Value, values: Values) -> Number_:
        element = self.element(term, values)
        if isinstance(element, str):
            raise Unclear("an outcome used as a number")
        return fmpq(element)

    def _mass(self, term: Mass, values: Values) -> Number_:
        marginal = term.marginal
        names = marginal.of + marginal.given
        at = dict(zip(names, (self.element(value, values) for value in term.args), strict=True))
        formula = self.setting.formulas.get(marginal.law)
        if formula is not None:
            element = next(iter(at.values()))
            if formula.formula is not None:
                return self.value(formula.formula, {**values, formula.index: element})
            key: Term = Outcome(element) if isinstance(element, str) else Number(element)
            if key not in formula.outcomes:
                raise NoValue(term, "has no such outcome")
            return self.value(formula.outcomes[key])
        seed = self._seeds.get((marginal.law, tuple(at.values())))
        if seed is not None:
            return seed
        if not self.model.inside(marginal.law, at):
            raise NoValue(term, "is outside the alphabet")
        whole = self.model.mass(marginal.law, at)
        if not marginal.given:
            return whole
        return whole / self.model.mass(marginal.law, {name: at[name] for name in marginal.given})

    # Arithmetic

    def _plus(self, term: Plus, values: Values) -> Number_:
        first, *rest = term.args
        self.budget.spend(len(rest))
        total = self.value(first, values)
        for summand in rest:
            total = total + self.value(summand, values)
        return total

    def _times(self, term: Times, values: Values) -> Number_:
        first, *rest = term.args
        self.budget.spend(len(rest))
        product = self.value(first, values)
        for factor in rest:
            product = product * self.value(factor, values)
        return product

    def _quotient(self, term: Quotient, values: Values) -> Number_:
        below = self._nonzero(self.value(term.denominator, values), term.denominator)
        return self.value(term.numerator, values) / below

    def _negation(self, term: Negation, values: Values) -> Number_:
        return -self.value(term.argument, values)

    def _power(self, term: Power, values: Values) -> Number_:
        base, exponent = self.value(term.base, values), self.value(term.exponent, values)
        if isinstance(exponent, fmpq) and exponent.q == 1:
            count = int(exponent.p)
            if count < 0:
                base = self._nonzero(base, term.base)
            if isinstance(base, fmpq):
                bits = max(int(base.p).bit_length(), int(base.q).bit_length())
                return base**count if bits * abs(count) < EXACT_BITS else arb(base) ** count
            return base**count
        base = self._positive(base, term.base)
        return _exponential(exponent * _logarithm(base))

    def _log(self, term: Log, values: Values) -> Number_:
        natural = _logarithm(self._positive(self.value(term.argument, values), term.argument))
        if isinstance(term.base, Constant) and term.base.name == "e":
            return natural
        base = _logarithm(self._positive(self.value(term.base, values), term.base))
        return natural / self._nonzero(base, term)

    def _exp(self, term: Exp, values: Values) -> Number_:
        return _exponential(self.value(term.argument, values))

    def _pick(self, term: Pick, values: Values) -> Number_:
        return self.value(by_absolute_value(term), values)

    def _abs(self, term: Abs, values: Values) -> Number_:
        value = self.value(term.argument, values)
        if isinstance(value, Dual):
            inner = constant_part(value)
            if not (inner > 0 or inner < 0):
                raise Unclear("the derivative of an absolute value at zero")
            return value if inner > 0 else -value
        return abs(value)

    def _size(self, term: Size, _values: Values) -> Number_:
        return fmpq(len(self.model.elements(term.argument)))

    def _delta(self, term: Delta, values: Values) -> Number_:
        return fmpq(int(self.element(term.args[0], values) == self.element(term.args[1], values)))

    def _function(self, term: Function, values: Values) -> Number_:
        return self.model.function(term.name, tuple(self._argument(argument, values) for argument in term.args))

    def _argument(self, argument: Term, values: Values) -> str:
        if isinstance(argument, Value | Outcome):
            return str(self.element(argument, values))
        value = self.value(argument, values)
        if not isinstance(value, fmpq):
            raise Unclear("an unknown function of an irrational number")
        return str(value)

    def _label(self, term: Label, values: Values) -> Number_:
        return self.value(term.body, values)

    # Binders and measures

    def _sum(self, term: Binder, values: Values) -> Number_:
        total: Number_ = fmpq(1 if isinstance(term, Product) else 0)
        for inner, width in self._points(term, values):
            value = self.value(term.body, inner)
            total = total * value if isinstance(term, Product) else total + width * value
        return total

    def _points(self, term: Binder, values: Values) -> list[tuple[Values, fmpq]]:
        points: list[tuple[Values, fmpq]] = [(dict(values), fmpq(1))]
        for name, alphabet in zip(term.names, term.domains, strict=True):
            grown = []
            for inner, width in points:
                for element in self.model.elements(self._known_range(alphabet, inner)):
                    own = self.model.width(alphabet, element) if isinstance(term, Integral) else fmpq(1)
                    grown.append(({**inner, name: element}, width * own))
            points = grown
            self.budget.spend(5 * len(points) + 1)
        return points

    def _known_range(self, alphabet: Term, values: Values) -> Term:
        if isinstance(alphabet, Range) and any(isinstance(part, Value) for part in subterms(alphabet)):
            low, high = (self.element(bound, values) for bound in alphabet.args)
            if isinstance(low, int) and isinstance(high, int) and low >= 0 <= high:
                return Range(Number(low), Number(high))
        return alphabet

    def _expectation(self, term: Expectation, values: Values) -> Number_:
        return self.value(self.model.cached(term, self._written_out), values)

    def _written_out(self, term: Expectation) -> Term:
        if len(coordinates(term.domains[0], self.setting)) != len(term.names):
            raise Unclear("an expectation that binds another number of values than its law has")
        return written_as_sum(term, self.setting)

    def _measure(self, term: Measure, values: Values) -> Number_:
        return self.value(self.model.cached(term, lambda measure: unfold(measure, self.setting)), values)

    def _derivative(self, term: Derivative, values: Values) -> Number_:
        variable = term.variable
        key: object
        if isinstance(variable, Symbol):
            key = variable.name
        elif isinstance(variable, Mass):
            key = (variable.marginal.law, tuple(self.element(value, values) for value in variable.args))
        else:
            raise Unclear("a derivative by something else than a coordinate")
        at = self.value(variable, values)
        self._level += 1
        before = self._seeds.get(key)
        self._seeds[key] = Dual(at, fmpq(1), self._level)
        try:
            result = self.value(term.body, values)
        finally:
            level = self._level
            self._level -= 1
            if before is None:
                del self._seeds[key]
            else:
                self._seeds[key] = before
        return result.tangent if isinstance(result, Dual) and result.level == level else fmpq(0)

    # What has to hold of a value

    def _positive(self, value: Number_, part: Term) -> Number_:
        inner = constant_part(value)
        if inner > 0:
            return value
        if isinstance(inner, fmpq) or inner < 0:
            raise NoValue(part, "is not positive")
        raise Unclear("a log of something that may be zero")

    def _nonzero(self, value: Number_, part: Term) -> Number_:
        inner = constant_part(value)
        if inner > 0 or inner < 0:
            return value
        if isinstance(inner, fmpq):
            raise NoValue(part, "is zero")
        raise Unclear("a division by something that may be zero")


def _logarithm(value: Number_) -> Number_:
    if isinstance(value, fmpq):
        return fmpq(0) if value == 1 else arb(value).log()
    return value.log()


def _exponential(value: Number_) -> Number_:
    if isinstance(value, fmpq):
        return fmpq(1) if value == 0 else arb(value).exp()
    return value.exp()
