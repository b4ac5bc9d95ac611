"""One judgement's algebra: the table of atoms, the coordinates, and the operations on polynomials that need both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from symkl.judge import logs, quotients, sums
from symkl.judge.atoms import (
    Applied,
    Domain,
    Index,
    Integer,
    Position,
    Renaming,
    Table,
    delta_key,
)
from symkl.judge.budget import Budget, GaveUp, OutsideFragment
from symkl.judge.coordinates import Coordinates
from symkl.judge.domain import NumberDomain
from symkl.judge.polynomial import (
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    constant,
    frozen,
    lone_monomial,
    monomial_power,
    multiply,
    times_monomial,
    variable,
)
from symkl.judge.signs import Signs
from symkl.judge.substitution import Substitution
from symkl.judge.translation import Translation
from symkl.theory.setting import Setting

if TYPE_CHECKING:
    from symkl.language.term import Term

POWER = 64
"""Polynomials of several terms are not raised to more than this."""


class Algebra:
    """Everything that one statement is judged with."""

    def __init__(self, setting: Setting, budget: Budget | None = None) -> None:
        self.setting = setting
        self.budget = budget or Budget()
        self.table = Table()
        self.domain = NumberDomain(setting)
        self.coordinates = Coordinates(self, setting)
        self.signs = Signs(self)
        self.translation = Translation(self)
        self.leading: dict[int, tuple[Monomial, Rational, Polynomial]] = {}
        self._domains: dict[Index, Domain] = {}
        self._fresh = 0
        self._ranks: dict[Monomial, tuple[object, ...]] = {}

    def translate(self, term: Term, values: Mapping[str, Index] | None = None) -> Polynomial:
        """The polynomial that a term is, under indices for its free values."""
        return self.translation.polynomial(term, dict(values or {}))

    # Bound values

    def fresh(self, domain: Domain) -> Index:
        """A bound value that nothing mentions yet."""
        self._fresh += 1
        index: Index = ("t", self._fresh, 0)
        self._domains[index] = domain
        return index

    def domain_of(self, index: Index) -> Domain | None:
        """What a bound value on its way ranges over; None for other indices."""
        return self._domains.get(index)

    def elements(self, domain: Domain) -> tuple[Index, ...] | None:
        """The elements of a concrete alphabet; None for a symbolic one and for the range of a density."""
        return None if domain.integral else self.coordinates.elements(domain.alphabet)

    def rank(self, monomial: Monomial) -> tuple[object, ...]:
        """An order of monomials that does not see the names of bound values, except to break ties."""
        known = self._ranks.get(monomial)
        if known is None:
            degree = sum(exponent for _, exponent in monomial)
            names = tuple(sorted((self.table.skeleton(atom), exponent) for atom, exponent in monomial))
            known = self._ranks[monomial] = (degree, names, monomial)
        return known

    # Arithmetic

    def raw_product(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The product, without cancelling denominators."""
        work = len(left) * len(right)
        self.budget.spend(work, max(len(left), len(right)))
        return multiply(left, right)

    def multiply(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The product, with denominators cancelled."""
        return self.settled(self.raw_product(left, right))

    def settled(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial with forms multiplied out, roots gathered and denominators cancelled."""
        if self.table.roots:
            polynomial = self._gathered(polynomial)
        forms = self.table.forms
        if forms and any(atom in forms for monomial in polynomial for atom, _ in monomial):
            polynomial = quotients.reduced(self, quotients.expanded(self, polynomial))
        return polynomial

    def _gathered(self, polynomial: Polynomial) -> Polynomial:
        keys = self.table.keys
        total: Polynomial = {}
        for monomial, coefficient in polynomial.items():
            number = constant(coefficient)
            rest = []
            for atom, exponent in monomial:
                key = keys[atom]
                if isinstance(key, Integer) and not 0 < exponent < 1:
                    number = multiply(number, logs.root_of_integer(self, key.value, exponent))
                else:
                    rest.append((atom, exponent))
            accumulate(total, times_monomial(number, tuple(rest)))
        return total

    def power(self, polynomial: Polynomial, exponent: Rational) -> Polynomial:
        """A polynomial to a rational power; to a fractional one, where it is positive."""
        if isinstance(exponent, Fraction) and exponent.denominator != 1:
            return self._root(polynomial, exponent)
        count = int(exponent)
        if count < 0:
            return self.power(quotients.inverse(self, polynomial), -count)
        lone = lone_monomial(polynomial)
        if lone is not None:
            if lone[1] not in (1, -1) and Fraction(lone[1]).numerator.bit_length() * count > logs.DIGITS:
                raise GaveUp("a power of too many digits")
            return self.settled({monomial_power(lone[0], count): lone[1] ** count})
        if count > POWER and polynomial:
            raise GaveUp(f"a power of {count} of a sum")
        result, square = constant(1), polynomial
        while count:
            if count & 1:
                result = self.multiply(result, square)
            count >>= 1
            if count:
                square = self.multiply(square, square)
        return result

    def _root(self, polynomial: Polynomial, exponent: Fraction) -> Polynomial:
        if self.signs.of(polynomial) != 1:
            raise OutsideFragment("a root of something not shown to be positive")
        lone = lone_monomial(polynomial)
        if lone is not None and all(self.signs.of_atom(atom) == 1 for atom, _ in lone[0]):
            self.table.roots = True
            root: Polynomial = {monomial_power(lone[0], exponent): 1}
            return self.settled(self.raw_product(root, logs.power_of_number(self, lone[1], exponent)))
        return self.exp({m: c * exponent for m, c in self.log(polynomial).items()})

    def inverse(self, polynomial: Polynomial) -> Polynomial:
        """One over a polynomial."""
        return quotients.inverse(self, polynomial)

    def over_common_denominator(self, polynomial: Polynomial) -> tuple[Polynomial, Monomial]:
        """A numerator and a monomial of forms whose quotient the polynomial is."""
        return quotients.over_common_denominator(self, polynomial)

    def log(self, polynomial: Polynomial) -> Polynomial:
        """The natural log of the absolute value."""
        return logs.log(self, polynomial)

    def exp(self, polynomial: Polynomial) -> Polynomial:
        """e to the power of a polynomial."""
        return logs.exp(self, polynomial)

    def close(self, polynomial: Polynomial, live: sums.Live) -> Polynomial:
        """The sum over bound values."""
        return sums.close(self, polynomial, live)

    def substitute(self, polynomial: Mapping[Monomial, Rational], names: Renaming) -> Polynomial:
        """The polynomial with indices put for bound values, and everything that this decides worked out."""
        return Substitution(self, names).polynomial(polynomial)

    def replace(self, polynomial: Mapping[Monomial, Rational], atom: int, image: Polynomial) -> Polynomial:
        """The polynomial with another one in place of an atom."""
        return Substitution(self, {}, {atom: image}).polynomial(polynomial)

    # Indices as numbers, deltas, unknown functions

    def delta(self, left: Index, right: Index) -> Polynomial:
        """Kronecker's delta: a number where the indices decide it."""
        if left == right:
            return constant(1)
        if left[0] == right[0] == "c" and (left[1] == right[1] or {left[1], right[1]} <= self.setting.scope.outcomes):
            return {}
        return variable(self.table.intern(delta_key(left, right)))

    def position(self, index: Index) -> Polynomial:
        """An index as a number."""
        if index[0] == "c":
            if index[1] == "":
                return constant(index[2])
            if index[1] in self.setting.scope.numbers:
                from symkl.language.term import Symbol

                total = dict(self.translate(Symbol(str(index[1]))))
                accumulate(total, constant(index[2]))
                return total
        return variable(self.table.intern(Position(index)))

    def applied(self, name: str, arguments: Iterable[Polynomial]) -> Polynomial:
        """An unknown function, or the absolute value, of arguments."""
        return variable(self.table.intern(Applied(name, tuple(map(frozen, arguments)))))
