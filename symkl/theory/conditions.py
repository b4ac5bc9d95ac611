"""Discharging conditions: is this term positive, nonzero, an integer, under the givens, and which givens say so?

Sign rules only, each of them sure: a sum of positive terms is positive, a mass is, an affine term is where a given or the
total of a law shows it. What no rule shows is not discharged; that says nothing about its truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from symkl.language.scope import DENSITY, MASS, POSITIVE
from symkl.language.term import (
    CONVERSE,
    Abs,
    Constant,
    Delta,
    Exp,
    Expectation,
    Integral,
    Label,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcomes,
    Plus,
    Power,
    Product,
    Quotient,
    RandomVariable,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    difference,
    free_names,
    subterms,
    sum_of,
)
from symkl.theory.affine import affine, affine_in_parts, combined, constant
from symkl.theory.corners import parts_between, values_at_corners
from symkl.theory.setting import Setting

Reasons = frozenset[str]
"""The texts of the givens that a conclusion rests on; empty for plain arithmetic."""

_NONE: Reasons = frozenset()
ARITHMETIC = "arithmetic"


def discharge(condition: Relation, setting: Setting) -> str | None:
    """What discharges a condition between two terms, or None where nothing here does."""
    reasons = _chain(condition, setting)
    if reasons is None:
        return None
    return "; ".join(text for text in setting.texts if text in reasons) or ARITHMETIC


def _chain(condition: Relation, setting: Setting) -> Reasons | None:
    signs = Signs(setting)
    found = []
    for operator, left, right in zip(condition.operators, condition.args, condition.args[1:], strict=False):
        match operator:
            case ">":
                reasons = signs.positive(_minus(left, right))
            case "<":
                reasons = signs.positive(_minus(right, left))
            case ">=":
                reasons = signs.nonnegative(_minus(left, right))
            case "<=":
                reasons = signs.nonnegative(_minus(right, left))
            case "!=":
                reasons = signs.nonzero(_minus(left, right))
            case "=":
                reasons = _NONE if left == right else signs.zero(_minus(left, right))
            case _:
                reasons = None
        found.append(reasons)
    return _all(found)


def _minus(left: Term, right: Term) -> Term:
    return left if right == Number(0) else difference(left, right)


def _all(found: Iterable[Reasons | None]) -> Reasons | None:
    result = _NONE
    for reasons in found:
        if reasons is None:
            return None
        result |= reasons
    return result


class Signs:
    """Sign rules under one setting; each answer is the givens it rests on, or None."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def whole(self, term: Term) -> bool:
        """Whether the term is an integer: a whole number, a symbol that a given calls one, sums and products of such."""
        match term:
            case Number(value):
                return value.denominator == 1
            case Symbol(name):
                return name in self.setting.integers
            case Plus() | Times() | Negation() | Label():
                return all(map(self.whole, term.args[:1] if isinstance(term, Label) else term.args))
            case Value() | Size():
                return True
            case _:
                return False

    def positive(self, term: Term) -> Reasons | None:
        """Why the term is greater than zero."""
        match term:
            case Number(value):
                return _NONE if value > 0 else None
            case Constant() | Exp():
                return _NONE
            case Size(alphabet):
                return self.inhabited(alphabet)
            case Mass():
                return self._mass(term)
            case Times(factors):
                return self._product(factors)
            case Quotient(numerator, denominator):
                return self._product((numerator, denominator))
            case Power(base, exponent):
                return self._power(base, exponent)
            case Sum(_, domains, body):
                return _all((self.positive(body), *map(self.inhabited, domains)))
            case Label(body, _, _) | Product(_, _, body) | Expectation(_, _, body) | Integral(_, _, body):
                return self.positive(body)
            case Log(argument, base):
                return self._log(argument, base, 1)
            case Negation(inner):
                return self.negative(inner)
            case Plus(terms):
                found = self._sum(terms)
                found = self._affine(term, strict=True) if found is None else found
                return self._below(term) if found is None else found
            case Measure():
                return self._entropy(term)
            case Symbol():
                return self._affine(term, strict=True)
            case _:
                return None

    def negative(self, term: Term) -> Reasons | None:
        """Why the term is less than zero."""
        match term:
            case Negation(inner):
                return self.positive(inner)
            case Log(argument, base):
                return self._log(argument, base, -1)
            case Sum(_, domains, body):
                return _all((self.negative(body), *map(self.inhabited, domains)))
            case Label(body, _, _):
                return self.negative(body)
            case Times() | Quotient() if (found := self._negative_product(term.args)) is not None:
                return found
            case _:
                return self._affine(Negation(term), strict=True)

    def nonnegative(self, term: Term) -> Reasons | None:
        """Why the term is not less than zero."""
        found = self.positive(term)
        if found is not None:
            return found
        match term:
            case Number():
                return _NONE
            case Abs() | Delta():
                return _NONE
            case Power(_, Number(value)) if value.denominator == 1 and value % 2 == 0:
                return _NONE
            case Plus(terms):
                found = _all(map(self.nonnegative, terms))
                return found if found is not None else self._affine(term, strict=False)
            case Times(factors):
                return _all(map(self.nonnegative, factors))
            case Sum(_, _, body) | Label(body, _, _):
                return self.nonnegative(body)
            case _:
                return self._affine(term, strict=False)

    def nonzero(self, term: Term) -> Reasons | None:
        """Why the term is not zero."""
        match term:
            case Times() | Quotient():
                found = _all(map(self.nonzero, term.args))
            case Negation(inner) | Power(inner, _) | Label(inner, _, _):
                found = self.nonzero(inner)
            case _:
                found = None
        for sign in (self.positive, self.negative):
            found = sign(term) if found is None else found
        return found if found is not None else self._stated_apart(term)

    def zero(self, term: Term) -> Reasons | None:
        """Why the term is zero: a given equation says so."""
        form = affine(term)
        if form is None:
            return None
        if not form:
            return _NONE
        for fact in self.setting.facts:
            if fact.relation.operators == ("=",):
                stated = affine(difference(*fact.relation.args))
                if stated and _proportional(form, stated) is not None:
                    return frozenset((fact.given,))
        return None

    def inhabited(self, alphabet: Term) -> Reasons | None:
        """Why an alphabet has an element; an empty sum is zero."""
        if isinstance(alphabet, Range):
            return self.nonnegative(difference(alphabet.high, alphabet.low))
        return _NONE if alphabet.args or not isinstance(alphabet, Outcomes) else None

    # One head each

    def _below(self, term: Plus) -> Reasons | None:
        """b - a > 0 for 1 - a/b, and what is affine in numbers between 0 and 1."""
        match term:
            case Plus((Number(value), Negation(Quotient(above, below)))) if value == 1:
                return _all((self.positive(below), self.positive(difference(below, above))))
        found = self._over_parts(term)
        return found if found is not None else self._at_corners(term)

    def _over_parts(self, term: Plus) -> Reasons | None:
        """The sum of what its parts are together: 1 + exp(z) - 1."""
        form = affine_in_parts(term)
        if term in form or any(value < 0 for value in form.values()):
            return None
        return _all(_NONE if key is None else self.positive(key) for key in form) if form else None

    def _at_corners(self, term: Plus) -> Reasons | None:
        """A term that is affine in numbers between 0 and 1, and negative at no corner, and positive at one."""
        parts = parts_between(term, lambda part: self._between(part) is not None)
        if not parts:
            return None
        values = list(values_at_corners(term, parts))
        if min(values) < 0 or max(values) == 0:
            return None
        return _all(self._between(part.base if isinstance(part, Power) else part) for part in parts)

    def _between(self, part: Term) -> Reasons | None:
        """Why a number or a mass lies between 0 and 1."""
        return _all((self.positive(part), self._affine(difference(Number(1), part), strict=True)))

    def _entropy(self, measure: Measure) -> Reasons | None:
        """The entropy of a law of masses, or of random variables with one, is positive: every alphabet has two elements."""
        if measure.name != "H" or any(separator != "," for separator in measure.separators):
            return None
        names = {
            part.marginal.law if isinstance(part, Law) else self.setting.scope.variables.get(part.name, "")
            for part in measure.args
            if isinstance(part, RandomVariable) or (isinstance(part, Law) and not part.marginal.given)
        }
        laws = [self.setting.scope.laws.get(name) for name in sorted(names)]
        alike = all(type(part) is type(measure.args[0]) for part in measure.args)
        if not names or not alike or any(law is None or law.entries != MASS for law in laws):
            return None
        if len(names) < len(measure.args) and not isinstance(measure.args[0], RandomVariable):
            return None
        return frozenset(self.setting.given_of(name) for name in names)

    def _mass(self, mass: Mass) -> Reasons | None:
        law = self.setting.scope.laws.get(mass.marginal.law)
        if law is None or law.entries not in (MASS, DENSITY, POSITIVE):
            return self._affine(mass, strict=True)
        return frozenset((self.setting.given_of(law.name),))

    def _product(self, factors: tuple[Term, ...]) -> Reasons | None:
        positive = [self.positive(factor) for factor in factors]
        if None not in positive:
            return _all(positive)
        signs = [found if found is not None else self.negative(f) for f, found in zip(factors, positive, strict=True)]
        return _all(signs) if positive.count(None) % 2 == 0 else None

    def _negative_product(self, factors: tuple[Term, ...]) -> Reasons | None:
        positive = [self.positive(factor) for factor in factors]
        signs = [found if found is not None else self.negative(f) for f, found in zip(factors, positive, strict=True)]
        return _all(signs) if positive.count(None) % 2 == 1 else None

    def _power(self, base: Term, exponent: Term) -> Reasons | None:
        found = self.positive(base)
        even = isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value % 2 == 0
        return self.nonzero(base) if found is None and even else found

    def _log(self, argument: Term, base: Term, sign: int) -> Reasons | None:
        if isinstance(argument, Number) and argument.value <= 0:
            return None
        above = self.positive(difference(base, Number(1))) if not isinstance(base, Constant) else _NONE
        apart = _above_one(argument) if sign > 0 else difference(Number(1), argument)
        size = self.positive(apart) if sign > 0 or self.positive(argument) is not None else None
        return _all((above, size, self.positive(argument) if sign < 0 else _NONE))

    def _sum(self, terms: tuple[Term, ...]) -> Reasons | None:
        found = _all(map(self.nonnegative, terms))
        if found is None:
            return None
        return next((found | why for why in map(self.positive, terms) if why is not None), None)

    # Affine terms: bounds that givens state, and the totals of laws

    def _affine(self, term: Term, strict: bool) -> Reasons | None:
        form = affine(term)
        if form is None:
            return None
        return self._form(form, strict, 2)

    def _form(self, form: dict[Term | None, Fraction], strict: bool, depth: int) -> Reasons | None:
        found = self._plain(form, strict)
        if found is not None or not depth:
            return found
        for stated, is_strict, given in self._stated(form):
            factor = _eliminating(form, stated)
            if factor is None:
                continue
            rest = combined(form, stated, -factor)
            # The stated part is positive by itself, so that the rest may be zero.
            why = self._form(rest, strict and not is_strict, depth - 1) if rest or (strict and not is_strict) else _NONE
            if why is not None:
                return why | {given}
        return None

    def _plain(self, form: dict[Term | None, Fraction], strict: bool) -> Reasons | None:
        """All coefficients positive, nothing they multiply negative, and something positive where that is asked."""
        if any(value < 0 for value in form.values()):
            return None
        found = _all(self._key(key, False) for key in form)
        if found is None or not strict:
            return found
        return next((found | why for key in form if (why := self._key(key, True)) is not None), None)

    def _key(self, key: Term | None, strict: bool) -> Reasons | None:
        if key is None or isinstance(key, Constant):
            return _NONE
        return self._mass_sign(key) if isinstance(key, Mass) else self._bounded_below(key, strict)

    def _mass_sign(self, mass: Mass) -> Reasons | None:
        law = self.setting.scope.laws.get(mass.marginal.law)
        if law is None or law.entries not in (MASS, DENSITY, POSITIVE):
            return None
        return frozenset((self.setting.given_of(law.name),))

    def _bounded_below(self, symbol: Term, strict: bool) -> Reasons | None:
        for fact in self.setting.facts:
            for operator, left, right in _pairs(fact.relation):
                low = constant(affine(right))
                if left == symbol and low is not None and (low > 0 or (low == 0 and (operator == ">" or not strict))):
                    return frozenset((fact.given,))
        return None

    def _stated(self, form: dict[Term | None, Fraction]) -> Iterable[tuple[Mapping[Term | None, Fraction], bool, str]]:
        """Affine terms known to be positive (or not negative) that speak of what the form holds."""
        for fact in self.setting.facts:
            for operator, left, right in _pairs(fact.relation):
                stated = _gap(left, right)
                if stated and stated.keys() & form.keys() - {None}:
                    yield stated, operator == ">", fact.given
        for key in form:
            if isinstance(key, Constant):
                # e and pi are greater than 2, which no given has to say.
                yield {key: Fraction(1), None: Fraction(-2)}, True, ARITHMETIC
        yield from self._totals(form)

    def _totals(self, form: dict[Term | None, Fraction]) -> Iterable[tuple[Mapping[Term | None, Fraction], bool, str]]:
        """1 minus distinct masses of one law: positive while some mass is left out, else zero."""
        by_law: dict[str, list[Mass]] = {}
        for key, value in form.items():
            if isinstance(key, Mass) and value < 0:
                by_law.setdefault(key.marginal.law, []).append(key)
        for name, masses in by_law.items():
            law = self.setting.scope.laws.get(name)
            if law is None or law.entries != MASS or len({mass.marginal for mass in masses}) != 1:
                continue
            # Different names may stand for one value, different numbers may not.
            distinct = len(masses) == 1 or all(isinstance(value, Number) for mass in masses for value in mass.args)
            if not distinct or (masses[0].marginal.given and len(masses) > 1):
                # Of two conditional masses the conditions may differ.
                continue
            stated: dict[Term | None, Fraction] = {None: Fraction(1), **dict.fromkeys(masses, Fraction(-1))}
            yield stated, len(masses) < _least_size(law.alphabets[0]), self.setting.given_of(name)

    def _stated_apart(self, term: Term) -> Reasons | None:
        form = affine(term)
        if form is None:
            return None
        for fact in self.setting.facts:
            if fact.relation.operators == ("!=",):
                stated = affine(difference(*fact.relation.args))
                if stated and _proportional(form, stated) is not None:
                    return frozenset((fact.given,))
        return None


