"""Numbers: their signs are those that balls show, and the rationals next to them enclose them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from judge.tools import algebra, decide, polynomial
from symkl.judge.numbers import bounds_of_number, sign_of_number


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("log(2) - 7/10", -1),
        ("log(3) - 1", 1),
        ("pi - 22/7", -1),
        ("exp(1) - 3", -1),
        ("log(2)*log(3) - 3/4", 1),
        ("log(2)^2", 1),
    ],
)
def test_signs(text: str, sign: int) -> None:
    of = algebra("a > 0")
    assert sign_of_number(of, polynomial(of, text)) == sign


def test_what_is_zero_has_no_sign() -> None:
    of = algebra("a > 0")
    assert sign_of_number(of, {}) == 0


def test_a_number_lies_between_its_bounds() -> None:
    of = algebra("a > 0")
    low, high = bounds_of_number(of, polynomial(of, "log(2)"))
    assert low < Fraction(6931472, 10**7) < high
    assert high - low <= Fraction(1, 500)


def test_statements_about_numbers() -> None:
    assert decide("log(2) < 7/10").verdict == "proved"
    assert decide("log(2) < 69/100").verdict == "refuted"
    assert decide("3^(1/2) > 17/10").verdict == "proved"
    assert decide("log(2) < log(2)").verdict == "refuted"
