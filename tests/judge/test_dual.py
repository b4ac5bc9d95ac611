"""Dual numbers against the rules of derivatives."""

from __future__ import annotations

from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from symkl.judge.dual import Dual, constant_part

rationals = st.fractions(min_value=1, max_value=9, max_denominator=7).map(lambda f: fmpq(f.numerator, f.denominator))


@given(rationals, rationals)
def test_rules(a: fmpq, b: fmpq) -> None:
    x = Dual(a, fmpq(1), 1)
    assert (x * x * b).tangent == 2 * a * b
    assert (b / x).tangent == -b / a**2
    assert (x / (x + b)).tangent == b / (a + b) ** 2
    assert (b - x).tangent == -1
    assert (x - b).value == a - b
    assert (x**3).tangent == 3 * a**2
    assert constant_part(x * b) == a * b


@given(rationals)
def test_logs_and_exponentials_undo_each_other(a: fmpq) -> None:
    both = Dual(a, fmpq(1), 1).log().exp()
    assert both.tangent.contains(1)
    assert both.value.contains(a)
