"""Arithmetic and geometric means: true inequalities are proved, those that are a little too sharp are not."""

from __future__ import annotations

import pytest

from judge.tools import algebra, decide
from symkl.judge.means import by_means

NUMBERS = ("a > 0", "b > 0", "0 < t < 1")
LAWS = ("P, Q on {1..n}", "0 < t < 1")

TRUE = [
    (NUMBERS, "sqrt(a*b) <= (a + b)/2"),
    (NUMBERS, "a^t*b^(1-t) <= t*a + (1-t)*b"),
    (NUMBERS, "a^(2/3)*b^(1/3) <= (2*a + b)/3"),
    (NUMBERS, "2/(1/a + 1/b) <= sqrt(a*b)"),
    (("z real",), "exp(z) >= 1 + z"),
    (LAWS, "sum(i in 1..n, sqrt(p[i]*q[i])) <= 1"),
    (LAWS, "sum(i in 1..n, p[i]^t*q[i]^(1-t)) <= 1"),
    (LAWS, "sum(i in 1..n, p[i]^2/q[i]) >= 1"),
    (LAWS, "sum(i in 1..n, (sqrt(p[i]) - sqrt(q[i]))^2) <= KL(P || Q)"),
    (("P, Q on {1..n}", "a > 1"), "sum(i in 1..n, p[i]^a*q[i]^(1-a)) >= 1"),
    (("p, q densities of x",), "int(x, sqrt(p(x)*q(x))) <= 1"),
]
RENYI = "log(sum(i in 1..n, p[i]^a))/(1-a)"
DIVERGENCE = "log(sum(i in 1..n, p[i]^a*q[i]^(1-a)))/(a-1)"
BELOW, ABOVE = ("P, Q on {1..n}", "0 < a < 1"), ("P, Q on {1..n}", "a > 1")
TRUE += [
    (BELOW, f"{RENYI} >= H(P)"),
    (ABOVE, f"{RENYI} <= H(P)"),
    (BELOW, f"{RENYI} <= log(n)"),
    (BELOW, f"{DIVERGENCE} <= KL(P || Q)"),
    (ABOVE, f"{DIVERGENCE} >= KL(P || Q)"),
    (BELOW, f"{DIVERGENCE} >= 0"),
    (BELOW, "(sum(i in 1..n, p[i]^a) - 1)/(1-a) >= 0"),
    (ABOVE, "(1 - sum(i in 1..n, p[i]^a))/(a-1) >= 0"),
    (BELOW, "sum(i in 1..n, p[i]*q[i])^2 <= sum(i in 1..n, p[i]^2)*sum(i in 1..n, q[i]^2)"),
]
FALSE = [
    (NUMBERS, "sqrt(a*b) <= (a + b)/3"),
    (NUMBERS, "a^t*b^(1-t) <= (1-t)*a + t*b"),
    (NUMBERS, "a^(2/3)*b^(1/3) <= (a + 2*b)/3"),
    (("z real",), "exp(z) >= 1 + 2*z"),
    (LAWS, "sum(i in 1..n, sqrt(p[i]*q[i])) <= 9/10"),
    (LAWS, "sum(i in 1..n, p[i]^t*q[i]^(1-t)) >= 1"),
    (LAWS, "sum(i in 1..n, p[i]^2/q[i]) >= 11/10"),
    (("P, Q on {1..n}", "a > 0"), "sum(i in 1..n, p[i]^a*q[i]^(1-a)) >= 1"),
    (BELOW, f"{RENYI} <= H(P)"),
    (ABOVE, f"{RENYI} >= H(P)"),
    (ABOVE, f"{DIVERGENCE} <= KL(P || Q)"),
    (BELOW, f"{RENYI} <= log(n)/2"),
    (ABOVE, "(1 - sum(i in 1..n, p[i]^a))/(a-1) >= 1/10"),
    (LAWS, "sum(i in 1..n, p[i]*q[i])^2 <= sum(i in 1..n, p[i]^3)*sum(i in 1..n, q[i]^2)"),
    (("p positive on {1..n}", "p[i] <= 1"), "-sum(i in 1..n, p[i]*log(p[i])) > 0"),
]


@pytest.mark.parametrize(("given", "statement"), TRUE, ids=[statement for _, statement in TRUE])
def test_proved(given: tuple[str, ...], statement: str) -> None:
    assert decide(statement, *given).verdict == "proved"


@pytest.mark.parametrize(("given", "statement"), FALSE, ids=[statement for _, statement in FALSE])
def test_refuted(given: tuple[str, ...], statement: str) -> None:
    assert decide(statement, *given).verdict == "refuted"


def test_the_reason_names_the_ratio() -> None:
    text = decide("sum(i in 1..n, p[i]^t*q[i]^(1-t)) <= 1", *LAWS).certificate
    assert text is not None
    assert "log x <= x - 1 at x = p[" in text


def test_there_is_nothing_to_pair_in_a_number() -> None:
    assert not list(by_means(algebra("a > 0"), {(): 1}))
