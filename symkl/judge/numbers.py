"""Polynomials that are numbers, log(2) - 7/10: their signs, and rationals next to them, by rigorous ball arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from symkl.judge.atoms import ExpOf, Form, Integer, LogOf, Scalar
from symkl.judge.balls import precision
from symkl.judge.polynomial import Monomial, Polynomial, Rational

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symkl.judge.algebra import Algebra

BITS = 256
"""Two numbers that are nearer to each other than this tells apart are not told apart."""

NEAR = 1000
"""The rationals next to a number are its neighbours of this denominator."""


def sign_of_number(algebra: Algebra, polynomial: Polynomial) -> int:
    """1 or -1; 0 where the number is zero, or nearer to it than the balls can tell."""
    with precision(BITS):
        value = _sum(algebra, polynomial.items())
        return 1 if value > 0 else -1 if value < 0 else 0


def bounds_of_number(algebra: Algebra, polynomial: Polynomial) -> tuple[Fraction, Fraction]:
    """Two rationals that the number certainly lies between."""
    with precision(BITS):
        value = _sum(algebra, polynomial.items()) * NEAR
        return Fraction(_whole(value.lower().floor()), NEAR), Fraction(_whole(value.upper().ceil()), NEAR)


def _whole(value: Any) -> int:
    return int(value.unique_fmpz())


def _sum(algebra: Algebra, parts: Iterable[tuple[Monomial, Rational]]) -> Any:
    total = arb(0)
    for monomial, coefficient in parts:
        product = arb(fmpq(coefficient.numerator, coefficient.denominator))
        for atom, exponent in monomial:
            product *= _value(algebra, atom) ** arb(fmpq(exponent.numerator, exponent.denominator))
        total += product
    return total


def _value(algebra: Algebra, atom: int) -> Any:
    match algebra.table.keys[atom]:
        case Integer(value):
            return arb(value)
        case Scalar("pi"):
            return arb.pi()
        case LogOf(base):
            return abs(_value(algebra, base)).log()
        case ExpOf(exponent):
            return _sum(algebra, [(exponent, 1)]).exp()
        case Form(parts):
            return _sum(algebra, parts)
        case key:
            raise TypeError(type(key).__name__)
