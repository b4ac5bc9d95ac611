"""Attempts to prove something false of derivatives and minima by hand-made rewrites.

Each is refused by the kernel, and for the right reason.
"""

from __future__ import annotations

import pytest

from symkl.derivation.step import Place
from symkl.errors import Rejection
from symkl.language.term import (
    Derivative,
    Number,
    Symbol,
)
from tests.derivation.attacks import MALFORMED, UNDISCHARGED, Attack

# Derivatives


def test_a_mass_is_not_constant_in_another_of_its_formula() -> None:
    attack = Attack("P ~ Bernoulli(p)")
    attack.refused(Derivative(attack.term("1 - p"), attack.term("P(H)")), "diff-constant", UNDISCHARGED, c="1 - p", q="P(H)")


def test_a_law_depends_on_the_numbers_of_its_formula() -> None:
    attack = Attack("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
    attack.refused("diff(H(P, Q), q)", "diff-constant", UNDISCHARGED, c="H(P, Q)", q="q")
    attack.refused("diff(Q(H), q)", "diff-constant", UNDISCHARGED, c="Q(H)", q="q")
    assert attack.rewrite("diff(H(P), q)", "diff-constant", c="H(P)", q="q").after == Number(0)


def test_a_softmax_depends_on_its_scores() -> None:
    attack = Attack("z real on {1..n}", "Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))")
    attack.refused(Derivative(attack.term("q[i]"), attack.term("z[k]")), "diff-constant", UNDISCHARGED, c="q[i]", q="z[k]")
    attack.refused(Derivative(attack.term("z[1]"), attack.term("q[2]")), "diff-constant", UNDISCHARGED, c="z[1]", q="q[2]")


def test_one_mass_of_a_law_is_not_constant_in_another() -> None:
    attack = Attack("P on {1..3}")
    attack.refused(Derivative(attack.term("p[2]"), attack.term("p[1]")), "diff-constant", UNDISCHARGED, c="p[2]", q="p[1]")


def test_the_variable_of_a_derivative_is_not_rewritten() -> None:
    attack = Attack("P ~ Bernoulli(p)", "t real")
    how = {"as": ("t",), "bs": ()}
    attack.refused(Derivative(attack.term("t"), Symbol("t")), "plus-zero", MALFORMED, backward=True, place=Place((1,)), **how)
    attack.refused(Number(1), "diff-variable", MALFORMED, backward=True, q="3")


# Minima


STRICTLY_CONVEX = ("diff(diff(q - log(q), q), q) > 0",)


def minimum(*givens: str, at: str, zero: str) -> None:
    attack = Attack(*givens, shown=(*STRICTLY_CONVEX, f"diff(q - log(q), q) = 0 <=> {zero}"))
    attack.rewrite("argmin[q](q - log(q))", "convex-minimum", f="q - log(q)", q="q", a=at)


def test_the_minimum_of_a_convex_function() -> None:
    minimum("q > 0", at="1", zero="q = 1")


@pytest.mark.parametrize(
    ("givens", "at", "zero"),
    [
        (("q > 0",), "(q + 1)/2", "q = (q + 1)/2"),
        (("q > 0", "q != 3"), "1", "q = 1"),
        (("q > 0", "q^2 > 4"), "1", "q = 1"),
        (("q > 0", "q < 1/2"), "1", "q = 1"),
        (("q > 0", "q integer"), "1", "q = 1"),
        (("Q ~ Bernoulli(q)", "Q(H) < 1/4"), "1/2", "q = 1/2"),
        (("q > 0",), "-1", "q = -1"),
    ],
)
def test_no_minimum_outside_an_interval_or_that_moves_with_the_variable(givens: tuple[str, ...], at: str, zero: str) -> None:
    with pytest.raises(Rejection):
        minimum(*givens, at=at, zero=zero)


def test_no_minimum_without_the_derivative_shown() -> None:
    attack = Attack("q > 0", shown=STRICTLY_CONVEX)
    attack.refused("argmin[q](q - log(q))", "convex-minimum", UNDISCHARGED, f="q - log(q)", q="q", a="1")


def test_a_constant_that_moves_with_the_variable() -> None:
    attack = Attack("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
    attack.refused("argmin[q](p*q + H(Q))", "argmin-constant", UNDISCHARGED, f="p*q", c="H(Q)", q="q")
    attack.refused("argmin[q](p*q)", "argmin-constant", UNDISCHARGED, backward=True, f="p*q", c="q", q="q")
    attack.refused("argmin[q](Q(H)*p)", "argmin-factor", UNDISCHARGED, c="Q(H)", f="p", q="q")


def test_a_negative_factor_moves_a_minimum() -> None:
    attack = Attack("0 < q < 1", "c real")
    attack.refused("argmin[q](c*log(q))", "argmin-factor", UNDISCHARGED, c="c", f="log(q)", q="q")
