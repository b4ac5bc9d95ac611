"""Decimals, precision, and balls that are raised until they are disjoint."""

from __future__ import annotations

import pytest
from flint import arb, ctx, fmpq

import symkl
from judge.tools import decide
from symkl.judge.balls import precision
from symkl.judge.refutation import decimal, shown_point


def test_precision_is_put_back() -> None:
    before = ctx.prec
    with precision(300):
        assert ctx.prec == 300
    assert ctx.prec == before


def test_ten_digits() -> None:
    assert decimal(fmpq(1, 3)) == "0.3333333333"
    assert decimal(fmpq(7)) == "7"
    assert decimal(arb(2).log()) == "0.6931471806"


def test_a_tiny_difference_is_told_apart() -> None:
    verdict = decide("log(a) = log(a + 10^(-100))", "a > 0")
    assert verdict.verdict == "refuted"
    assert verdict.difference is not None
    assert verdict.difference.startswith("-")
    assert "e-10" in verdict.difference


def test_equal_values_refute_nothing() -> None:
    # Beyond every precision that is tried.
    assert decide("log(a) = log(a + 10^(-1000))", "a > 0").verdict == "unknown"


def test_long_points_are_cut() -> None:
    from fractions import Fraction

    assert shown_point({f"p{k}": Fraction(1, 2) for k in range(20)}).endswith("...")


@pytest.mark.parametrize("latex", [r"\binom{n}{k} = \binom{n}{n-k}", r"\|-x\| = \|x\|"])
def test_no_values_are_made_up_for_functions_that_have_their_own(latex):
    assert symkl.prove(latex).verdict == "unknown"


def test_a_function_that_both_sides_hold_alike_is_no_obstacle():
    assert symkl.prove(r"2\binom{n}{k} = 3\binom{n}{k}").verdict == "refuted"
