"""Squares are not negative: variances and distances inside sums, completed squares of numbers, masses below one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from symkl.judge.atoms import Entry, Scalar, SumOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.known import Known
from symkl.judge.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    Rational,
    accumulate,
    monomial_power,
    monomial_product,
    number_of,
    scale,
    subtract,
)
from symkl.judge.spelling import Spelling
from symkl.judge.sums import Live, opened

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

FACTORS = 4
"""Bodies of more factors are not split into two."""


def by_squares(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """Squares, and sums of squares, whose terms the difference has."""
    for monomial in gap:
        for atom, exponent in monomial:
            key = algebra.table.keys[atom]
            if isinstance(key, SumOf) and exponent in (1, 2):
                outer = tuple(pair for pair in monomial if pair[0] != atom)
                for known in _inside_sum(algebra, *opened(algebra, key, algebra.table.height[atom])):
                    yield known
                    if outer and algebra.signs.of_monomial(outer) == 1:
                        yield Known(algebra.multiply(known.polynomial, {outer: 1}), known.strict, known.why)
    yield from _completed(algebra, gap)


def _inside_sum(algebra: Algebra, body: Monomial, live: Live) -> Iterator[Known]:
    for (one, power), (two, other) in combinations(body[:FACTORS], 2):
        weight = tuple(pair for pair in body if pair[0] not in (one, two))
        yield from _distance(algebra, weight, ((one, power),), ((two, other),), live)
        if algebra.signs.of_atom(two) == 1:
            squared = monomial_product(weight, ((two, 2 * other),))
            yield from _variance(algebra, squared, monomial_product(((one, power),), ((two, -other),)), live)
    for atom, exponent in body:
        weight = tuple(pair for pair in body if pair[0] != atom)
        positive = algebra.signs.of_atom(atom) == 1
        for power in (Fraction(exponent), Fraction(exponent) / 2):
            if power.denominator == 1 or positive:
                yield from _variance(algebra, weight, monomial_power(((atom, 1),), power), live)
        if exponent > 1 and positive:
            own: Monomial = ((atom, 1),)
            yield from _variance(algebra, monomial_product(weight, own), monomial_power(own, Fraction(exponent - 1) / 2), live)
        yield from _below_one(algebra, body, atom, live)


def _distance(algebra: Algebra, weight: Monomial, one: Monomial, two: Monomial, live: Live) -> Iterator[Known]:
    """weight * (one - two)^2 summed."""
    if algebra.signs.of_monomial(weight) != 1 and weight:
        return
    square: Polynomial = {}
    accumulate(square, {monomial_power(one, 2): 1})
    accumulate(square, {monomial_product(one, two): -2})
    accumulate(square, {monomial_power(two, 2): 1})
    column = _summed(algebra, algebra.multiply(square, {weight: 1}), live)
    if column:
        yield Known(column, why=partial(_spelled, algebra, "a sum of {}*({} - {})^2", weight, one, two))


def _variance(algebra: Algebra, weight: Monomial, value: Monomial, live: Live) -> Iterator[Known]:
    """weight * (value - mean)^2 summed, with the mean of the values under the weight."""
    if weight and algebra.signs.of_monomial(weight) != 1:
        return
    total = _summed(algebra, {weight: 1}, live)
    first = _summed(algebra, {monomial_product(weight, value): 1}, live)
    second = _summed(algebra, {monomial_product(weight, monomial_power(value, 2)): 1}, live)
    if not (total and first and second) or algebra.signs.of(total) != 1:
        return
    column = subtract(algebra.multiply(total, second), algebra.multiply(first, first))
    if column:
        yield Known(column, why=partial(_spelled, algebra, "the variance of {} with weight {}", value, weight))


def _below_one(algebra: Algebra, body: Monomial, atom: int, live: Live) -> Iterator[Known]:
    """body/p * (1 - p) summed, for a mass p."""
    high = algebra.signs.interval(atom).high
    if not isinstance(algebra.table.keys[atom], Entry) or high != 1 or algebra.signs.of_monomial(body) != 1:
        return
    below = monomial_product(body, ((atom, -1),))
    column = _summed(algebra, {below: 1, body: -1}, live)
    if column:
        yield Known(column, True, partial(_spelled, algebra, "{} < 1", ((atom, 1),)))


def _summed(algebra: Algebra, polynomial: Polynomial, live: Live) -> Polynomial:
    try:
        return algebra.close(polynomial, dict(live))
    except OutsideFragment:
        return {}


def _completed(algebra: Algebra, gap: Polynomial) -> Iterator[Known]:
    """The squares that are completed when one number after the other is taken out of a quadratic form."""
    rest = dict(gap)
    for atom in sorted({atom for monomial in gap for atom, _ in monomial}):
        if not isinstance(algebra.table.keys[atom], Scalar | Entry):
            continue
        square, linear = _of_degree(rest, atom, 2), _of_degree(rest, atom, 1)
        leading: Rational | None = number_of(square)
        if not leading or leading < 0:
            continue
        root = scale(linear, 1 / (2 * Fraction(leading)))
        accumulate(root, {((atom, 1),): 1})
        column = algebra.multiply(root, root)
        rest = subtract(rest, scale(column, leading))
        yield Known(column, why=partial(_square_of, algebra, root))


def _spelled(algebra: Algebra, words: str, *parts: Monomial) -> str:
    spelled = Spelling(algebra)
    return words.format(*map(spelled.monomial, parts))


def _square_of(algebra: Algebra, root: Polynomial) -> str:
    return f"the square of {Spelling(algebra).polynomial(root)}"


def _of_degree(polynomial: Polynomial, atom: int, degree: int) -> Polynomial:
    """The coefficient of a power of an atom."""
    found: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        if dict(monomial).get(atom, 0) == degree:
            accumulate(found, {tuple(pair for pair in monomial if pair[0] != atom) or UNIT: coefficient})
    return found
