"""Terms that are affine in each of several numbers between 0 and 1: least and greatest at a corner, a*(1 - e) + (1 - a)*e.

A power of such a number is one more number between 0 and 1. At a point inside, the term is a mean of its values at the corners,
each with a positive weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

from symkl.language.term import Label, Mass, Negation, Number, Plus, Power, Quotient, Symbol, Term, Times

MOST = 5
"""Of more numbers the corners are not looked at."""


def parts_between(term: Term, is_between: Callable[[Term], bool]) -> list[Term] | None:
    """The numbers between 0 and 1 that a term is affine in, and their powers; None where it is not made of such."""
    degrees = _degrees(term, is_between)
    if degrees is None or len(degrees) > MOST or any(degree > 1 for degree in degrees.values()):
        return None
    return list(degrees)


def values_at_corners(term: Term, parts: list[Term]) -> Iterator[Fraction]:
    """What the term is where each of the parts is 0 or 1."""
    for corner in product((Fraction(0), Fraction(1)), repeat=len(parts)):
        yield _value(term, dict(zip(parts, corner, strict=True)))


def _degrees(term: Term, is_between: Callable[[Term], bool]) -> Counter[Term] | None:
    match term:
        case Number():
            return Counter()
        case Symbol() | Mass():
            return Counter({term: 1}) if is_between(term) else None
        case Power(Symbol() | Mass() as base, Number(value)) if value > 0:
            return Counter({term: 1}) if is_between(base) else None
        case Quotient(above, Number(value)) if value:
            return _degrees(above, is_between)
        case Negation(inner) | Label(inner, _, _):
            return _degrees(inner, is_between)
        case Plus(parts) | Times(parts):
            total: Counter[Term] = Counter()
            for part in parts:
                found = _degrees(part, is_between)
                if found is None:
                    return None
                total = total | found if isinstance(term, Plus) else total + found
            return total
        case _:
            return None


def _value(term: Term, at: dict[Term, Fraction]) -> Fraction:
    match term:
        case Number(value):
            return value
        case Quotient(above, Number(value)):
            return _value(above, at) / value
        case Negation(inner):
            return -_value(inner, at)
        case Label(inner, _, _):
            return _value(inner, at)
        case Plus(parts):
            return sum((_value(part, at) for part in parts), Fraction(0))
        case Times(parts):
            total = Fraction(1)
            for part in parts:
                total *= _value(part, at)
            return total
        case _:
            return at[term]
