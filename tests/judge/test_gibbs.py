"""log x <= x - 1 under weights: which logs a difference has, and what their weights are."""

from __future__ import annotations

import pytest

from judge.tools import LAWS, SOFTMAX, algebra, decide, polynomial
from symkl.judge.gibbs import is_exponent, log_terms_of


def test_each_log_has_its_weight() -> None:
    of = algebra(*LAWS)
    terms = list(log_terms_of(of, polynomial(of, "KL(P || Q)")))
    assert len(terms) == 2
    assert {term.coefficient for term in terms} == {1, -1}


def test_a_logit_counts_as_the_log_of_its_exponential_where_there_is_one() -> None:
    of = algebra("P on {1..n}", "z real on {1..n}")
    alone = polynomial(of, "sum(i in 1..n, p[i]*z[i])")
    assert not list(log_terms_of(of, alone))
    polynomial(of, "sum(j in 1..n, exp(z[j]))")
    assert len(list(log_terms_of(of, alone))) == 1
    assert is_exponent(of, next(iter(polynomial(of, "z[1]"))))
    assert not is_exponent(of, next(iter(polynomial(of, "p[1]"))))


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("log(sum(j in 1..n, exp(z[j]))) >= sum(i in 1..n, p[i]*z[i]) + H(P)", "proved"),
        ("log(sum(j in 1..n, exp(z[j]))) >= sum(i in 1..n, p[i]*z[i]) + 2*H(P)", "refuted"),
        ("log(sum(j in 1..n, exp(z[j]))) >= sum(i in 1..n, z[i])/n", "proved"),
        ("-2*log(sum(i in 1..n, sqrt(p[i]*q[i]))) <= KL(P || Q)", "proved"),
        ("-3*log(sum(i in 1..n, sqrt(p[i]*q[i]))) <= KL(P || Q)", "refuted"),
        ("2*log(sum(i in 1..n, sqrt(p[i]))) >= H(P)", "proved"),
        ("H(P) <= -sum(i in 1..n, log(p[i]))/n", "proved"),
    ],
)
def test_jensen(statement: str, verdict: str) -> None:
    assert decide(statement, *SOFTMAX).verdict == verdict
