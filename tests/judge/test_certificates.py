"""Inequalities by way of others: each way proves, and its near misses are not proved."""

from __future__ import annotations

import pytest

from judge.tools import decide

LAWS = ("P, Q on {1..n}",)
JOINT = ("X, Y ~ p(x,y)",)


@pytest.mark.parametrize(
    ("statement", "given", "verdict"),
    [
        # Without common factors and denominators, also negative ones.
        ("H(P) <= 1", ("P ~ Bernoulli(p)", "log base 2"), "proved"),
        ("H(P) <= 9/10", ("P ~ Bernoulli(p)", "log base 2"), "refuted"),
        ("I(X; Y)/H(X, Y) <= 1", JOINT, "proved"),
        ("I(X; Y)/H(X, Y) >= 1/2", JOINT, "refuted"),
        ("1/(t*(1-t)) >= 4", ("0 < t < 1",), "proved"),
        ("1/(t*(1-t)) >= 5", ("0 < t < 1",), "refuted"),
        # Logs of both sides, and both sides without their logs.
        ("exp(H(P)) <= n", LAWS, "proved"),
        ("exp(H(P)) <= n - 1", LAWS, "refuted"),
        ("exp(KL(P || Q)) >= 1", LAWS, "proved"),
        ("-log(sum(i in 1..n, p[i]^2)) <= log(n)", LAWS, "proved"),
        ("-log(sum(i in 1..n, p[i]^2)) <= log(n)/2", LAWS, "refuted"),
        ("2*log(sum(i in 1..n, sqrt(p[i]))) <= log(n)", LAWS, "proved"),
        ("log(1 + exp(z)) > z", ("z real",), "proved"),
        ("log(1 + exp(z)) > z + 1/2", ("z real",), "refuted"),
        # Squares times something positive.
        ("1/(1+exp(-z))*(1 - 1/(1+exp(-z))) <= 1/4", ("z real",), "proved"),
        ("1/(1+exp(-z))*(1 - 1/(1+exp(-z))) < 1/4", ("z real",), "refuted"),
        # Numbers.
        ("log(2) < 1", (), "proved"),
        ("log(3) < 1", (), "refuted"),
        ("H(P) < 3/5", ("P ~ Bernoulli(1/4)",), "proved"),
        # What the givens state of measures.
        ("I(X; Y) = H(Y)", (*JOINT, "H(Y | X) = 0"), "proved"),
        ("H(Y) <= H(X)", (*JOINT, "H(Y | X) = 0"), "proved"),
        ("H(X) <= H(Y)", (*JOINT, "H(Y | X) = 0"), "unknown"),
        ("H(X) - H(X | Y) <= 1/2", (*JOINT, "H(Y) <= 1/2"), "proved"),
    ],
)
def test_ways(statement: str, given: tuple[str, ...], verdict: str) -> None:
    assert decide(statement, *given).verdict == verdict


def test_a_strict_inequality_needs_something_positive() -> None:
    assert decide("exp(KL(P || Q)) > 1", *LAWS).verdict == "refuted"
    assert decide("a^2 - 2*a + 1 > 0", "a > 0").verdict == "refuted"
