"""One judgement's algebra: the table of atoms, the coordinates, and the operations on polynomials that need both."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from symkl.judge import logs, quotients, sums
from symkl.judge.atoms import (
    Applied,
    DeltaOf,
    Domain,
    Entry,
    ExpOf,
    Form,
    Index,
    Integer,
    LogOf,
    Position,
    Renaming,
    SumOf,
    Table,
    delta_key,
)
from symkl.judge.budget import Budget, GaveUp, OutsideFragment
from symkl.judge.coordinates import Coordinates
from symkl.judge.domain import NumberDomain
from symkl.judge.polynomial import (
    UNIT,
    Frozen,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    constant,
    frozen,
    lone_atom,
    lone_monomial,
    monomial_power,
    multiply,
    times_monomial,
    variable,
)
from symkl.judge.signs import Signs
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
        if self.table.forms:
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
            root = {monomial_power(lone[0], exponent): 1}
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

    # Substitution of indices

    def substitute(self, polynomial: Mapping[Monomial, Rational], names: Renaming) -> Polynomial:
        """The polynomial with indices put for bound values, and everything that this decides worked out."""
        images: dict[int, Polynomial] = {}
        atoms = {atom for monomial in polynomial for atom, _ in monomial}
        for atom in atoms:
            if not self.table.free[atom].isdisjoint(names):
                images[atom] = self._image(atom, names)
        if not images:
            return dict(polynomial)
        total: Polynomial = {}
        for monomial, coefficient in polynomial.items():
            accumulate(total, self._monomial_image(monomial, images), coefficient)
        return total

    def _monomial_image(self, monomial: Monomial, images: Mapping[int, Polynomial]) -> Polynomial:
        simple: list[tuple[int, Rational]] = []
        factors = []
        for atom, exponent in monomial:
            image = images.get(atom)
            if image is None:
                simple.append((atom, exponent))
            else:
                factors.append(image if exponent == 1 else self.power(image, exponent))
        product: Polynomial = {tuple(simple): 1}
        for factor in factors:
            product = self.multiply(product, factor)
        return product

    def _image(self, atom: int, names: Renaming) -> Polynomial:
        match self.table.keys[atom]:
            case Entry(law, at):
                declared = self.setting.scope.laws[law]
                return self.coordinates.mass(declared, {variable: names.get(index, index) for variable, index in at})
            case LogOf(base):
                image = self._image(base, names)
                known = lone_atom(image)
                if known is not None and isinstance(self.table.keys[known], Entry):
                    return variable(self.table.intern(LogOf(known)))
                return self.log(image)
            case Form(polynomial):
                return self.substitute(dict(polynomial), names)
            case ExpOf(exponent):
                return self.exp(self.substitute({exponent: 1}, names))
            case SumOf() as component:
                body, live = sums.opened(self, component, self.table.height[atom])
                return self.close(self.substitute({body: 1}, names), live)
            case DeltaOf(left, right):
                return self.delta(names.get(left, left), names.get(right, right))
            case Position(index):
                return self.position(names.get(index, index))
            case Applied(name, arguments, indices):
                return self.applied(name, [self._argument(a, i, names) for a, i in zip(arguments, indices, strict=True)])
        return variable(atom)

    def _argument(self, argument: Frozen | Index, is_index: bool, names: Renaming) -> Polynomial | Index:
        if is_index:
            return names.get(argument, argument)  # type: ignore[call-overload,no-any-return]
        return self.substitute(dict(argument), names)  # type: ignore[arg-type]

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

                total = self.translate(Symbol(str(index[1])))
                accumulate(total, constant(index[2]))
                return total
        return variable(self.table.intern(Position(index)))

    def applied(self, name: str, arguments: list[Polynomial | Index]) -> Polynomial:
        """An unknown function, or the absolute value, of arguments."""
        keys = tuple(frozen(a) if isinstance(a, dict) else a for a in arguments)
        return variable(self.table.intern(Applied(name, keys, tuple(not isinstance(a, dict) for a in arguments))))


__all__ = ["UNIT", "Algebra"]
