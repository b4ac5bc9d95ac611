"""False statements: that each fails at a point of its domain is a theorem, and one that holds has none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symkl import certify_refutation, prove
from symkl.certificate.coq import AXIOMS, run
from symkl.certificate.refutation import refutation
from symkl.errors import NoImage, UsageError
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting
from tests.certificate.tools import needs_coqc

COINS = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
LAWS = ("P, Q on {1..n}",)
JOINT = ("X, Y ~ p(x,y)",)
FALSE = [
    ("KL(P || Q) = KL(Q || P)", COINS),
    ("log(a + b) = log(a) + log(b)", ("a > 0", "b > 0")),
    ("H(P, Q) <= H(P)", LAWS),
    ("sum(i in 1..n, (p[i] - 1/n)^2) = sum(i in 1..n, p[i]^2) - 1", LAWS),
    ("H(X, Y) = H(X) + H(Y)", JOINT),
    ("H(P) + KL(P || Q) = 1", (*COINS, "log base 2")),
    ("H(Y | X) = H(X | Y)", (*JOINT,)),
    ("H(Y | X) = -sum(x, sum(y, p(y|x)*log(p(y|x))))", JOINT),
    ("KL(P || Q) > 0", LAWS),
    ("log(x) < x - 1", ("x > 0",)),
    ("log(1) = 1", ()),
    ("sum(i in 1..n, log(1 - pi[i])) >= 0", ("pi positive on {1..n}", "pi[i] < 1")),
]


@needs_coqc
@pytest.mark.parametrize(("statement", "givens"), FALSE)
def test_false_at_the_witness(statement: str, givens: tuple[str, ...]) -> None:
    certificate = certify_refutation(prove(statement, given=givens))
    verdict = certificate.run()
    assert verdict, verdict.reason
    assert set(verdict.axioms) <= AXIOMS
    assert certificate.refutes
    assert "~ (" in certificate.statement


def witness_of(values: dict[str, str]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in values.items()}


def test_a_witness_where_the_statement_holds() -> None:
    where = setting(COINS)
    statement = read_plain("KL(P || Q) = KL(Q || P)", where.scope)
    with pytest.raises(NoImage, match="holds at the witness"):
        refutation(statement, where, witness_of({"p": "1/3", "q": "2/3"}))


@needs_coqc
def test_a_witness_outside_the_domain() -> None:
    where = setting(("0 < p < 1",))
    statement = read_plain("p^2 < p", where.scope)
    assert not run(refutation(statement, where, witness_of({"p": "2"})))


def test_products_of_logs_are_out_of_scope() -> None:
    with pytest.raises(NoImage, match="linear in its logs"):
        certify_refutation(prove("log(a/b) = log(a)/log(b)", given=("a > 0", "b > 0")))


def test_only_a_refuted_statement() -> None:
    with pytest.raises(UsageError, match="refuted"):
        certify_refutation(prove("H(P, P) = H(P)", given=LAWS))
