"""Drawing one number, or the masses of one law, by the shape of the model that is looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import islice, permutations
from random import Random

from flint import fmpq

from symkl.judge.coordinates import Separation
from symkl.judge.domain import Interval
from symkl.judge.model import Element, Model, Table, positions
from symkl.language.scope import DENSITY, LawDeclaration


class Shape(Enum):
    """Where in the domain a model is looked for."""

    GENERIC = "off every symmetry"
    EQUAL = "laws alike"
    NEAR_EQUAL = "laws nearly alike"
    UNIFORM = "uniform"
    NEAR_UNIFORM = "nearly uniform"
    EXTREME = "nearly deterministic"
    APART = "nearly deterministic, each law on an element of its own"
    COUPLED = "variables nearly a function of each other"
    INDEPENDENT = "independent variables"
    PARITY = "the last variable nearly the parity of the others"


_ONE = Fraction(1)
_FRACTIONS = tuple(map(Fraction, ["1/3", "2/5", "1/4", "3/5", "2/7", "3/4", "2/3", "1/5", "3/7", "4/7", "5/7", "1/7"]))
_POSITIVES = tuple(map(Fraction, ["2", "3", "5", "7", "1/2", "1/3", "3/2", "5/3", "2/5", "7/4"]))


def number(interval: Interval, shape: Shape, random: Random, taken: list[Fraction], scale: Fraction = _ONE) -> fmpq:
    """A number of an interval; in generic plans none that is another one, its complement, its negative or its inverse."""
    for _ in range(20):
        value = _candidate(interval, shape, random, taken, scale)
        related = {v for t in taken[-12:] for v in (t, 1 - t, -t, 1 / t if t else t)}
        if shape is not Shape.GENERIC or value not in related:
            break
    taken.append(value)
    return fmpq(value.numerator, value.denominator)


def _candidate(interval: Interval, shape: Shape, random: Random, taken: list[Fraction], scale: Fraction) -> Fraction:
    low, high = interval.low, interval.high
    if shape is Shape.EQUAL and taken and interval.holds(taken[0]):
        return taken[0]
    if low is not None and high is not None:
        part = {
            Shape.UNIFORM: Fraction(1, 2),
            Shape.NEAR_UNIFORM: Fraction(random.choice((49, 51)), 100),
            Shape.EXTREME: random.choice((Fraction(1, 1000), Fraction(999, 1000))),
            Shape.APART: Fraction(1 if len(taken) % 2 else 999, 1000),
        }.get(shape) or random.choice(_FRACTIONS)
        if low == high:
            return low
        return low + (high - low) * part * scale
    if shape is Shape.UNIFORM and interval.holds(Fraction(1)):
        return Fraction(0) if low is high is None else Fraction(1)
    size = random.choice(_POSITIVES) * scale
    if shape is Shape.EXTREME:
        size = random.choice((Fraction(1, 1000), Fraction(1000)))
    if low is not None:
        return low + size
    if high is not None:
        return high - size
    return size * random.choice((1, -1))


def weights_on(keys: Sequence[tuple[Element, ...]], shape: Shape, random: Random) -> dict[tuple[Element, ...], int]:
    """Whole numbers that masses are proportional to."""
    if shape is Shape.UNIFORM:
        return dict.fromkeys(keys, 1)
    if shape is Shape.NEAR_UNIFORM:
        return {key: 100 + random.randint(-3, 3) for key in keys}
    if shape is Shape.EXTREME:
        heavy = random.choice(list(keys))
        return {key: 1000 if key == heavy else 1 for key in keys}
    if shape in (Shape.COUPLED, Shape.PARITY) and keys and len(keys[0]) > 1:
        coupled = _is_coupled if shape is Shape.COUPLED else _is_even
        return {key: 100 + random.randint(0, 20) if coupled(key) else 1 for key in keys}
    low, high = 1, max(7, 2 * len(keys))
    if len(keys) <= high:
        return dict(zip(keys, random.sample(range(low, high + 1), len(keys)), strict=True))
    return {key: random.randint(low, high) for key in keys}


def _is_coupled(key: tuple[Element, ...]) -> bool:
    return len(set(key)) == 1


def _is_even(key: tuple[Element, ...]) -> bool:
    return sum(value for value in key if isinstance(value, int)) % 2 == 0


def normalised(model: Model, law: LawDeclaration, weights: Mapping[tuple[Element, ...], int]) -> Table:
    """The masses (heights, for a density) in the ratios of the weights."""
    total = fmpq(0)
    for key, weight in weights.items():
        total += _cell(model, law, key) * weight
    return {key: fmpq(weight) / total for key, weight in weights.items()}


def _cell(model: Model, law: LawDeclaration, key: tuple[Element, ...]) -> fmpq:
    width = fmpq(1)
    if law.entries == DENSITY:
        for alphabet, element in zip(law.alphabets, key, strict=True):
            width *= model.width(alphabet, element)
    return width


def mixed(table: Table, other: Table) -> Table:
    """A law near the first one."""
    return {key: value * fmpq(99, 100) + other[key] * fmpq(1, 100) for key, value in table.items()}


MOST_ORDERS = 720
"""So many orders of the variables that the independences name are looked at; the others come last."""


def network(model: Model, law: LawDeclaration, shape: Shape, random: Random, separations: Sequence[Separation]) -> Table:
    """A law as a product of conditional laws along the order of variables in which the parents are fewest."""
    best: dict[str, frozenset[str]] | None = None
    named = [name for name in law.variables if any(name in s.left | s.right | s.condition for s in separations)]
    others = [name for name in law.variables if name not in named]
    for some in islice(permutations(named), MOST_ORDERS):
        order = (*some, *others)
        parents = {name: _parents(name, frozenset(order[:k]), separations, shape) for k, name in enumerate(order)}
        if best is None or sum(map(len, parents.values())) < sum(map(len, best.values())):
            best = parents
    conditional: dict[tuple[object, ...], dict[Element, fmpq]] = {}
    table: Table = {}
    for key in positions(model, law):
        at = dict(zip(law.variables, key, strict=True))
        value = fmpq(1)
        for name in law.variables:
            above = tuple(sorted((parent, at[parent]) for parent in (best or {})[name]))
            row = conditional.get((name, above))
            if row is None:
                row = conditional[name, above] = _row(model, law, name, shape, random)
            value *= row[at[name]]
        table[key] = value
    return table


def _row(model: Model, law: LawDeclaration, name: str, shape: Shape, random: Random) -> dict[Element, fmpq]:
    elements = model.elements(law.alphabet(name))
    weights = weights_on([(element,) for element in elements], shape, random)
    widths = {e: model.width(law.alphabet(name), e) if law.entries == DENSITY else fmpq(1) for e in elements}
    total = sum((widths[e] * weights[(e,)] for e in elements), fmpq(0))
    return {e: fmpq(weights[(e,)]) / total for e in elements}


def _parents(name: str, earlier: frozenset[str], separations: Sequence[Separation], shape: Shape) -> frozenset[str]:
    if shape is Shape.INDEPENDENT:
        return frozenset()
    for s in separations:
        for one, other in ((s.left, s.right), (s.right, s.left)):
            if name in one and s.condition <= earlier and other & earlier:
                return earlier - other
    return earlier
