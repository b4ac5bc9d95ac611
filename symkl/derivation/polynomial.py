"""Polynomials with rational coefficients over opaque parts: what `rearrange` and `arithmetic` compare.

A log, a mass, a sum over an alphabet is one opaque part, equal only to itself. A fraction is its numerator times the inverse
of its denominator, and the inverse is opaque as well: nothing cancels here. The representation is sparse, so that a sum of
a thousand products costs a thousand times one product.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from symkl.errors import Rejection
from symkl.language.term import Label, Negation, Number, Plus, Power, Quotient, Term, Times

Monomial = frozenset[tuple[Hashable, int]]
Polynomial = dict[Monomial, Fraction]

ONE: Monomial = frozenset()
MOST_TERMS = 200_000
"""An expansion that grows past this is refused; no step that a person reads is that large."""

MOST_POWER = 64
TOO_LARGE = "too large"


def polynomial(term: Term) -> Polynomial:
    """The polynomial that a term is in its opaque parts; underbraces do not count.

    Raises: Rejection for a division by zero, or an expansion that grows too large.
    """
    match term:
        case Number(value):
            return {ONE: value} if value else {}
        case Label(body, _, _):
            return polynomial(body)
        case Negation(inner):
            return {monomial: -value for monomial, value in polynomial(inner).items()}
        case Plus(terms):
            return _total(terms)
        case Times(factors):
            result: Polynomial = {ONE: Fraction(1)}
            for factor in factors:
                result = multiplied(result, polynomial(factor))
            return result
        case Quotient(numerator, denominator):
            return multiplied(polynomial(numerator), _inverse(denominator))
        case Power(base, Number(value)) if value.denominator == 1 and value <= MOST_POWER:
            return _power(polynomial(base), int(value))
        case _:
            return {frozenset(((term, 1),)): Fraction(1)}


def is_constant(value: Mapping[Monomial, Fraction]) -> bool:
    """Whether no opaque part is left."""
    return not value or value.keys() == {ONE}


def _total(terms: tuple[Term, ...]) -> Polynomial:
    result: Polynomial = {}
    for term in terms:
        for monomial, value in polynomial(term).items():
            total = result.get(monomial, Fraction(0)) + value
            if total:
                result[monomial] = total
            else:
                del result[monomial]
    return result


def multiplied(a: Polynomial, b: Polynomial) -> Polynomial:
    """The product of two polynomials.

    Raises: Rejection where it grows too large.
    """
    if len(a) * len(b) > MOST_TERMS:
        raise Rejection(TOO_LARGE, f"The product has more than {MOST_TERMS} terms.")
    result: Polynomial = {}
    for left, x in a.items():
        for right, y in b.items():
            monomial = _joined(left, right)
            total = result.get(monomial, Fraction(0)) + x * y
            if total:
                result[monomial] = total
            else:
                del result[monomial]
    return result


def _joined(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    powers = dict(left)
    for part, exponent in right:
        powers[part] = powers.get(part, 0) + exponent
    return frozenset(powers.items())


def _power(base: Polynomial, exponent: int) -> Polynomial:
    result: Polynomial = {ONE: Fraction(1)}
    for _ in range(exponent):
        result = multiplied(result, base)
    return result


def _inverse(term: Term) -> Polynomial:
    match term:
        case Label(body, _, _):
            return _inverse(body)
        case Times(factors):
            result: Polynomial = {ONE: Fraction(1)}
            for factor in factors:
                result = multiplied(result, _inverse(factor))
            return result
        case Power(base, Number(value)) if value.denominator == 1 and value <= MOST_POWER:
            return _power(_inverse(base), int(value))
    below = polynomial(term)
    if not below:
        raise Rejection("division by zero", "A denominator is zero.")
    if is_constant(below):
        return {ONE: 1 / below[ONE]}
    return {frozenset(((("inverse of", frozenset(below.items())), 1),)): Fraction(1)}


@dataclass(frozen=True, slots=True)
class RationalForm:
    """A polynomial over another, nothing cancelled."""

    above: Polynomial
    below: Polynomial


def fraction(term: Term) -> RationalForm:
    """A term as one fraction of polynomials in its opaque parts, over the product of its denominators.

    Raises: Rejection for a division by zero, or an expansion that grows too large.
    """
    one: Polynomial = {ONE: Fraction(1)}
    match term:
        case Label(body, _, _):
            return fraction(body)
        case Negation(inner):
            form = fraction(inner)
            return RationalForm({monomial: -value for monomial, value in form.above.items()}, form.below)
        case Plus(terms):
            return reduce(_added, map(fraction, terms))
        case Times(factors):
            forms = [fraction(factor) for factor in factors]
            above = reduce(multiplied, (form.above for form in forms), one)
            return RationalForm(above, reduce(multiplied, (form.below for form in forms), one))
        case Quotient(numerator, denominator):
            over, under = fraction(numerator), fraction(denominator)
            if not under.above:
                raise Rejection("division by zero", "A denominator is zero.")
            return RationalForm(multiplied(over.above, under.below), multiplied(over.below, under.above))
        case Power(base, Number(value)) if value.denominator == 1 and value <= MOST_POWER:
            form = fraction(base)
            return RationalForm(_power(form.above, int(value)), _power(form.below, int(value)))
        case _:
            return RationalForm(polynomial(term), one)


def _added(a: RationalForm, b: RationalForm) -> RationalForm:
    if a.below == b.below:
        return RationalForm(_sum(a.above, b.above), a.below)
    above = _sum(multiplied(a.above, b.below), multiplied(b.above, a.below))
    return RationalForm(above, multiplied(a.below, b.below))


def _sum(a: Polynomial, b: Polynomial) -> Polynomial:
    result = dict(a)
    for monomial, value in b.items():
        total = result.get(monomial, Fraction(0)) + value
        if total:
            result[monomial] = total
        else:
            del result[monomial]
    return result
