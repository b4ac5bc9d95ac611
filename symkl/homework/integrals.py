"""Integrals over an interval, worked out: of polynomials, and of polynomials times exp(-c x) from a place to infinity.

The integral of x^k exp(-c x) from 0 to infinity is k!/c^(k+1) where c is positive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import factorial

from symkl.language.term import (
    E,
    Exp,
    Function,
    Integral,
    Log,
    Negation,
    Number,
    Plus,
    Power,
    Quotient,
    Symbol,
    Term,
    Times,
    Value,
    difference,
    free_names,
    product_of,
    subterms,
    sum_of,
)

INTERVAL, INFINITY = "interval", Symbol("infinity")
HIGHEST_DEGREE = 6

Monomials = dict[tuple[int, Term | None], Term]
"""Coefficients of x^k exp(-c x), by k and c; c is None where there is no exponential."""


def integrated(term: Term, positive: Callable[[Term], bool]) -> Term:
    """The term with integrals over intervals worked out where that is known; `positive` says which rates are."""
    if not any(isinstance(part, Integral) for part in subterms(term)):
        return term
    again = term.with_args([integrated(argument, positive) for argument in term.args])
    return (_worked_out(again, positive) or again) if isinstance(again, Integral) else again


def _worked_out(term: Integral, positive: Callable[[Term], bool]) -> Term | None:
    if len(term.names) != 1:
        return None
    match term.domains[0]:
        case Function("interval", (low, high)):
            found = _monomials(term.body, term.names[0])
        case _:
            return None
    if found is None:
        return None
    parts = [_between(degree, rate, low, high, positive) for degree, rate in found]
    products = [Times(factor, part) for factor, part in zip(found.values(), parts, strict=True) if part is not None]
    if len(products) < len(parts):
        return None
    return sum_of(products)


def _between(degree: int, rate: Term | None, low: Term, high: Term, positive: Callable[[Term], bool]) -> Term | None:
    """The integral of x^degree exp(-rate x) between two places."""
    endless = INFINITY in subterms(low), INFINITY in subterms(high)
    if rate is None:
        if any(endless):
            return None
        power = Number(degree + 1)
        return Quotient(difference(Power(high, power), Power(low, power)), power)
    if endless != (False, True) or high != INFINITY or low != Number(0) or not positive(rate):
        return None
    return Quotient(Number(factorial(degree)), Power(rate, Number(degree + 1)))


def _monomials(term: Term, name: str) -> Monomials | None:
    """A term as a sum of powers of a value times exponentials; None where it is no such sum."""
    if name not in free_names(term):
        return {(0, None): term}
    match term:
        case Value():
            return {(1, None): Number(1)}
        case Negation(inner):
            return _product([_MINUS, _monomials(inner, name)])
        case Plus(terms):
            return _sum([_monomials(part, name) for part in terms])
        case Times(factors):
            return _product([_monomials(part, name) for part in factors])
        case Quotient(top, bottom) if name not in free_names(bottom):
            return _product([_monomials(top, name), {(0, None): Quotient(Number(1), bottom)}])
        case Power(base, Number(value)) if base != E and value.denominator == 1 and 0 < value <= HIGHEST_DEGREE:
            return _product([_monomials(base, name)] * int(value))
        case Exp(exponent):
            return _exponential(exponent, name)
        case Power(base, exponent) if base == E:
            return _exponential(exponent, name)
        case Log(argument, base):
            parts = list(_logs(argument, base))
            return None if parts == [term] else _sum([_monomials(part, name) for part in parts])
    return None


_MINUS: Monomials = {(0, None): Negation(Number(1))}


def _exponential(exponent: Term, name: str) -> Monomials | None:
    """exp(a - c x) as exp(a) times the exponential with the rate c."""
    found = _monomials(exponent, name)
    if found is None or set(found) - {(0, None), (1, None)}:
        return None
    factor = Exp(found[0, None]) if (0, None) in found else Number(1)
    rate = found[1, None]
    return {(0, _negated(rate)): factor}


def _negated(term: Term) -> Term:
    """Minus a term, without two signs."""
    match term:
        case Negation(inner):
            return inner
        case Times((Negation() as first, *rest)) if first == Negation(Number(1)):
            return product_of(rest)
    return Negation(term)


def _logs(argument: Term, base: Term) -> Iterator[Term]:
    """The logs that the log of a product is the sum of; the log of an exponential is its exponent."""
    match argument:
        case Times(factors):
            for factor in factors:
                yield from _logs(factor, base)
        case Quotient(top, bottom):
            yield from _logs(top, base)
            yield from (Negation(part) for part in _logs(bottom, base))
        case Exp(exponent):
            yield exponent if base == E else Quotient(exponent, Log(base, E))
        case Power(foot, exponent) if foot == E:
            yield exponent if base == E else Quotient(exponent, Log(base, E))
        case _:
            yield Log(argument, base)


def _sum(parts: list[Monomials | None]) -> Monomials | None:
    total: Monomials = {}
    for part in parts:
        if part is None:
            return None
        for key, factor in part.items():
            total[key] = Plus(total[key], factor) if key in total else factor
    return total


def _product(parts: list[Monomials | None]) -> Monomials | None:
    total: Monomials = {(0, None): Number(1)}
    for part in parts:
        if part is None:
            return None
        found: list[Monomials | None] = [
            {(k + j, _together(c, d)): _times(a, b)} for (k, c), a in total.items() for (j, d), b in part.items()
        ]
        combined = _sum(found)
        if combined is None or any(degree > HIGHEST_DEGREE for degree, _ in combined):
            return None
        total = combined
    return total


def _together(one: Term | None, other: Term | None) -> Term | None:
    if one is None or other is None:
        return one if other is None else other
    return Plus(one, other)


def _times(one: Term, other: Term) -> Term:
    if one == Number(1):
        return other
    return one if other == Number(1) else Times(one, other)
