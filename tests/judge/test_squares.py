"""Inequalities by squares, and false ones that look like them."""

from __future__ import annotations

import pytest

from judge.tools import LAWS, decide


@pytest.mark.parametrize(
    ("statement", "givens", "verdict"),
    [
        ("p*(1-p) <= 1/4", ("0 < p < 1",), "proved"),
        ("p*(1-p) < 1/4", ("0 < p < 1",), "refuted"),
        ("x^2 + y^2 + z^2 >= x*y + y*z + x*z", ("x real", "y real", "z real"), "proved"),
        ("x^2 + y^2 >= 3*x*y", ("x real", "y real"), "refuted"),
        ("sum(i in 1..n, p[i]^2) >= 1/n", LAWS, "proved"),
        ("sum(i in 1..n, p[i]^2) < 1", LAWS, "proved"),
        ("sum(i in 1..n, p[i]^2) > 1/n", LAWS, "refuted"),
        ("sum(i in 1..n, sqrt(p[i]*q[i])) <= 1", LAWS, "proved"),
        ("sum(i in 1..n, sqrt(p[i]*q[i])) < 1", LAWS, "refuted"),
        ("sum(i in 1..n, p[i]*x[i]^2) >= sum(i in 1..n, p[i]*x[i])^2", (*LAWS, "x real on {1..n}"), "proved"),
        ("sum(i in 1..n, p[i]*x[i]^3) >= sum(i in 1..n, p[i]*x[i])^3", (*LAWS, "x real on {1..n}"), "refuted"),
        ("sum(i in 1..n, p[i]*x[i]^3) >= 0", (*LAWS, "x real on {1..n}"), "refuted"),
    ],
)
def test_squares(statement: str, givens: tuple[str, ...], verdict: str) -> None:
    assert decide(statement, *givens).verdict == verdict
