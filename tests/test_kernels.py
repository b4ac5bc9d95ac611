"""Conditional laws inside a product law: the condition is what the product is a law of."""

from __future__ import annotations

import pytest

from symkl import derive, prove
from symkl.errors import NotDerived, ReadError
from symkl.language.kernels import conditions_of, variables_of
from symkl.language.plain_reader import read_plain
from symkl.language.term import Law, Measure, Times
from symkl.theory.laws import has_total_one
from symkl.theory.setting import setting

JOINT = "X, Y ~ p(x,y)"
TRUE = [
    (JOINT, "KL(p(x,y) || p(x)*p(y|x)) = 0"),
    (JOINT, "KL(p(x,y) || p(y|x)*p(x)) = 0"),
    (JOINT, "H(p(x)*p(y|x)) = H(X, Y)"),
    (JOINT, "KL(p(x,y) || p(y|x)*p(x|y)) = -I(X; Y)"),
    ("p(x,y), q(x,y) joint laws", r"\mathrm{KL}(p(x,y) \| q(x) q(y|x)) = \mathrm{KL}(p(x,y) \| q(x,y))"),
    ("p(x,y), q(x,y) joint laws", "KL(p(y|x) || q(y|x) | p(x)) = KL(p(x,y) || p(x)*q(y|x))"),
    ("q(z), p(x,z) masses", "KL(q(z)*p(x|z) || p(x,z)) = KL(q(z) || p(z))"),
    ("X, Y, Z ~ p(x,y,z)", "KL(p(x,y,z) || p(x)*p(y|x)*p(z|y)) = I(X; Z | Y)"),
    ("X, Y, Z ~ p(x,y,z)", "I(X; Y | Z) = KL(p(x,y|z) || p(x|z)*p(y|z) | p(z))"),
    ("X, Y, Z ~ p(x,y,z)", r"I(X; Y | Z) = D(p(x,y|z) \| p(x|z)p(y|z) | p(z))"),
    ("X, Y, Z ~ p(x,y,z)", "KL(p(x|y,z) || p(x|z) | p(y,z)) = I(X; Y | Z)"),
]


@pytest.mark.parametrize(("given", "statement"), TRUE, ids=[statement for _, statement in TRUE])
def test_a_condition_is_the_variable_of_another_factor(given: str, statement: str) -> None:
    assert prove(statement, given=[given]).verdict == "proved"
    assert derive(statement, given=[given]).steps


def test_factors_that_wait_for_each_other_are_no_law() -> None:
    known = setting([JOINT])
    for text, answer in (("p(x)*p(y|x)", True), ("p(y|x)*p(x)", True), ("p(y|x)*p(x|y)", False)):
        measure = read_plain(f"KL(p(x,y) || {text})", known.scope)
        assert isinstance(measure, Measure)
        assert has_total_one(measure.args[1], known) is answer
    with pytest.raises(NotDerived):
        derive("KL(p(x,y) || p(y|x)*p(x|y)) >= 0", given=JOINT)
    assert prove("KL(p(x,y) || p(y|x)*p(x|y)) >= 0", given=[JOINT]).verdict == "refuted"


def test_a_value_from_outside_stays() -> None:
    measure = read_plain("KL(p(y|x) || q(y|x))", setting(["p(x,y), q(x,y) joint laws"]).scope)
    assert isinstance(measure, Measure)
    assert all(isinstance(law, Law) and law.args for law in measure.args)
    product = read_plain("KL(p(x,y) || p(x)*p(y|x))", setting([JOINT]).scope).args[1]
    assert isinstance(product, Times)
    assert set(variables_of(product)) == {"X", "Y"}
    assert conditions_of(product) == {"X"}


def test_half_a_condition_is_refused() -> None:
    with pytest.raises(ReadError, match="write its mass out"):
        prove("KL(p(x,y,z) || p(x)*p(z|x,y)) >= 0", given=["X, Y, Z ~ p(x,y,z)"])


def test_what_is_written_is_read_back() -> None:
    known = setting([JOINT])
    statement = read_plain("KL(p(x,y) || p(x)*p(y|x)) = 0", known.scope)
    assert read_plain(known.write(statement), known.scope) == statement
