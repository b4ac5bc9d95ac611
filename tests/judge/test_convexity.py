"""Functions of one number that are convex and stationary: least there, and never proved to be more than they are."""

from __future__ import annotations

import pytest

from judge.tools import algebra, decide
from symkl.judge.convexity import stationary_points
from symkl.language.plain_reader import read_plain

COINS = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
GAUSSIANS = ("s > 0", "r > 0", "m real", "k real")
GAUSSIAN = "log(r/s) + (s^2 + (m - k)^2)/(2*r^2) - 1/2"


@pytest.mark.parametrize(
    ("statement", "given", "verdict"),
    [
        ("KL(P || Q) >= 2*(p - q)^2", COINS, "proved"),
        ("KL(P || Q) >= 5/2*(p - q)^2", COINS, "refuted"),
        ("KL(P || Q) >= 2*(p[1] - q[1])^2", ("P, Q on {1..2}",), "proved"),
        ("KL(P || Q) >= 3*(p[1] - q[1])^2", ("P, Q on {1..2}",), "refuted"),
        (f"{GAUSSIAN} >= 0", GAUSSIANS, "proved"),
        (f"{GAUSSIAN} > 0", GAUSSIANS, "refuted"),
        (f"{GAUSSIAN} >= 1/100", GAUSSIANS, "refuted"),
        ("log(exp(z) + exp(y)) >= (z + y)/2 + log(2)", ("z real", "y real"), "proved"),
        ("log(exp(z) + exp(y)) >= (z + y)/2 + 1", ("z real", "y real"), "refuted"),
        ("log(a) <= a/e", ("a > 0",), "proved"),
        ("log(a) <= a/3", ("a > 0",), "refuted"),
        ("a + 1/a >= 2", ("a > 0",), "proved"),
        ("a + 1/a >= 5/2", ("a > 0",), "refuted"),
    ],
)
def test_the_least_value(statement: str, given: tuple[str, ...], verdict: str) -> None:
    assert decide(statement, *given).verdict == verdict


def test_a_number_that_a_given_ties_to_another_is_not_varied_alone() -> None:
    tied = algebra("0 < p < 1", "0 < q < 1", "p < q")
    function = tied.translate(read_plain("(p - q)^2", tied.setting.scope))
    assert not list(stationary_points(tied, function))
    free = algebra("0 < p < 1", "0 < q < 1")
    function = free.translate(read_plain("(p - q)^2", free.setting.scope))
    assert [found.place for found in stationary_points(free, function)]


def test_masses_that_make_way_for_each_other_are_not_varied_alone() -> None:
    of = algebra("P, Q on {1..3}")
    assert not list(stationary_points(of, of.translate(read_plain("(p[1] - q[1])^2", of.setting.scope))))
