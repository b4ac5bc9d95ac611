"""Substitution works out what it decides."""

from __future__ import annotations

from judge.tools import algebra, polynomial
from symkl.judge.atoms import Scalar


def test_a_polynomial_for_a_number() -> None:
    of = algebra("0 < p < 1", "0 < q < 1")
    body = polynomial(of, "-p*log(q) - (1-p)*log(1-q) + exp(q)/q")
    image = of.replace(body, of.table.intern(Scalar("q")), polynomial(of, "p"))
    assert image == polynomial(of, "-p*log(p) - (1-p)*log(1-p) + exp(p)/p")


def test_inside_sums() -> None:
    of = algebra("P on {1..n}", "a > 0")
    body = polynomial(of, "sum(i in 1..n, log(a*p[i] + 1))")
    image = of.replace(body, of.table.intern(Scalar("a")), polynomial(of, "2"))
    assert image == polynomial(of, "sum(i in 1..n, log(2*p[i] + 1))")


def test_an_index_for_a_bound_value() -> None:
    of = algebra("P on {1..3}")
    assert polynomial(of, "sum(i in 1..3, delta(i, 2)*log(p[i]))") == polynomial(of, "log(p[2])")