def _above_one(term: Term) -> Term:
    """The term less one; of a sum with a term one, the others."""
    if isinstance(term, Plus) and Number(1) in term.args:
        first = term.args.index(Number(1))
        rest = (*term.args[:first], *term.args[first + 1 :])
        return sum_of(rest)
    return difference(term, Number(1))


@lru_cache(maxsize=1024)
def _gap(left: Term, right: Term) -> Mapping[Term | None, Fraction] | None:
    """The affine form of a difference; the givens' own are asked for at every condition."""
    return affine(difference(left, right))


def _least_size(alphabet: Term) -> int:
    match alphabet:
        case Range(Number(low), Number(high)):
            return int(high - low) + 1
        case Outcomes(values):
            return len(values)
        case _:
            return 2


def _pairs(relation: Relation) -> Iterable[tuple[str, Term, Term]]:
    """The relation as statements left > right and left >= right."""
    for operator, left, right in zip(relation.operators, relation.args, relation.args[1:], strict=False):
        if operator in (">", ">="):
            yield operator, left, right
        elif operator in ("<", "<="):
            yield CONVERSE[operator], right, left
        elif operator == "=":
            yield ">=", left, right
            yield ">=", right, left


def _eliminating(form: Mapping[Term | None, Fraction], stated: Mapping[Term | None, Fraction]) -> Fraction | None:
    """The positive multiple of the stated form that removes a coefficient, a negative one first."""
    for key, value in stated.items():
        if key is not None and value < 0 and form.get(key, Fraction(0)) < 0:
            return form[key] / value
    for key, value in stated.items():
        if key is not None and value > 0 and form.get(key, Fraction(0)) > 0:
            return form[key] / value
    return None


