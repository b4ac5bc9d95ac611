"""Sums over part of a symbolic range."""

from __future__ import annotations

import pytest

from judge.tools import algebra, decide, polynomial
from symkl.judge.budget import OutsideFragment


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sum(i in 1..n-1, p[i])", "1 - p[n]"),
        ("sum(i in 2..n, p[i])", "1 - p[1]"),
        ("sum(i in 2..n-1, 1)", "n - 2"),
        ("sum(i in 1..n-1, sum(j in 1..n, p[i]*p[j]))", "1 - p[n]"),
    ],
)
def test_parts(left: str, right: str) -> None:
    of = algebra("P on {1..n}")
    assert polynomial(of, left) == polynomial(of, right)


def test_a_range_beyond_the_alphabet_is_outside() -> None:
    of = algebra("P on {1..n}")
    with pytest.raises(OutsideFragment):
        polynomial(of, "sum(i in 1..n+1, 1)")
    assert decide("sum(i in 1..n-1, p[i]) = 1", "P on {1..n}").verdict == "refuted"


def test_ranges_of_a_number_that_no_law_has() -> None:
    assert decide("sum(i in 0..m, 1) = m + 1", "m >= 1", "m integer").verdict == "proved"
    assert decide("sum(i in 1..m, 2*i) = m^2 + m + 1", "m >= 1", "m integer").verdict == "refuted"
    assert decide("sum(i in 1..m, 1) = m", "m > 0").verdict == "unknown"
