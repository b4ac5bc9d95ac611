"""Random models of givens, and the value of any term in one, by ball arithmetic: what the tests compare equations with.

Nothing here knows a rule. A density is a law over a few points with weights, under which every rule of integrals is one of
weighted sums; a derivative is a central difference so narrow that its error is far below the tolerance; an extremum is taken
over a grid of the domain that the givens state, which holds every number of the model that lies in the domain.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Any

import flint

from symkl.language.scope import DENSITY, MASS, REAL
from symkl.language.term import (
    Abs,
    Alphabet,
    Constant,
    Delta,
    Derivative,
    Exp,
    Expectation,
    Extremum,
    Function,
    Integral,
    Label,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Power,
    Product,
    Quotient,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    difference,
    subterms,
)
from symkl.theory.affine import affine
from symkl.theory.independence import stated_independences
from symkl.theory.measures import coordinates, mass_of, unfold
from symkl.theory.setting import Setting

PRECISION = 640
STEP = Fraction(1, 2**160)
TOLERANCE = flint.arb(10) ** -30

Element = int | str
Values = tuple[Element, ...]


class Undefined(ArithmeticError):
    """The term has no value in this model."""


@dataclass(frozen=True)
class Model:
    """Numbers for the symbols, sizes for the alphabets, a table for each law."""

    setting: Setting
    numbers: Mapping[str, Any]
    sizes: Mapping[str, int]
    tables: Mapping[str, Mapping[Values, Any]] = field(default_factory=dict)

    def elements(self, alphabet: Term) -> list[Element]:
        match alphabet:
            case Range(low, high):
                return list(range(self.whole(low), self.whole(high) + 1))
            case Outcomes(values):
                return [self.element(value, {}) for value in values]
            case Alphabet(name):
                return list(range(1, self.sizes.get(name, 2) + 1))
        raise TypeError(f"{alphabet!r} is no alphabet")

    def whole(self, term: Term) -> int:
        found = self.value(term).unique_fmpz()
        if found is None:
            raise Undefined(f"{term!r} is no whole number")
        return int(found)

    def element(self, term: Term, at: Mapping[str, Element]) -> Element:
        match term:
            case Outcome(name):
                return name
            case Value(name) if name in at:
                return at[name]
        found = self.value(term, at).unique_fmpz()
        if found is None:
            raise Undefined(f"{term!r} is no element")
        return int(found)

    def weight(self, alphabet: Term, element: Element) -> Fraction:
        """What an integral weighs a point by."""
        return Fraction(1 + (int(element) if isinstance(element, int) else 1) % 3, 2)

    # Values

    def holds(self, statement: Term, at: Mapping[str, Element] | None = None) -> bool:
        """Whether a statement is true in the model."""
        if not isinstance(statement, Relation):
            raise TypeError(f"{statement!r} is no statement")
        return all(
            self._related(operator, left, right, at or {})
            for operator, left, right in zip(statement.operators, statement.args, statement.args[1:], strict=False)
        )

    def _related(self, operator: str, left: Term, right: Term, at: Mapping[str, Element]) -> bool:
        if operator in ("<=>", "=>"):
            sides = self.holds(left, at), self.holds(right, at)
            return sides[0] == sides[1] if operator == "<=>" else sides[1] or not sides[0]
        values = self.value(left, at), self.value(right, at)
        gap, near = values[0] - values[1], _near(*values)
        return {
            "=": near,
            "!=": not near,
            "<": gap < 0 and not near,
            ">": gap > 0 and not near,
            "<=": gap < 0 or near,
            ">=": gap > 0 or near,
        }[operator]

    def value(self, term: Term, at: Mapping[str, Element] | None = None) -> Any:
        """The value of a term where free values are elements.

        Raises: Undefined for a log of nothing positive, a division by zero.
        """
        with_values = at or {}
        match term:
            case Number(value):
                return _ball(value)
            case Constant(name):
                return flint.arb(1).exp() if name == "e" else flint.arb.pi()
            case Symbol(name):
                return self.numbers[name]
            case Value(name):
                if isinstance(with_values[name], str):
                    raise Undefined(f"{with_values[name]} is no number")
                return _ball(Fraction(with_values[name]))
            case Label(body, _, _):
                return self.value(body, with_values)
            case Plus(parts):
                return sum((self.value(part, with_values) for part in parts), flint.arb(0))
            case Times(parts):
                return _times(self.value(part, with_values) for part in parts)
            case Negation(inner):
                return -self.value(inner, with_values)
            case Quotient(above, below):
                return self.value(above, with_values) / _nonzero(self.value(below, with_values))
            case Power(base, exponent):
                return self._power(base, exponent, with_values)
            case Exp(inner):
                return self.value(inner, with_values).exp()
            case Abs(inner):
                return abs(self.value(inner, with_values))
            case Log(argument, base):
                below = self.value(base, with_values)
                return _positive(self.value(argument, with_values)).log() / _nonzero(_positive(below).log())
            case Delta(left, right):
                return flint.arb(int(self.element(left, with_values) == self.element(right, with_values)))
            case Size(alphabet):
                return flint.arb(len(self.elements(alphabet)))
            case Mass(marginal, values):
                return self._mass(marginal, tuple(self.element(value, with_values) for value in values))
            case Sum() | Product() | Integral():
                return self._finite(term, with_values)
            case Expectation(names, (law,), body):
                found = coordinates(law, self.setting)
                mass = mass_of(law, {c.variable: Value(name) for c, name in zip(found, names, strict=True)})
                head = Integral if self._dense(mass) else Sum
                if not set(names) & {name for name in with_values if _occurs(law, name)}:
                    return self.value(head(names, [c.alphabet for c in found], Times(mass, body)), with_values)
                raise Undefined("the expectation captures a name")
            case Measure():
                return self.value(unfold(term, self.setting), with_values)
            case Derivative(body, variable):
                above, below = (self._moved(variable, sign, with_values).value(body, with_values) for sign in (1, -1))
                slope = (above - below) / _ball(2 * STEP)
                if not slope.rad() < TOLERANCE:
                    raise Undefined("too large to differentiate with so many digits")
                return slope
            case Extremum():
                return self._extremum(term, with_values)
            case Function(name, parts):
                return _times(self.value(part, with_values) + len(name) for part in parts)
        raise TypeError(f"no value for {type(term).__name__}")

    def _power(self, base: Term, exponent: Term, at: Mapping[str, Element]) -> Any:
        value = self.value(base, at)
        if isinstance(exponent, Number) and exponent.value.denominator == 1:
            return _times([value] * int(exponent.value))
        return _positive(value) ** self.value(exponent, at)

    def _dense(self, mass: Term) -> bool:
        return any(isinstance(p, Mass) and self.setting.scope.laws[p.marginal.law].entries == DENSITY for p in subterms(mass))

    def _finite(self, term: Any, at: Mapping[str, Element]) -> Any:
        found = flint.arb(1 if isinstance(term, Product) else 0)
        for row in product(*map(self.elements, term.domains)):
            value = self.value(term.body, {**at, **dict(zip(term.names, row, strict=True))})
            if isinstance(term, Product):
                found *= value
                continue
            weights = zip(term.domains, row, strict=True) if isinstance(term, Integral) else ()
            found += _times([value, *(_ball(self.weight(domain, element)) for domain, element in weights)])
        return found

    def _mass(self, marginal: Any, values: Values) -> Any:
        law = self.setting.scope.laws[marginal.law]
        fixed = dict(zip((*marginal.of, *marginal.given), values, strict=True))
        above = self._total(law, fixed)
        below = self._total(law, {name: fixed[name] for name in marginal.given}) if marginal.given else None
        return above if below is None else above / below

    def _total(self, law: Any, fixed: Mapping[str, Element]) -> Any:
        total = flint.arb(0)
        for row, mass in self.tables[law.name].items():
            at = dict(zip(law.variables, row, strict=True))
            if all(at[name] == element for name, element in fixed.items()):
                free = [(a, at[name]) for name, a in zip(law.variables, law.alphabets, strict=True) if name not in fixed]
                weights = [self.weight(*pair) for pair in free] if law.entries == DENSITY else []
                total += _times([mass, *map(_ball, weights)])
        return total

    # Derivatives and extrema

    def _moved(self, variable: Term, sign: int, at: Mapping[str, Element]) -> Model:
        shift = _ball(sign * STEP)
        if isinstance(variable, Symbol):
            moved = replace(self, numbers={**self.numbers, variable.name: self.numbers[variable.name] + shift})
            return replace(moved, tables=_with_formulas(moved))
        if not isinstance(variable, Mass):
            raise TypeError("a derivative by something else")
        row = tuple(self.element(value, at) for value in variable.args)
        table = {**self.tables[variable.marginal.law]}
        table[row] = table[row] + shift
        moved = replace(self, tables={**self.tables, variable.marginal.law: table})
        return replace(moved, tables=_with_formulas(moved))

    def _extremum(self, term: Extremum, at: Mapping[str, Element]) -> Any:
        sign = -1 if term.kind in ("argmax", "max") else 1
        found = min(
            ((sign * moved.value(term.body, at), point) for point, moved in self._over(term.name)),
            key=lambda pair: pair[0].mid(),
        )
        return found[1] if term.kind.startswith("arg") else sign * found[0]

    def _over(self, name: str) -> Iterator[tuple[Any, Model]]:
        grid = [_ball(Fraction(k, 12)) for k in range(-12, 25)]
        for point in [*grid, *self.numbers.values()]:
            moved = replace(self, numbers={**self.numbers, name: point})
            if all(moved.holds(fact.relation) for fact in self.setting.facts):
                yield point, replace(moved, tables=_with_formulas(moved))


def _ball(value: Fraction | int) -> Any:
    exact = Fraction(value)
    return flint.arb(exact.numerator) / exact.denominator


def _times(values: Any) -> Any:
    found = flint.arb(1)
    for value in values:
        found *= value
    return found


def _nonzero(value: Any) -> Any:
    if value.contains(0):
        raise Undefined("division by zero")
    return value


def _positive(value: Any) -> Any:
    if not value > 0:
        raise Undefined("log of something not positive")
    return value


def _occurs(term: Term, name: str) -> bool:
    return any(isinstance(part, Value) and part.name == name for part in subterms(term))


# Making models


def random_model(setting: Setting, seed: int) -> Model:
    """A model of the givens, another for each seed."""
    flint.ctx.prec = PRECISION
    source = random.Random(seed)
    sizes = {name: source.randint(2, 3) for name in sorted(_alphabets(setting))}
    for _ in range(2000):
        drawn = {name: _number(name, setting, source) for name in sorted(setting.scope.numbers)}
        numbers = {name: _ball(value) for name, value in _solved(drawn, setting).items()}
        made = Model(setting, numbers, sizes)
        made = replace(made, tables=_random_tables(made, source))
        made = replace(made, tables=_with_formulas(made))
        if all(made.holds(fact.relation) for fact in setting.facts if not _has_values(fact.relation)):
            return made
    raise AssertionError(f"no model found for {setting.texts}")


def _has_values(relation: Term) -> bool:
    return any(isinstance(part, Value) for part in subterms(relation))


def _alphabets(setting: Setting) -> set[str]:
    alphabets = (alphabet for law in setting.scope.laws.values() for alphabet in law.alphabets)
    return {alphabet.name for alphabet in alphabets if isinstance(alphabet, Alphabet)} | set(setting.scope.variables)


def _number(name: str, setting: Setting, source: random.Random) -> Fraction:
    if name in setting.integers:
        return Fraction(source.randint(1, 4))
    if source.random() < 0.6:
        below = source.randint(3, 40)
        return Fraction(source.randint(1, below - 1), below)
    return Fraction(source.randint(-40, 60), source.randint(1, 13))


def _solved(drawn: dict[str, Fraction], setting: Setting) -> dict[str, Fraction]:
    """The numbers with one of each given equation worked out from the others."""
    for fact in setting.facts:
        form = affine(difference(*fact.relation.args)) if fact.relation.operators == ("=",) else None
        names = [key.name for key in form or () if isinstance(key, Symbol)]
        if form and names and len(names) == len(form.keys() - {None}):
            rest = sum((form[Symbol(name)] * drawn[name] for name in names[:-1]), form.get(None, Fraction(0)))
            drawn = {**drawn, names[-1]: -rest / form[Symbol(names[-1])]}
    return drawn


def _random_tables(model: Model, source: random.Random) -> dict[str, dict[Values, Any]]:
    found = {}
    for name, law in model.setting.scope.laws.items():
        rows = list(product(*map(model.elements, law.alphabets)))
        low = -9 if law.entries == REAL else 1
        weights = {row: Fraction(source.randint(low, 20), source.randint(1, 5)) for row in rows}
        if law.entries in (MASS, DENSITY):
            weights = _normalised(_factored(weights, model, name), model, name)
        found[name] = {row: _ball(weight) for row, weight in weights.items()}
    return found


def _normalised(weights: dict[Values, Fraction], model: Model, name: str) -> dict[Values, Fraction]:
    law = model.setting.scope.laws[name]

    def volume(row: Values) -> Fraction:
        found = Fraction(1)
        for alphabet, element in zip(law.alphabets, row, strict=True):
            found *= model.weight(alphabet, element) if law.entries == DENSITY else 1
        return found

    total = sum(weight * volume(row) for row, weight in weights.items())
    return {row: weight / total for row, weight in weights.items()}


def _factored(weights: dict[Values, Fraction], model: Model, name: str) -> dict[Values, Fraction]:
    """The weights made to satisfy the independences that the givens state of the law's variables."""
    variables = model.setting.scope.laws[name].variables
    if any(model.setting.scope.variables.get(v) != name for v in variables):
        return weights
    for left, right, behind in stated_independences(model.setting):
        if not left | right | behind <= set(variables):
            continue

        def part(row: Values, names: frozenset[str], known: Mapping[Values, Fraction] = weights) -> Fraction:
            fixed = [k for k, variable in enumerate(variables) if variable in names]
            return sum((w for other, w in known.items() if all(other[k] == row[k] for k in fixed)), Fraction(0))

        spoken = left | right | behind
        weights = {
            row: part(row, left | behind) * part(row, right | behind) / part(row, behind) * weight / part(row, spoken)
            for row, weight in weights.items()
        }
    return weights


