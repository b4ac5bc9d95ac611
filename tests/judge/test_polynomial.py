"""Sparse polynomials against their values at points."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symkl.judge.polynomial import (
    Polynomial,
    add,
    common_monomial,
    constant,
    frozen,
    is_affine,
    monomial_power,
    multiply,
    number_of,
    scale,
    subtract,
    times_monomial,
    variable,
)

AT = {0: Fraction(2, 3), 1: Fraction(-5), 2: Fraction(7, 4)}


def value(polynomial: Polynomial) -> Fraction:
    total = Fraction(0)
    for monomial, coefficient in polynomial.items():
        term = Fraction(coefficient)
        for atom, exponent in monomial:
            term *= AT[atom] ** int(exponent)
        total += term
    return total


monomials = st.dictionaries(st.sampled_from(sorted(AT)), st.integers(-2, 3).filter(bool), max_size=3).map(
    lambda exponents: tuple(sorted(exponents.items()))
)
polynomials = st.dictionaries(monomials, st.fractions(max_denominator=6).filter(bool), max_size=5)


@given(polynomials, polynomials)
def test_arithmetic_is_that_of_values(a: Polynomial, b: Polynomial) -> None:
    assert value(add(a, b)) == value(a) + value(b)
    assert value(subtract(a, b)) == value(a) - value(b)
    assert value(multiply(a, b)) == value(a) * value(b)
    assert value(scale(a, Fraction(3, 2))) == value(a) * Fraction(3, 2)
    assert subtract(a, a) == {}


@given(polynomials.filter(bool))
def test_the_common_monomial_divides_and_leaves_none(a: Polynomial) -> None:
    shared = common_monomial(a)
    rest = times_monomial(a, monomial_power(shared, -1))
    assert all(exponent > 0 for monomial in rest for _, exponent in monomial)
    assert common_monomial(rest) == ()


def test_keys_do_not_depend_on_the_order() -> None:
    a, b = variable(0), variable(1, 2)
    assert frozen(add(a, b)) == frozen(add(b, a))
    assert number_of(constant(3)) == 3
    assert number_of({}) == 0
    assert number_of(a) is None
    assert is_affine(add(a, constant(1)))
    assert not is_affine(b)