def _proportional(form: dict[Term | None, Fraction], other: dict[Term | None, Fraction]) -> Fraction | None:
    if form.keys() != other.keys():
        return None
    ratios = {form[key] / other[key] for key in form}
    return ratios.pop() if len(ratios) == 1 else None


def depends_on(term: Term, variable: Term, setting: Setting) -> bool:
    """Whether a term may change with a symbol or an entry of a vector, by name or through the masses of its laws."""
    laws, names = _reached(term, setting)
    if not isinstance(variable, Mass):
        return bool(free_names(variable) & names)
    if variable.marginal.law not in setting.formulas:
        return variable.marginal.law in laws
    # A mass by a formula changes with the formula's own parts, so that none of them counts as constant.
    own_laws, own_names = _reached(variable, setting)
    return bool(laws & own_laws or names & own_names)


def _reached(term: Term, setting: Setting) -> tuple[set[str], set[str]]:
    laws: set[str] = set()
    names: set[str] = set(free_names(term))
    pending = [term]
    while pending:
        for part in subterms(pending.pop()):
            match part:
                case Mass(marginal, _) | Law(marginal, _):
                    law = marginal.law
                case RandomVariable(name):
                    law = setting.scope.variables.get(name, "")
                case _:
                    continue
            if law in laws:
                continue
            laws.add(law)
            formula = setting.formulas.get(law)
            for mass in [] if formula is None else [*formula.outcomes.values(), formula.formula]:
                if mass is not None:
                    names |= free_names(mass)
                    pending.append(mass)
    return laws, names
