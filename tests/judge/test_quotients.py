"""Denominators cancel, and differences over a common denominator vanish."""

from __future__ import annotations

import pytest

from judge.tools import algebra, decide, polynomial
from symkl.errors import UndefinedTerm


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a/(a + b) + b/(a + b)", "1"),
        ("1/(a*(1 + a))", "1/a - 1/(1 + a)"),
        ("(a^2 - 1)/(a + 1)", "a - 1"),
        ("1/(1/(1 + a))", "1 + a"),
        ("(a/b)^(-2)", "b^2/a^2"),
    ],
)
def test_normal_forms_agree(left: str, right: str) -> None:
    of = algebra("a > 0", "b > 0")
    assert polynomial(of, left) == polynomial(of, right)


def test_partial_fractions_of_several_denominators() -> None:
    assert decide("1/((a+1)*(a+2)) = 1/(a+1) - 1/(a+2)", "a > 0").verdict == "proved"
    assert decide("1/((a+b)*(a+2)) = (1/(b-2))*(1/(a+2) - 1/(a+b))", "a > 0", "b > 3").verdict == "proved"


def test_the_inverse_of_zero() -> None:
    with pytest.raises(UndefinedTerm):
        polynomial(algebra("a > 0"), "1/(a - a)")
