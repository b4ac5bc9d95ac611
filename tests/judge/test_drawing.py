"""Numbers and masses by the shape of the model."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symkl.judge.domain import Interval
from symkl.judge.drawing import Shape, number, weights_on

KEYS = [(1, 1), (1, 2), (2, 1), (2, 2)]


@pytest.mark.parametrize("shape", list(Shape))
def test_numbers_stay_inside(shape: Shape) -> None:
    random, taken = Random(5), []
    for interval in (Interval(Fraction(0), Fraction(1)), Interval(Fraction(2)), Interval(None, Fraction(-1)), Interval()):
        for _ in range(10):
            value = number(interval, shape, random, taken)
            assert interval.holds(Fraction(int(value.p), int(value.q)))


@pytest.mark.parametrize("shape", list(Shape))
def test_weights_are_positive(shape: Shape) -> None:
    assert min(weights_on(KEYS, shape, Random(3)).values()) >= 1


def test_shapes_differ() -> None:
    assert set(weights_on(KEYS, Shape.UNIFORM, Random(1)).values()) == {1}
    assert len(set(weights_on(KEYS, Shape.GENERIC, Random(1)).values())) == 4
    coupled = weights_on(KEYS, Shape.COUPLED, Random(1))
    assert coupled[1, 1] > 50 * coupled[1, 2]
