"""Sparse polynomials over interned atoms: a dictionary from monomials to rational coefficients.

A monomial is a tuple of (atom, exponent), sorted by atom; exponents may be negative or fractional, because atoms that
carry such exponents are positive. Coefficients are int where they can be, which is what makes the arithmetic fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

Rational = int | Fraction
Monomial = tuple[tuple[int, Rational], ...]
Polynomial = dict[Monomial, Rational]
Frozen = tuple[tuple[Monomial, Rational], ...]
"""A polynomial as a key: its items, sorted by monomial."""

UNIT: Monomial = ()


def tidy(value: Rational) -> Rational:
    """The value as an int where it is one."""
    # The class is compared, because an isinstance check of a Fraction goes through abc and is slow.
    return value.numerator if value.__class__ is Fraction and value.denominator == 1 else value


def constant(value: Rational) -> Polynomial:
    """The polynomial that is a number."""
    return {UNIT: tidy(value)} if value else {}


def variable(atom: int, exponent: Rational = 1) -> Polynomial:
    """The polynomial that is one atom to a power."""
    return {((atom, exponent),): 1}


def accumulate(total: Polynomial, summand: Mapping[Monomial, Rational], factor: Rational = 1) -> None:
    """Add `factor` times a polynomial to `total`, in place."""
    for monomial, coefficient in summand.items():
        value = total.get(monomial, 0) + coefficient * factor
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)


def add(*summands: Mapping[Monomial, Rational]) -> Polynomial:
    """The sum."""
    total: Polynomial = {}
    for summand in summands:
        accumulate(total, summand)
    return total


def subtract(left: Polynomial, right: Mapping[Monomial, Rational]) -> Polynomial:
    """left - right."""
    total = dict(left)
    accumulate(total, right, -1)
    return total


def scale(polynomial: Mapping[Monomial, Rational], factor: Rational) -> Polynomial:
    """The polynomial times a number."""
    if not factor:
        return {}
    return {monomial: tidy(coefficient * factor) for monomial, coefficient in polynomial.items()}


def monomial_product(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left:
        return right
    if not right:
        return left
    merged = dict(left)
    for atom, exponent in right:
        total = merged.get(atom, 0) + exponent
        if total:
            merged[atom] = tidy(total)
        else:
            del merged[atom]
    return tuple(sorted(merged.items()))


def monomial_power(monomial: Monomial, exponent: Rational) -> Monomial:
    """A monomial to a rational power."""
    return tuple((atom, tidy(power * exponent)) for atom, power in monomial) if exponent else UNIT


def times_monomial(polynomial: Mapping[Monomial, Rational], monomial: Monomial, factor: Rational = 1) -> Polynomial:
    """The polynomial times a monomial and a number."""
    return {monomial_product(own, monomial): tidy(coefficient * factor) for own, coefficient in polynomial.items()}


def multiply(left: Mapping[Monomial, Rational], right: Mapping[Monomial, Rational]) -> Polynomial:
    """The product."""
    if len(left) == 1:
        left, right = right, left
    if len(right) == 1:
        ((monomial, factor),) = right.items()
        return times_monomial(left, monomial, factor)
    total: Polynomial = {}
    for monomial, factor in left.items():
        accumulate(total, times_monomial(right, monomial, factor))
    return total


def frozen(polynomial: Mapping[Monomial, Rational]) -> Frozen:
    """The polynomial as a hashable key."""
    return tuple(sorted(polynomial.items(), key=_by_monomial))


def _by_monomial(item: tuple[Monomial, Rational]) -> Monomial:
    return item[0]


def number_of(polynomial: Polynomial) -> Rational | None:
    """The number that the polynomial is, if it is one."""
    if not polynomial:
        return 0
    return polynomial.get(UNIT) if len(polynomial) == 1 else None


def lone_monomial(polynomial: Polynomial) -> tuple[Monomial, Rational] | None:
    """The one monomial and its coefficient, where there is one alone."""
    if len(polynomial) != 1:
        return None
    return next(iter(polynomial.items()))


def lone_atom(polynomial: Polynomial) -> int | None:
    """The atom that the polynomial is, with coefficient and exponent one."""
    match lone_monomial(polynomial):
        case (((atom, 1),), 1):
            return atom
        case _:
            return None


def is_affine(monomials: Iterable[Monomial]) -> bool:
    """Whether every monomial is a number or one atom to the first power."""
    return all(not monomial or (len(monomial) == 1 and monomial[0][1] == 1) for monomial in monomials)


def common_monomial(polynomial: Mapping[Monomial, Rational]) -> Monomial:
    """The greatest monomial that divides every one of the polynomial's, with negative exponents where all have them."""
    monomials = iter(polynomial)
    least = dict(next(monomials))
    for monomial in monomials:
        exponents = dict(monomial)
        if least:
            least = {atom: min(exponent, exponents.get(atom, 0)) for atom, exponent in least.items()}
            least = {atom: exponent for atom, exponent in least.items() if exponent}
        for atom, exponent in monomial:
            if exponent < 0 and atom not in least:
                least[atom] = exponent
    return tuple(sorted(least.items()))