def _with_formulas(model: Model) -> dict[str, Mapping[Values, Any]]:
    """The tables, those of laws by a formula worked out again."""
    tables = dict(model.tables)
    for _ in model.setting.formulas:
        for name, formula in model.setting.formulas.items():
            law = model.setting.scope.laws[name]
            at = replace(model, tables=tables)
            for element in model.elements(law.alphabets[0]):
                written = Outcome(element) if isinstance(element, str) else Number(element)
                term = formula.at(written)
                if term is not None:
                    tables[name] = {**tables[name], (element,): at.value(term)}
    return tables


def free_values(model: Model, seed: int, *terms: Term) -> dict[str, Element]:
    """An element of its alphabet for each name that stands for a value and is bound nowhere around."""
    source = random.Random(seed)
    found: dict[str, set[Element]] = {}
    for term in terms:
        for part in subterms(term):
            if isinstance(part, Mass | Law):
                law = model.setting.scope.laws[part.marginal.law]
                names = (*part.marginal.of, *part.marginal.given) if isinstance(part, Mass) else part.marginal.given
                for name, value in zip(names, part.args, strict=False):
                    if isinstance(value, Value):
                        elements = set(model.elements(law.alphabet(name)))
                        found[value.name] = found.get(value.name, elements) & elements
            elif isinstance(part, Value):
                found.setdefault(part.name, {1, 2})
    return {name: source.choice(sorted(elements, key=str)) for name, elements in found.items() if elements}


def equal(model: Model, left: Term, right: Term, at: Mapping[str, Element] | None = None) -> bool:
    """Whether two terms (or statements) have one value in the model."""
    if isinstance(left, Relation) or isinstance(right, Relation):
        return model.holds(left, at) == model.holds(right, at)
    return _near(model.value(left, at), model.value(right, at))


def _near(a: Any, b: Any) -> bool:
    return bool(abs(a - b) < TOLERANCE * (1 + abs(a)))
