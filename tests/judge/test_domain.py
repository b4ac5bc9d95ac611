"""Bounds of numbers as the givens state them."""

from __future__ import annotations

from fractions import Fraction

from symkl.judge.domain import Interval, NumberDomain
from symkl.language.term import Symbol
from symkl.theory.setting import setting


def test_bounds_narrow() -> None:
    domain = NumberDomain(setting(["0 < t < 1", "t <= 1/2", "k >= 3", "k integer", "a > b"]))
    t = domain.interval("t")
    assert (t.low, t.high, t.open_low, t.open_high) == (0, Fraction(1, 2), True, False)
    assert t.holds(Fraction(1, 2))
    assert not t.holds(Fraction(0))
    assert domain.least(Symbol("k")) == 3
    assert domain.least(Symbol("a")) is None
    assert len(domain.relations) == 1


def test_signs_of_intervals() -> None:
    assert Interval(Fraction(0)).sign() == 1
    assert Interval(Fraction(0), None, open_low=False).sign() == 0
    assert Interval(None, Fraction(0)).sign() == -1
    assert Interval().sign() == 0
