"""Signs by Bernstein coefficients: a polynomial on a product of simplices and intervals, in positive coordinates.

Where all its coefficients there have one sign, after a few elevations of the degree, the polynomial has it. Source: Farouki, The
Bernstein polynomial basis: a centennial retrospective, 2012.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from flint import fmpq

from symkl.judge.domain import Interval
from symkl.judge.polynomial import UNIT, Polynomial, Rational, accumulate, multiply

BERNSTEIN_DEGREE = 24
"""Polynomials with higher powers are not expanded."""

BERNSTEIN_VARIABLES, BERNSTEIN_TERMS, ELEVATIONS, SAMPLES = 6, 1000, 5, 5
"""Bounds of the search for non-negative Bernstein coefficients."""


END = fmpq(1, 50)
"""So near to an end of its range a number is tried."""


@dataclass(frozen=True, slots=True)
class Group:
    """Atoms that are positive and have a sum less than `total`: coordinates of one law."""

    atoms: tuple[int, ...]
    total: Fraction


def fits(polynomial: Polynomial, atoms: Collection[int]) -> bool:
    """Whether a polynomial is small enough, and has whole positive exponents."""
    exponents = [exponent for monomial in polynomial for _, exponent in monomial]
    return len(atoms) <= BERNSTEIN_VARIABLES and all(type(e) is int and 0 <= e <= BERNSTEIN_DEGREE for e in exponents)


def sign_by_coefficients(polynomial: Polynomial, groups: list[Group], intervals: dict[int, Interval]) -> int:
    """1 or -1 where the Bernstein coefficients of a polynomial show its sign on a product of simplices and intervals, else 0."""
    current = polynomial
    wanted = _sign_at_samples(polynomial, groups, intervals)
    if not wanted:
        return 0
    units: list[Polynomial] = []
    ends: list[tuple[int, ...]] = []
    for group in groups:
        unit: Polynomial = {((atom, 1),): 1 / group.total for atom in group.atoms}
        unit[((-1 - group.atoms[0], 1),)] = 1 / group.total
        units.append(unit)
        current = _homogeneous(current, {atom: {((atom, 1),): 1} for atom in group.atoms}, unit)
    for atom, interval in intervals.items():
        if interval.low is None and interval.high is None:
            return 0
        image, unit = _positive_image(atom, interval)
        units.append(unit)
        ends.append(_closed_ends(atom, interval))
        current = _homogeneous(current, {atom: image}, unit)
    corners = list(product(*filter(None, ends)))
    for _ in range(ELEVATIONS):
        if not current or len(current) > BERNSTEIN_TERMS:
            return 0
        if all(wanted * value > 0 for value in current.values()) and all(_stays(current, set(c)) for c in corners):
            return wanted
        for unit in units:
            if unit.keys() != {UNIT}:
                current = multiply(current, unit)
    return 0


def _sign_at_samples(polynomial: Polynomial, groups: list[Group], intervals: dict[int, Interval]) -> int:
    """The one sign that a polynomial has at a few points; 0 where it has both, so that it has no sign."""
    found = 0
    count = sum(len(group.atoms) for group in groups) + len(intervals)
    for turn in range(SAMPLES + 2 * count):
        at: dict[int, fmpq] = {}
        for group in groups:
            weights = [_part(turn, len(at) + k) for k in range(len(group.atoms))]
            whole = sum(weights) + fmpq(1, 2)
            at.update({atom: _rational(group.total) * w / whole for atom, w in zip(group.atoms, weights, strict=True)})
        for atom, interval in intervals.items():
            part = _part(turn, len(at))
            if interval.low is not None and interval.high is not None:
                at[atom] = _rational(interval.low) + _rational(interval.high - interval.low) * part
            elif interval.low is not None:
                at[atom] = _rational(interval.low) + part / (1 - part)
            else:
                at[atom] = _rational(interval.high or Fraction(0)) - part / (1 - part)
        value = fmpq(0)
        for monomial, coefficient in polynomial.items():
            term = _rational(coefficient)
            for atom, exponent in monomial:
                term *= at[atom] ** int(exponent)
            value += term
        sign = (value > 0) - (value < 0)
        if not sign or sign == -found:
            return 0
        found = sign
    return found


def _rational(value: Rational) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _part(turn: int, place: int) -> fmpq:
    """How far a number lies from the lower end of its range: inside, then one number after the other at an end alone."""
    if turn < SAMPLES:
        return fmpq(1 + (5 * turn + 3 * place) % 11, 12)
    alone, low = divmod(turn - SAMPLES, 2)
    return END if (place == alone) == bool(low) else 1 - END


def _positive_image(atom: int, interval: Interval) -> tuple[Polynomial, Polynomial]:
    """An atom between bounds, and 1, in terms of positive numbers."""
    own, other = ((atom, 1),), ((-1 - atom, 1),)
    if interval.low is None:
        return {own: -1, UNIT: interval.high or 0}, {UNIT: 1}
    if interval.high is None:
        return {own: 1, UNIT: interval.low}, {UNIT: 1}
    return {own: interval.high, other: interval.low}, {own: 1, other: 1}


def _closed_ends(atom: int, interval: Interval) -> tuple[int, ...]:
    """The positive numbers of the image that vanish at an end of the interval which belongs to it."""
    ends = []
    if (interval.low is not None and not interval.open_low) or (interval.low is None and not interval.open_high):
        ends.append(atom)
    if interval.low is not None and interval.high is not None and not interval.open_high:
        ends.append(-1 - atom)
    return tuple(ends)


def _stays(polynomial: Polynomial, vanishing: set[int]) -> bool:
    """Whether some monomial is left where some numbers vanish."""
    return any(all(atom not in vanishing for atom, _ in monomial) for monomial in polynomial)


def _homogeneous(polynomial: Polynomial, images: dict[int, Polynomial], unit: Polynomial) -> Polynomial:
    """The polynomial with atoms replaced by images of degree one, filled up to one degree with the unit."""
    degrees = {m: sum(int(e) for atom, e in m if atom in images) for m in polynomial}
    top = max(degrees.values())
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        image: Polynomial = {tuple(pair for pair in monomial if pair[0] not in images): coefficient}
        for atom, exponent in monomial:
            for _ in range(int(exponent) if atom in images else 0):
                image = multiply(image, images[atom])
        for _ in range(top - degrees[monomial]):
            image = multiply(image, unit)
        accumulate(total, image)
    return {m: c for m, c in total.items() if c}
