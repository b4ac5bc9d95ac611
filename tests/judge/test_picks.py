"""The least and the greatest of several numbers inside expressions."""

from __future__ import annotations

import pytest

from judge.tools import LAWS, decide

DISTANCE = "sum(i in 1..n, abs(p[i] - q[i]))"


@pytest.mark.parametrize(
    ("statement", "given", "verdict"),
    [
        ("sum(i in 1..n, min(p[i], q[i])) <= 1", LAWS, "proved"),
        ("sum(i in 1..n, max(p[i], q[i])) >= 1", LAWS, "proved"),
        ("sum(i in 1..n, min(p[i], q[i])) <= 1/2", LAWS, "refuted"),
        (f"1 - sum(i in 1..n, min(p[i], q[i])) = 1/2*{DISTANCE}", LAWS, "proved"),
        (f"1 - sum(i in 1..n, max(p[i], q[i])) = 1/2*{DISTANCE}", LAWS, "refuted"),
        ("max(a, b) + min(a, b) = a + b", ("a real", "b real"), "proved"),
        ("max(a, b) - min(a, b) = abs(a - b)", ("a real", "b real"), "proved"),
        ("max(a, b, c) + 1 >= b + 1", ("a real", "b real", "c real"), "proved"),
        ("I(X; Y) = max(H(X), H(Y))", ("X, Y ~ p(x,y)",), "refuted"),
        ("I(X; Y) <= min(H(X), H(Y))", ("X, Y ~ p(x,y)",), "proved"),
        ("min(a, b) >= a", ("a real", "b real"), "refuted"),
        ("2*max(a, b) <= a + b", ("a real", "b real"), "refuted"),
    ],
)
def test_picks(statement: str, given: tuple[str, ...], verdict: str) -> None:
    assert decide(statement, *given).verdict == verdict
