"""Logs split over products, contents and factors; whole numbers by gcd; exponentials undo logs."""

from __future__ import annotations

import pytest

from judge.tools import algebra, polynomial
from symkl.errors import UndefinedTerm
from symkl.judge.logs import refined
from symkl.judge.polynomial import subtract


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("log(a*b)", "log(a) + log(b)"),
        ("log((a^2 - b^2)/(a - b))", "log(a + b)"),
        ("log(2*a + 4*b)", "log(2) + log(a + 2*b)"),
        ("log(a^2 + 2*a*b + b^2)", "2*log(a + b)"),
        ("log(1/a + 1/b)", "log(a + b) - log(a) - log(b)"),
        ("log(360)", "3*log(2) + 2*log(3) + log(5)"),
        ("exp(2*log(a) - log(b))", "a^2/b"),
        ("sqrt(8*a)", "2*sqrt(2)*sqrt(a)"),
        ("exp(a)^3*exp(-a)", "exp(2*a)"),
        ("log(exp(a*b))", "a*b"),
        ("a^b*a", "a^(b + 1)"),
    ],
)
def test_normal_forms_agree(left: str, right: str) -> None:
    of = algebra("a > b", "b > 0")
    assert polynomial(of, left) == polynomial(of, right)


def test_large_whole_numbers_are_refined_by_gcd() -> None:
    of, p, q = algebra(), 10**34 + 193, 10**35 + 69
    gap = subtract(polynomial(of, f"log({p * q}) + log({p})"), polynomial(of, f"2*log({p}) + log({q})"))
    assert gap
    assert not refined(of, gap)


def test_roots_of_squares_keep_their_sign() -> None:
    of = algebra("x real", "y > 0")
    assert polynomial(of, "exp(log((x - y)^2)/2)") != polynomial(of, "x - y")


def test_an_affine_argument_is_one_atom_however_long() -> None:
    of = algebra("P on {1..200}")
    form = polynomial(of, "log(p[200])")
    assert len(form) == 1


def test_log_of_zero() -> None:
    with pytest.raises(UndefinedTerm):
        polynomial(algebra("a > 0"), "log(a - a)")
