"""Attempts to prove something false of laws and their masses by hand-made rewrites.

Each is refused by the kernel, and for the right reason.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from symkl.errors import Rejection
from symkl.language.term import (
    Alphabet,
    E,
    Expectation,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
)
from tests.derivation.attacks import NOT_APPLICABLE, TO_3, UNDEFINED, UNDISCHARGED, Attack

# Laws


def mixture(attack: Attack, text: str) -> Term:
    laws = {name: attack.setting.scope.laws[name].law() for name in ("P", "Q")}
    two, half = Number(2), Number(2)
    return {
        "2Q": Times(two, laws["Q"]),
        "2P-Q": Plus(Times(two, laws["P"]), Negation(laws["Q"])),
        "(P+Q)/2": Quotient(Plus(laws["P"], laws["Q"]), half),
        "P+Q": Plus(laws["P"], laws["Q"]),
        "Q/2": Quotient(laws["Q"], half),
    }[text]


@pytest.mark.parametrize("text", ["2Q", "P+Q", "Q/2"])
def test_no_inequality_of_gibbs_for_what_is_no_law(text: str) -> None:
    attack = Attack("P, Q on {1..n}")
    law, other = attack.setting.scope.laws["P"].law(), mixture(attack, text)
    attack.refused(Measure("KL", (law, other), ("||",)), "gibbs", UNDISCHARGED, P=law, Q=other)


def test_the_inequality_of_gibbs_for_a_mixture() -> None:
    attack = Attack("P, Q on {1..n}")
    law, other = attack.setting.scope.laws["P"].law(), mixture(attack, "(P+Q)/2")
    assert attack.rewrite(Measure("KL", (law, other), ("||",)), "gibbs", P=law, Q=other).after == Number(0)


def test_no_inequality_of_gibbs_for_positive_vectors() -> None:
    attack = Attack("p, q positive on {1..n}")
    p, q = (attack.setting.scope.laws[name].law() for name in "pq")
    attack.refused(Measure("KL", (p, q), ("||",)), "gibbs", UNDISCHARGED, P=p, Q=q)


def test_a_mixture_with_a_negative_mass_has_no_divergence() -> None:
    attack = Attack("P, Q on {1..n}")
    attack.cannot_start(Measure("KL", (attack.setting.scope.laws["P"].law(), mixture(attack, "2P-Q")), ("||",)), UNDEFINED)


def test_independence_is_of_the_random_variables_own_law() -> None:
    attack = Attack("p(x,y), q(x,y) joint laws", "X indep Y")
    attack.refused("q(x,y)", "independence", NOT_APPLICABLE, first=(Value("x"),))
    assert attack.rewrite("p(x,y)", "independence", first=(Value("x"),)).after == attack.term("p(x)*p(y)")


def test_conditions_are_forgotten_under_the_random_variables_own_law() -> None:
    attack = Attack("p(x,y), q(x,y) joint laws", "X indep Y")
    attack.refused("q(x|y)", "independence", NOT_APPLICABLE, first=(Value("y"),))
    assert attack.rewrite("p(x|y)", "independence", first=(Value("y"),)).after == attack.term("p(x)")


def test_conditions_that_are_not_independent_stay() -> None:
    attack = Attack("X, Y, Z ~ p(x,y,z)", "X indep Y | Z")
    attack.refused("p(x|y)", "independence", NOT_APPLICABLE, first=(Value("y"),))
    attack.refused("p(x|y,z)", "independence", NOT_APPLICABLE, first=(Value("z"),))
    attack.refused("p(x|y,z)", "independence", NOT_APPLICABLE, first=(Value("y"), Value("z")))
    assert attack.rewrite("p(x|y,z)", "independence", first=(Value("y"),)).after == attack.term("p(x|z)")


def test_no_inequality_of_jensen_for_what_is_no_law() -> None:
    attack = Attack("P, Q on {1..n}")
    twice = mixture(attack, "2Q")
    mean = Expectation(("i",), (twice,), Log(attack.term("p[i]")))
    attack.refused(mean, "jensen-log", UNDISCHARGED, x="name:i", P=twice, f="p[i]", base=E)


@pytest.mark.parametrize("base", [Number(2), Symbol("b"), Number(Fraction(1, 2))])
def test_no_tangent_to_a_log_of_another_base(base: Term) -> None:
    attack = Attack("a > 0", "b > 1")
    with pytest.raises(Rejection):
        attack.rewrite(Log(Symbol("a"), base), "log-below-line", a="a")


def test_a_term_of_unknown_sign_is_not_left_out() -> None:
    attack = Attack("a, b real")
    attack.refused("a + b", "drop-positive-term", UNDISCHARGED, a="a", b="b")
    attack.refused("a - b", "drop-negative-term", UNDISCHARGED, a="a", b="b")
    attack.refused("a", "add-positive-term", UNDISCHARGED, a="a", b="b")


@pytest.mark.parametrize(
    ("givens", "before", "first"),
    [
        (("X, Y, Z ~ p(x,y,z)", "X -> Z -> Y"), "p(x,y)", "x"),
        (("X, Y, Z ~ p(x,y,z)", "X indep Y"), "p(x,y|z)", "x"),
        (("X, Y, Z ~ p(x,y,z)", "X indep Y | Z"), "p(x,z)", "x"),
        (("X, Y ~ p(x,y)",), "p(x,y)", "x"),
    ],
)
def test_independences_that_no_given_states(givens: tuple[str, ...], before: str, first: str) -> None:
    Attack(*givens).refused(before, "independence", NOT_APPLICABLE, first=(Value(first),))


# Masses


@pytest.mark.parametrize(
    "before",
    [
        "sum(i in 1..2, p[i])",
        "sum(i in 1..3, r[i])",
        "sum(i in 1..3, p[i]*p[i])",
        "sum(i in 1..3, v[i])",
    ],
)
def test_sums_that_are_not_one(before: str) -> None:
    Attack("P on {1..3}", "R on {1..4}", "v positive on {1..3}").refused(before, "marginalise", NOT_APPLICABLE)


@pytest.mark.parametrize("before", ["sum(x, p(y|x))", "sum(x, p(x,y)*p(x))", "sum(x, p(x|y)*p(y|x))"])
def test_conditions_are_not_summed_out(before: str) -> None:
    Attack("X, Y ~ p(x,y)").refused(before, "marginalise", NOT_APPLICABLE)


def test_a_sum_over_the_diagonal_is_not_one() -> None:
    attack = Attack("X, Y ~ p(x,y)")
    law = attack.setting.scope.laws["p"]
    diagonal = Mass(law.marginal(), (Value("x"), Value("x")))
    attack.refused(Sum(("x",), (Alphabet("X"),), diagonal), "marginalise", NOT_APPLICABLE)


def test_summing_out_a_name_that_the_step_invents() -> None:
    Attack("X, Y ~ p(x,y)").refused("sum(y, p(x,y))", "marginalise", NOT_APPLICABLE, over=(Value("z"),))


@pytest.mark.parametrize("first", [(), ("x", "y"), ("z",)])
def test_odd_splits_of_a_joint_mass(first: tuple[str, ...]) -> None:
    Attack("X, Y ~ p(x,y)").refused("p(x,y)", "condition", NOT_APPLICABLE, first=tuple(map(Value, first)))


def test_a_product_over_an_alphabet_is_no_sum() -> None:
    attack = Attack("P on {1..3}")
    attack.refused(Product(("i",), (TO_3,), attack.term("p[i]")), "marginalise", NOT_APPLICABLE)
