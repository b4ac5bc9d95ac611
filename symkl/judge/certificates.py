"""How an inequality is seen to hold everywhere: by a sign, as a combination of known inequalities, or by way of another one.

The ways: both sides times something positive, their logs or exponentials, a case for each sign inside an absolute value, a
square times something positive, and a function of one number that is convex and stationary where it is not negative.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from symkl.judge.absolute import absolute_values
from symkl.judge.atoms import Form, Integer, LogOf
from symkl.judge.budget import OutsideFragment
from symkl.judge.convexity import stationary_points
from symkl.judge.gibbs import is_exponent
from symkl.judge.inequalities import combination
from symkl.judge.logs import factored
from symkl.judge.polynomial import (
    Monomial,
    Polynomial,
    Rational,
    common_monomial,
    constant,
    scale,
    subtract,
    variable,
)
from symkl.judge.spelling import Spelling

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

DEPTH = 3
"""One inequality is led back to another one so often at most."""

ABSOLUTE_VALUES = 3
"""Cases are told apart for so many absolute values at most."""

POWER = 8
"""Logs with larger factors stay logs."""

FACTORS = 40
"""A difference of more terms is not factored."""


def certificate(algebra: Algebra, gap: Polynomial, strict: bool, wide: bool = False, depth: int = DEPTH) -> str | None:
    """How a polynomial is seen to be non-negative (positive, where `strict`) on the whole domain; None where it is not.

    With `wide`, also by the long lists of known inequalities and by way of other inequalities.
    """
    sign = algebra.signs.of(gap)
    if sign == 1:
        return f"= {Spelling(algebra).polynomial(gap)} > 0"
    if sign == -1:
        return None
    if not gap:
        return None if strict else "= 0"
    text = combination(algebra, gap, strict, wide=False) if not wide or depth < DEPTH else None
    if text is not None or not wide:
        return text
    for way in (_by_factors, _by_logs, _by_convexity, _by_long_lists, _cleared, _by_exponentials, _by_cases):
        if depth or way in (_by_factors, _by_long_lists):
            try:
                text = way(algebra, gap, strict, depth - 1)
            except OutsideFragment:
                continue
            if text is not None:
                return text
    return None


def _by_long_lists(algebra: Algebra, gap: Polynomial, strict: bool, _depth: int) -> str | None:
    return combination(algebra, gap, strict, wide=True)


def _by_factors(algebra: Algebra, gap: Polynomial, strict: bool, _depth: int) -> str | None:
    """Squares times things of one sign."""
    if strict or len(gap) > FACTORS:
        return None
    numerator, denominator = algebra.over_common_denominator(gap)
    content, monomial, factors = factored(algebra, numerator)
    sign = algebra.signs.of_monomial(monomial, content) * algebra.signs.of_monomial(denominator)
    for form, multiplicity in factors:
        sign *= 1 if multiplicity % 2 == 0 else algebra.signs.of_atom(form)
    if sign != 1 or not factors:
        return None
    return f"= {Spelling(algebra).polynomial(gap)}, squares times something positive"


def _cleared(algebra: Algebra, gap: Polynomial, strict: bool, depth: int) -> str | None:
    """The difference without the positive factors that its terms share, and times its positive denominators."""
    shared = dict(common_monomial(gap))
    powers: dict[int, Rational] = {}
    for atom in sorted({atom for monomial in gap for atom, _ in monomial}):
        least = min(dict(monomial).get(atom, 0) for monomial in gap)
        power = shared.get(atom, min(least, 0))
        if power and algebra.signs.of_atom(atom):
            powers[atom] = -power
    factor: Monomial = tuple(powers.items())
    sign = algebra.signs.of_monomial(factor)
    if not factor or not sign:
        return None
    text = certificate(algebra, algebra.multiply(gap, {factor: sign}), strict, True, depth)
    return text and f"has the sign of itself times {Spelling(algebra).polynomial({factor: sign})}, which {text}"


def _by_logs(algebra: Algebra, gap: Polynomial, strict: bool, depth: int) -> str | None:
    """a >= b where log a >= log b, for a difference of two positive products."""
    if len(gap) != 2:
        return None
    parts = sorted(gap.items(), key=lambda item: item[1] < 0)
    (one, above), (other, below) = parts
    if not above > 0 > below or algebra.signs.of_monomial(one) != 1 or algebra.signs.of_monomial(other) != 1:
        return None
    logs = subtract(algebra.log({one: above}), algebra.log({other: -below}))
    text = certificate(algebra, logs, strict, True, depth)
    return text and f"has the sign of {Spelling(algebra).polynomial(logs)}, the difference of the logs, which {text}"


def _by_exponentials(algebra: Algebra, gap: Polynomial, strict: bool, depth: int) -> str | None:
    """log a >= log b where a >= b, for a difference of nothing but logs."""
    above, below = constant(1), constant(1)
    scaled = lcm(*(Fraction(value).denominator for value in gap.values()))
    for monomial, coefficient in gap.items():
        base, power = _exponential(algebra, monomial), abs(int(coefficient * scaled))
        if base is None or power > POWER:
            return None
        if coefficient > 0:
            above = algebra.multiply(above, algebra.power(base, power))
        else:
            below = algebra.multiply(below, algebra.power(base, power))
    difference = subtract(above, below)
    text = certificate(algebra, difference, strict, True, depth)
    return text and f"has the sign of {Spelling(algebra).polynomial(difference)}, without the logs, which {text}"


def _exponential(algebra: Algebra, monomial: Monomial) -> Polynomial | None:
    """e to the power of a log, or of something whose exponential the statement has; None of anything else."""
    keys = algebra.table.keys
    match [(keys[atom], exponent) for atom, exponent in monomial]:
        case [(LogOf(base), 1)] if algebra.signs.of_atom(base) == 1:
            match keys[base]:
                case Form(polynomial):
                    return dict(polynomial)
                case Integer(value):
                    return constant(value)
            return variable(base)
        case _:
            return algebra.exp({monomial: 1}) if is_exponent(algebra, monomial) else None


def _by_cases(algebra: Algebra, gap: Polynomial, strict: bool, depth: int) -> str | None:
    """Both cases of an absolute value: it is what stands inside, or minus that."""
    found = list(absolute_values(algebra, gap))
    if not found or len(found) > ABSOLUTE_VALUES:
        return None
    atom, inner = found[0]
    texts = []
    for sign in (1, -1):
        case = algebra.replace(gap, atom, scale(inner, sign))
        text = certificate(algebra, case, strict, True, depth) if case or not strict else None
        if text is None:
            return None
        texts.append(f"with {'' if sign > 0 else 'minus '}{Spelling(algebra).polynomial(inner)} for the absolute value {text}")
    return "is not negative in both cases:\n  " + "\n  ".join(texts)


def _by_convexity(algebra: Algebra, gap: Polynomial, strict: bool, depth: int) -> str | None:
    """A function of one number that is convex, and not negative where its derivative vanishes."""
    for found in stationary_points(algebra, gap):
        least = certificate(algebra, found.value, strict, True, depth)
        curved = least and certificate(algebra, found.curvature, False, True, min(depth, 1))
        if curved:
            spelled = Spelling(algebra)
            name, place = spelled.atom(found.number), spelled.polynomial(found.place)
            return (
                f"is convex in {name} and has its least value at {name} = {place}, which {least}\n"
                f"  the second derivative {curved}"
            )
    return None
