"""Places and values of extrema."""

from __future__ import annotations

import pytest

from judge.tools import COIN, decide


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("argmin[q](H(P, Q)) = argmin[q](KL(P || Q))", "proved"),
        ("argmin[q](H(P, Q)) = p", "proved"),
        ("p = argmin[q](KL(Q || P))", "proved"),
        ("argmin[q](H(P, Q)) = 1 - p", "refuted"),
        ("argmin[q](H(P, Q)) = 2", "refuted"),
        ("argmax[q](H(P, Q)) = p", "refuted"),
        ("argmax[q](H(Q)) = 1/2", "proved"),
        ("argmin[q](H(P, Q)) = argmin[q](H(Q, P))", "refuted"),
        ("argmin[q](H(P, Q) + q) = argmin[q](H(P, Q))", "refuted"),
        ("argmax[q](-H(P, Q)) = argmin[q](5*H(P, Q) - p)", "proved"),
        ("min[q](H(P, Q)) = H(P)", "proved"),
        ("min[q](H(P, Q)) = 0", "refuted"),
        ("argmin[q](H(P, Q)) <= 1", "unknown"),
    ],
)
def test_extrema(statement: str, verdict: str) -> None:
    found = decide(statement, *COIN)
    assert found.verdict == verdict, found.reason


def test_a_closed_range_is_outside() -> None:
    assert decide("argmin[x](x) = 0", "x >= 0", "x <= 1").verdict == "unknown"


def test_the_minimum_of_a_parabola() -> None:
    assert decide("argmin[x]((x - a)^2 + b) = a", "x real", "a real", "b real").verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("argmin[theta](KL(p || q_theta)) = argmin[theta](sum(x, p(x)*log(q_theta(x))))", "unknown"),
        ("argmin[theta](c) = argmin[theta](sum(x, p(x)*log(q_theta(x))))", "unknown"),
        ("argmin[theta](c) = argmin[theta](d)", "unknown"),
        ("argmin[theta](2*c) = argmin[theta](c + c)", "proved"),
    ],
)
def test_how_a_family_moves_is_not_guessed(statement: str, verdict: str) -> None:
    assert decide(statement, "p(x), q_theta(x) masses", "theta, c, d real").verdict == verdict
