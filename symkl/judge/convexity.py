"""Where a function of one number may have its least value: points at which its derivative vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from symkl.errors import UndefinedTerm
from symkl.judge.atoms import Entry, ExpOf, Scalar
from symkl.judge.derivative import derivative
from symkl.judge.polynomial import UNIT, Polynomial, constant, subtract, variable
from symkl.language.scope import MASS
from symkl.language.term import free_names

if TYPE_CHECKING:
    from symkl.judge.algebra import Algebra

NUMBERS = 4
"""Functions of more numbers are not looked at."""

ROUND = (Fraction(1, 2), Fraction(1), Fraction(0), Fraction(2))
"""The numbers at which a derivative is tried first."""


@dataclass(frozen=True, slots=True)
class Stationary:
    """A number, a place inside its range where the derivative by it vanishes, the value there, the second derivative."""

    number: int
    place: Polynomial
    value: Polynomial
    curvature: Polynomial


def stationary_points(algebra: Algebra, function: Polynomial) -> Iterator[Stationary]:
    """The stationary points among the other numbers of a function and the round numbers.

    Raises: OutsideFragment where something in the function has no derivative here.
    """
    numbers = _moving(algebra, function)
    if len(numbers) > NUMBERS:
        return
    for number in numbers:
        slope = derivative(algebra, function, number)
        places = [variable(other) for other in numbers if other != number]
        places.extend(constant(value) if value else {} for value in ROUND)
        places.append(variable(algebra.table.intern(ExpOf(UNIT))))
        for place in places if slope else ():
            try:
                if _inside(algebra, number, place) and not algebra.replace(slope, number, place):
                    value = algebra.replace(function, number, place)
                    yield Stationary(number, place, value, derivative(algebra, slope, number))
            except UndefinedTerm:
                continue


def _moving(algebra: Algebra, function: Polynomial) -> list[int]:
    """The numbers and masses that a function changes with, of those that nothing else restricts."""
    table = algebra.table
    alone = [atom for atom in range(len(table.keys)) if not table.free[atom] and _moves_alone(algebra, atom)]
    return [atom for atom in alone if derivative(algebra, function, atom)]


def _moves_alone(algebra: Algebra, atom: int) -> bool:
    """Whether nothing but its own bounds restricts a number: no given relates it to others, no mass has to make way."""
    key = algebra.table.keys[atom]
    related = [name for relation in algebra.domain.relations for name in free_names(relation)]
    match key:
        case Scalar(name):
            return name in algebra.setting.scope.numbers and name not in algebra.setting.integers and name not in related
        case Entry(law, at) if len(at) == 1:
            declared = algebra.setting.scope.laws[law]
            if len(declared.variables) != 1:
                return False
            elements = algebra.coordinates.elements(declared.alphabets[0])
            fixed = any(name == law for name, _ in algebra.coordinates.fixed)
            return declared.entries == MASS and elements is not None and len(elements) == 2 and not fixed and not related
        case _:
            return False


def _inside(algebra: Algebra, number: int, place: Polynomial) -> bool:
    interval = algebra.signs.interval(number)
    signs = algebra.signs
    above = interval.low is None or signs.of(subtract(place, constant(interval.low))) == 1
    below = interval.high is None or signs.of(subtract(constant(interval.high), place)) == 1
    return above and below
