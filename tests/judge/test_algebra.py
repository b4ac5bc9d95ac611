"""Powers, positions and deltas."""

from __future__ import annotations

from fractions import Fraction

import pytest

from judge.tools import algebra, decide, polynomial
from symkl.judge.budget import GaveUp


def test_powers() -> None:
    of = algebra("a > 0", "b > 0")
    base = polynomial(of, "a + b")
    assert of.power(base, 3) == polynomial(of, "a^3 + 3*a^2*b + 3*a*b^2 + b^3")
    assert of.multiply(of.power(base, Fraction(1, 2)), of.power(base, Fraction(1, 2))) == base
    assert of.multiply(of.power(base, -2), of.power(base, 2)) == polynomial(of, "1")
    with pytest.raises(GaveUp):
        of.power(base, 10**6)


def test_deltas_of_elements() -> None:
    of = algebra("P on {1..3}")
    assert of.delta(("c", "", 1), ("c", "", 1)) == polynomial(of, "1")
    assert of.delta(("c", "", 1), ("c", "", 2)) == {}
    assert len(of.delta(("v", "i", 0), ("v", "j", 0))) == 1


def test_an_element_that_a_small_alphabet_lacks_is_not_picked_out() -> None:
    assert decide("sum(i in 1..n, delta(i, 5)) = 1", "P on {1..n}").verdict == "refuted"
    assert decide("sum(i in 1..n, delta(i, 2)) = 1", "P on {1..n}").verdict == "proved"
    assert decide("sum(i in 1..n, delta(i, n)*p[i]) = p[n]", "P on {1..n}").verdict == "proved"
