"""Signs: which atoms and polynomials are positive, or negative, on the whole domain.

A polynomial is positive when all its monomials are; when it is affine and its least value over the simplices and
intervals of its atoms is not negative; or when its Bernstein coefficients there are not negative. Every alphabet has two
elements or more, so a mass is less than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from symkl.judge.atoms import Applied, Entry, ExpOf, Form, Integer, LogOf, Position, Scalar, SizeOf, SumOf
from symkl.judge.bernstein import Group, fits, sign_by_coefficients
from symkl.judge.domain import Interval
from symkl.judge.linear import nonnegative_combination
from symkl.judge.logs import factored
from symkl.judge.members import exceeded
from symkl.judge.numbers import sign_of_number
from symkl.judge.polynomial import (
    UNIT,
    Frozen,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    common_monomial,
    frozen,
    is_affine,
    monomial_power,
    subtract,
    times_monomial,
    variable,
)
from symkl.language.scope import MASS, REAL
from symkl.language.term import Number, Range

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra


class Signs:
    """The signs of one judgement's atoms and polynomials: 1, -1, or 0 where nothing here shows one."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self._atoms: dict[int, int] = {}
        self._facts: list[tuple[Polynomial, bool]] | None = None
        self._apart: list[Polynomial] | None = None
        self._curved: dict[Frozen, int] = {}

    def of_atom(self, atom: int) -> int:
        """The sign of an atom."""
        known = self._atoms.get(atom)
        if known is None:
            known = self._atoms[atom] = self._of_key(atom)
        return known

    def of_monomial(self, monomial: Monomial, coefficient: Rational = 1) -> int:
        """The sign of a monomial times a number."""
        sign = 1 if coefficient > 0 else -1
        for atom, exponent in monomial:
            own = self.of_atom(atom)
            if own == 0 and exponent == int(exponent) and not int(exponent) % 2 and self._apart_from_zero(atom):
                continue
            if own == 0 or (own < 0 and exponent != int(exponent)):
                return 0
            if own < 0 and int(exponent) % 2:
                sign = -sign
        return sign

    def of(self, polynomial: Polynomial) -> int:
        """The sign of a polynomial."""
        if not polynomial:
            return 0
        common = self._of_terms(polynomial)
        if common or len(polynomial) == 1:
            return common
        if self.algebra.table.is_number(polynomial):
            return sign_of_number(self.algebra, polynomial)
        if self.algebra.table.forms:
            numerator, denominator = self.algebra.over_common_denominator(polynomial)
            if denominator:
                return self.of(numerator) * self.of_monomial(denominator)
        shared = common_monomial(polynomial)
        if shared:
            return self.of(times_monomial(polynomial, monomial_power(shared, -1))) * self.of_monomial(shared)
        if is_affine(polynomial):
            return self._affine(polynomial) or self._by_facts(polynomial) or self._by_members(polynomial)
        key = frozen(polynomial)
        if key not in self._curved:
            found = self._of_factors(polynomial) or self._by_coefficients(polynomial) or self._by_members(polynomial)
            self._curved[key] = found
        return self._curved[key]

    def _by_coefficients(self, polynomial: Polynomial) -> int:
        atoms = {atom for monomial in polynomial for atom, _ in monomial}
        return sign_by_coefficients(polynomial, *self._variables(atoms)) if fits(polynomial, atoms) else 0

    def _by_members(self, polynomial: Polynomial) -> int:
        """The sign that shows when one of its terms is put for a sum of positive terms: less is left, or more."""
        for sign in (1, -1):
            scaled = {monomial: sign * coefficient for monomial, coefficient in polynomial.items()}
            if any(not less or self._of_terms(less) == 1 for less in exceeded(self.algebra, scaled)):
                return sign
        return 0

    def nonzero(self, polynomial: Polynomial) -> bool:
        """Whether a polynomial is seen to vanish nowhere: by its sign, or as a product of what the givens keep from zero."""
        if self.of(polynomial):
            return True
        if not polynomial or not self._kept_apart():
            return False
        _, monomial, factors = factored(self.algebra, self.algebra.over_common_denominator(polynomial)[0])
        return all(self.of_atom(atom) or self._apart_from_zero(atom) for atom, _ in (*monomial, *factors))

    def _apart_from_zero(self, atom: int) -> bool:
        """Whether the givens say of an atom, or of the polynomial that it stands for, that it is not zero."""
        key = self.algebra.table.keys[atom]
        if isinstance(key, LogOf):
            return self.of_atom(key.base) == 1 and self.nonzero({((key.base, 1),): 1, UNIT: -1})
        polynomial = dict(key.polynomial) if isinstance(key, Form) else variable(atom)
        return any(_multiple(polynomial, gap) for gap in self._kept_apart())

    def _kept_apart(self) -> list[Polynomial]:
        """The differences that the givens say are not zero: a != 1."""
        if self._apart is None:
            self._apart = []
            for relation in self.algebra.domain.relations:
                if relation.operators[0] == "!=":
                    one, other = (self.algebra.translate(side) for side in relation.args)
                    self._apart.append(subtract(one, other))
        return self._apart

    def _of_terms(self, polynomial: Polynomial) -> int:
        """The sign that every term has; 0 where they differ or one is not known."""
        common = 0
        for monomial, coefficient in polynomial.items():
            sign = self.of_monomial(monomial, coefficient)
            if not sign or sign == -common:
                return 0
            common = sign
        return common

    def _of_factors(self, polynomial: Polynomial) -> int:
        """The sign of a polynomial that factors."""
        content, _, factors = factored(self.algebra, polynomial)
        if len(factors) == 1 and factors[0][1] == 1:
            return 0
        sign = 1 if content > 0 else -1
        for form, multiplicity in factors:
            own = self.of_atom(form) or int(multiplicity % 2 == 0 and self._apart_from_zero(form))
            sign *= own**multiplicity
        return sign

    # Atoms

    def _of_key(self, atom: int) -> int:
        match self.algebra.table.keys[atom]:
            case Scalar(name):
                return 1 if name == "pi" else self.algebra.domain.interval(name).sign() or self._by_facts({((atom, 1),): 1})
            case Entry(law, _):
                return self._entry_interval(law).sign()
            case Integer() | ExpOf() | SizeOf():
                return 1
            case Form(polynomial):
                return self.of(dict(polynomial))
            case LogOf(base):
                return self._of_log(base)
            case SumOf(_, body):
                return self.of_monomial(body)
            case Position(index):
                return self._of_position(index)
            case Applied("abs", (argument,)):
                return 1 if self.nonzero(dict(argument)) else 0
            case _:
                return 0

    def _of_position(self, index: tuple[str, int | str, int]) -> int:
        domain = self.algebra.domain_of(index)
        match domain.alphabet if domain is not None else None:
            case Range(Number(low), _) if low > 0:
                return 1
            case _:
                return 0

    def _of_log(self, base: int) -> int:
        interval = self.interval(base)
        if interval.low is not None and (interval.low > 1 or (interval.low == 1 and interval.open_low)):
            return 1
        if interval.high is not None and interval.low is not None and interval.low >= 0 and interval.high <= 1:
            return -1 if interval.open_high or interval.high < 1 else 0
        return 0

    def interval(self, atom: int) -> Interval:
        """Between which numbers an atom lies."""
        match self.algebra.table.keys[atom]:
            case Scalar(name) if name != "pi":
                return self.algebra.domain.interval(name)
            case Entry(law, _) if self.algebra.setting.scope.laws[law].entries == MASS:
                return Interval(Fraction(0), Fraction(1))
            case Entry(law, _) if law in self.algebra.domain.entries:
                return self._entry_interval(law)
            case Integer(value):
                return Interval(Fraction(value), Fraction(value), False, False)
            case SizeOf():
                return Interval(Fraction(2), None, False)
            case Form(polynomial):
                return self._form_interval(polynomial)
        sign = self.of_atom(atom)
        zero = Fraction(0)
        return Interval(zero, None) if sign > 0 else Interval(None, zero) if sign < 0 else Interval()

    def _entry_interval(self, law: str) -> Interval:
        """Between which numbers every entry of a law or vector lies."""
        stated = self.algebra.domain.entries.get(law, Interval())
        found = replace(stated)
        if self.algebra.setting.scope.laws[law].entries != REAL:
            found.narrow(">", Fraction(0))
        return found

    def _form_interval(self, polynomial: Frozen) -> Interval:
        parts = dict(polynomial)
        found = Interval()
        if self.of(parts) == 1:
            found.narrow(">", Fraction(0))
        shifted = dict(parts)
        accumulate(shifted, {UNIT: -1})
        sign = self.of(shifted)
        if sign:
            found.narrow(">" if sign > 0 else "<", Fraction(1))
        return found

    # Affine polynomials

    def _affine(self, polynomial: Polynomial) -> int:
        groups, intervals = self._variables({atom for monomial in polynomial for atom, _ in monomial})
        for sign in (1, -1):
            least = _least(polynomial, groups, intervals, sign)
            if least is not None and (least > 0 or (least == 0 and self._inner(polynomial, groups, intervals, sign))):
                return sign
        return 0

    def _inner(self, polynomial: Polynomial, groups: list[Group], intervals: dict[int, Interval], sign: int) -> bool:
        """Whether an affine polynomial whose least value is zero does not take it on the domain."""
        if groups:
            return True
        for atom, interval in intervals.items():
            if interval.open_low if sign * polynomial[((atom, 1),)] > 0 else interval.open_high:
                return True
        return False

    def _variables(self, atoms: set[int]) -> tuple[list[Group], dict[int, Interval]]:
        """The atoms as coordinates of laws and single numbers between bounds."""
        groups = [Group(members, total) for members, total, strict in self.totals(atoms) if strict]
        grouped = {atom for group in groups for atom in group.atoms}
        return groups, {atom: self.interval(atom) for atom in sorted(atoms - grouped)}

    def totals(self, atoms: set[int]) -> Iterator[tuple[tuple[int, ...], Fraction, bool]]:
        """Masses of one law at elements of its alphabet, what they add up to at most, and whether always to less."""
        laws: dict[str, list[int]] = {}
        for atom in sorted(atoms):
            key = self.algebra.table.keys[atom]
            if isinstance(key, Entry) and len(key.at) == 1 and self._at_elements(key):
                laws.setdefault(key.law, []).append(atom)
        coordinates = self.algebra.coordinates
        for name, members in laws.items():
            fixed = [mass for (law, _), mass in coordinates.fixed.items() if law == name]
            least = coordinates.least_size(self.algebra.setting.scope.laws[name].alphabets[0])
            yield tuple(members), 1 - sum(fixed, Fraction(0)), len(members) + len(fixed) < least

    def _at_elements(self, key: Entry) -> bool:
        law = self.algebra.setting.scope.laws[key.law]
        (_, index) = key.at[0]
        named = self.algebra.setting.scope.outcomes
        return law.entries == MASS and len(law.variables) == 1 and index[0] == "c" and (index[1] == "" or index[1] in named)

    def _by_facts(self, polynomial: Polynomial) -> int:
        """The sign that follows linearly from the relations that the givens state."""
        facts = self.stated()
        for fact, strict in facts:
            multiple = _multiple(polynomial, fact)
            if multiple and strict:
                return 1 if multiple > 0 else -1
        atoms = {atom for monomial in polynomial for atom, _ in monomial}
        if not facts or len(atoms) > 20:
            return 0
        known: list[tuple[Polynomial, bool]] = [*facts, ({UNIT: 1}, True)]
        reached = atoms.union(*({atom for monomial in fact for atom, _ in monomial} for fact, _ in facts))
        for atom in reached:
            interval = self.interval(atom)
            if interval.low is not None:
                known.append(({((atom, 1),): 1, UNIT: -interval.low}, interval.open_low))
            if interval.high is not None:
                known.append(({((atom, 1),): -1, UNIT: interval.high}, interval.open_high))
        rows: dict[Monomial, int] = {}
        columns = [{rows.setdefault(m, len(rows)): Fraction(c) for m, c in fact.items() if c} for fact, _ in known]
        for sign in (1, -1):
            target = {rows.setdefault(m, len(rows)): Fraction(sign * c) for m, c in polynomial.items()}
            found = nonnegative_combination(columns, target)
            if found and any(known[k][1] for k in found):
                return sign
        return 0

    def stated(self) -> list[tuple[Polynomial, bool]]:
        """Affine polynomials that the givens state to be non-negative, and whether even positive."""
        if self._facts is None:
            self._facts = []
            for relation in self.algebra.domain.relations:
                operator = relation.operators[0]
                if operator not in ("<", "<=", ">", ">="):
                    continue
                small, large = relation.args if operator in ("<", "<=") else relation.args[::-1]
                gap = subtract(self.algebra.translate(large), self.algebra.translate(small))
                if is_affine(gap):
                    self._facts.append((gap, operator in ("<", ">")))
        return self._facts


def _least(polynomial: Polynomial, groups: list[Group], intervals: dict[int, Interval], sign: int) -> Fraction | None:
    """The least value of sign * polynomial, which is affine, on the closure of the domain; None where there is none."""
    least = Fraction(sign * polynomial.get(UNIT, 0))
    for group in groups:
        least += group.total * min(0, *(sign * polynomial[((atom, 1),)] for atom in group.atoms))
    for atom, interval in intervals.items():
        coefficient = sign * polynomial[((atom, 1),)]
        end = interval.low if coefficient > 0 else interval.high
        if end is None:
            return None
        least += coefficient * end
    return least


def _multiple(polynomial: Polynomial, other: Polynomial) -> Rational:
    """The number that one polynomial is another one times; 0 where it is no multiple."""
    if polynomial.keys() != other.keys():
        return 0
    ratios = {Fraction(value) / other[monomial] for monomial, value in polynomial.items()}
    return ratios.pop() if len(ratios) == 1 else 0
