"""Masses in free coordinates."""

from __future__ import annotations

import pytest

from judge.tools import algebra, polynomial
from symkl.errors import UndefinedTerm
from symkl.judge.coordinates import AlphabetsKept, separations
from symkl.theory.setting import setting


@pytest.mark.parametrize(
    ("givens", "left", "right"),
    [
        (("P on {1..3}",), "p[3]", "1 - p[1] - p[2]"),
        (("P on {1..3}", "p[3] = 1/4"), "p[2]", "3/4 - p[1]"),
        (("P ~ Bernoulli(p)",), "P(T)", "1 - p"),
        (("U uniform on {1..n}",), "u[i]", "1/n"),
        (("a > 0", "b = 2*a"), "b^2", "4*a^2"),
        (("P on {1..n}", "n = 2"), "p[1] + p[2]", "1"),
        (("X, Y ~ p(x,y)", "X indep Y"), "p(x|y)", "p(x)"),
        (("W, X, Y, Z ~ p(w,x,y,z)", "W -> X -> Y -> Z"), "p(z|w,x,y)", "p(z|y)"),
        (("W, X, Y, Z ~ p(w,x,y,z)", "W -> X -> Y -> Z"), "p(w|y,z)", "p(w|y)"),
    ],
)
def test_masses(givens: tuple[str, ...], left: str, right: str) -> None:
    of = algebra(*givens)
    assert polynomial(of, left) == polynomial(of, right)


def test_a_chain_is_one_separation_for_each_inner_link() -> None:
    found = separations(setting(["W, X, Y, Z ~ p(w,x,y,z)", "W -> X -> Y -> Z"]))
    assert [sorted(s.condition) for s in found] == [["X"], ["Y"]]


def test_an_index_outside_the_least_alphabet() -> None:
    of = algebra("P on {1..n}")
    with pytest.raises(UndefinedTerm, match="n >= 3"):
        polynomial(of, "p[3]")
    assert polynomial(algebra("P on {1..n}", "n >= 3"), "p[3]")


def test_alphabets_kept_eliminate_nothing() -> None:
    of = algebra("P on {1..3}")
    of.coordinates = AlphabetsKept(of, of.setting)
    assert polynomial(of, "sum(i in 1..3, p[i])") == polynomial(of, "1")
    assert polynomial(of, "sum(i in 1..3, 1)") == polynomial(of, "3")
    assert len(polynomial(of, "p[3]")) == 1
