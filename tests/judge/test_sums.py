"""Sums over symbolic alphabets: what vanishes, what factors, what is renamed."""

from __future__ import annotations

import pytest

from judge.tools import algebra, polynomial
from symkl.judge.budget import OutsideFragment
from symkl.judge.polynomial import constant

JOINT = ("X, Y, Z ~ p(x,y,z)",)


@pytest.mark.parametrize(
    ("givens", "left", "right"),
    [
        (("P, Q on {1..n}",), "sum(i in 1..n, p[i])", "1"),
        (("P, Q on {1..n}",), "sum(i in 1..n, sum(j in 1..n, p[i]*q[j]^2))", "sum(k in 1..n, q[k]^2)"),
        (("P, Q on {1..n}",), "sum(i in 1..n, sum(j in 1..n, p[i]^2*q[j]))", "sum(i in 1..n, p[i]^2)"),
        (("P, Q on {1..n}",), "sum(i in 1..n, p[i]*sum(j in 1..n, p[i]*q[j]))", "sum(i in 1..n, p[i]^2)"),
        (("P, Q on {1..n}",), "sum(i in 1..n, sum(j in 1..n, p[i]^2*q[j]^3))", "sum(j in 1..n, q[j]^3)*sum(i in 1..n, p[i]^2)"),
        (("P, Q on {1..n}",), "sum(i in 1..n, p[i]/(1 - p[i]))", "sum(i in 1..n, 1/(1 - p[i])) - n"),
        (("P, Q on {1..n}",), "sum(i in 1..n, delta(i, j)*q[i])", "q[j]"),
        (("P, Q on {1..n}",), "sum(i in 2..n, p[i])", "1 - p[1]"),
        (JOINT, "sum(y, sum(z, p(x,y,z)))", "p(x)"),
        (JOINT, "sum(y, p(y|x))", "1"),
        (JOINT, "sum(x, sum(y, sum(z, p(x,y,z)*log(p(y,z)))))", "sum(z, sum(y, p(y,z)*log(p(y,z))))"),
        ((*JOINT, "X -> Y -> Z"), "sum(y, p(x,y)*p(y,z)/p(y))", "p(x,z)"),
        ((*JOINT, "X indep Y"), "sum(z, p(x,y,z))", "p(x)*p(y)"),
        (("x positive on {1..n}",), "(sum(i in 1..n, x[i]))^2", "sum(i in 1..n, sum(j in 1..n, x[i]*x[j]))"),
    ],
)
def test_normal_forms_agree(givens: tuple[str, ...], left: str, right: str) -> None:
    of = algebra(*givens)
    assert polynomial(of, left) == polynomial(of, right)


def test_names_of_variables_are_kept_apart() -> None:
    of = algebra("X, Y ~ p(x,y)")
    assert polynomial(of, "H(X)") != polynomial(of, "H(Y)")


def test_a_positive_vector_has_no_total() -> None:
    of = algebra("x positive on {1..n}")
    assert polynomial(of, "sum(i in 1..n, x[i])") != constant(1)


def test_an_integral_over_nothing_has_no_value() -> None:
    with pytest.raises(OutsideFragment):
        polynomial(algebra("p, q densities of x"), "int(x, 1)")
