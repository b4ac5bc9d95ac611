"""What is known not to be negative is spelled with its reason."""

from __future__ import annotations

from judge.tools import algebra, polynomial
from symkl.judge.known import Known


def test_a_reason_is_the_inequality_and_why() -> None:
    of = algebra("a > 0")
    found = Known(polynomial(of, "a^2"), strict=True, why=lambda: "a square")
    assert found.reason(of) == "a^2 > 0 (a square)"
    assert Known(polynomial(of, "a")).reason(of) == "a >= 0"


def test_a_name_stands_for_the_polynomial() -> None:
    of = algebra("X, Y ~ p(x,y)")
    assert Known(polynomial(of, "I(X; Y)"), name="I(X; Y)").called(of) == "I(X; Y)"
