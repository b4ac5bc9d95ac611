"""A sum of positive terms exceeds each of them; a sum that may have one term, or terms of either sign, need not."""

from __future__ import annotations

import pytest

from judge.tools import decide

SOFTMAX = ("Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))")


@pytest.mark.parametrize(
    ("statement", "given", "verdict"),
    [
        ("log(sum(j in 1..n, exp(z[j]))) > z[k]", SOFTMAX, "proved"),
        ("log(sum(j in 1..n, exp(z[j]))) > z[1]", SOFTMAX, "proved"),
        ("log(sum(j in 1..n, exp(z[j]))) <= z[k]", SOFTMAX, "refuted"),
        ("log(sum(j in 1..n, exp(z[j]))) > z[k] + z[l]", SOFTMAX, "refuted"),
        ("q[k] < 1", SOFTMAX, "proved"),
        ("diff(q[k], z[k]) > 0", SOFTMAX, "proved"),
        ("diff(q[k], z[k]) <= 1/4", SOFTMAX, "proved"),
        ("diff(q[k], z[k]) <= 1/5", SOFTMAX, "refuted"),
        ("sum(i in 1..n, x[i]) > x[k]", ("x positive on {1..n}",), "proved"),
        ("sum(i in 1..n, x[i]) > 2*x[k]", ("x positive on {1..n}",), "refuted"),
        ("sum(i in 1..n, x[i]^2) > x[1]^2", ("x positive on {1..n}",), "proved"),
        ("sum(i in 1..n, x[i]) > x[k]", ("x real on {1..n}",), "refuted"),
    ],
)
def test_a_sum_and_one_of_its_terms(statement: str, given: tuple[str, ...], verdict: str) -> None:
    assert decide(statement, *given).verdict == verdict


def test_a_sum_that_may_have_one_term_is_not_said_to_exceed_it() -> None:
    given = ("d function", "P masses of x", "N integer", "N >= 1")
    assert decide("sum(i in 1..N, P(d(i))) > P(d(1))", *given).verdict != "proved"
