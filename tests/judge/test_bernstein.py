"""Signs by Bernstein coefficients: shown where they are, and none where the polynomial takes both signs or zero."""

from __future__ import annotations

import pytest

from judge.tools import algebra, polynomial

NUMBERS = ("0 < p < 1", "0 < q < 1", "a > 0")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("p^2 - p + 1", 1),
        ("1 - p*q", 1),
        ("p*q - 1", -1),
        ("p^2 - p + 1/4", 0),
        ("p - q", 0),
        ("p*q - a", 0),
        ("p^3 - 2*p + 2 + a*q", 1),
    ],
)
def test_signs(text: str, sign: int) -> None:
    of = algebra(*NUMBERS)
    assert of.signs.of(polynomial(of, text)) == sign


def test_masses_stay_within_their_total() -> None:
    of = algebra("P on {1..4}")
    assert of.signs.of(polynomial(of, "1 - p[1]*p[2] - p[1]")) == 1
    assert of.signs.of(polynomial(of, "1/3 - p[1]*p[2]")) == 1
    assert of.signs.of(polynomial(of, "1/5 - p[1]*p[2]")) == 0
