"""False statements: that each fails at a point of its domain is a theorem, and one that holds has none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symkl import certify_refutation, prove, run_certificates
from symkl.certificate.coq import AXIOMS, run
from symkl.certificate.refutation import refutation
from symkl.errors import NoImage, UsageError
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting
from tests.certificate.tools import needs_coqc

COINS = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
LAWS = ("P, Q on {1..n}",)
JOINT = ("X, Y ~ p(x,y)",)
SOFTMAX = (*LAWS, "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))")
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
    ("log(a/b) = log(a)/log(b)", ("a > 0", "b > 0")),
    ("ln(a) = log2(a)", ("a > 0",)),
    ("exp(x)*exp(y) = exp(x*y)", ("x real", "y real")),
    ("sqrt(a + b) = sqrt(a) + sqrt(b)", ("a > 0", "b > 0")),
    ("KL(P || Q) <= 1", LAWS),
    ("0 <= KL(P || Q) = H(P) - H(P, Q)", LAWS),
    ("diff(H(P), p) = log(p/(1-p))", COINS),
    ("diff(H(P, Q), q) = (q - p)/(q*(1-q))", (*COINS, "log base b")),
    ("diff(diff(H(P, Q), q), q) = p/q^2 - (1-p)/(1-q)^2", COINS),
    ("diff(H(P, Q), z[k]) = p[k] - q[k]", SOFTMAX),
    ("diff(diff(log(1 + exp(x)), x), x) = exp(x)/(1 + exp(x))", ("x real",)),
    ("diff(abs(x)*x, x) = abs(x)", ("x < 0",)),
    ("p(x,y) = p(x)*p(y)", JOINT),
    ("p[i] < 1/2", LAWS),
    ("KL(P || Q) != KL(Q || P)", LAWS),
    ("argmin[q](H(P, Q)) = 1 - p", COINS),
    ("argmax[p](H(P)) = 1/3", COINS),
    ("diff(log(q[i]), z[k]) = q[i] - q[k]", SOFTMAX),
    ("E[x ~ p](f(x)) = E[x ~ q](f(x))", ("p, q masses of x", "f function")),
]


@needs_coqc
def test_false_at_the_witness() -> None:
    made = [certify_refutation(prove(statement, given=givens)) for statement, givens in FALSE]
    assert all(certificate.refutes and "~ (" in certificate.statement for certificate in made)
    verdicts = run_certificates(made)
    refused = {statement: v.reason for (statement, _), v in zip(FALSE, verdicts, strict=True) if not v}
    assert refused == {}
    assert all(set(verdict.axioms) <= AXIOMS for verdict in verdicts)


def witness_of(values: dict[str, str]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in values.items()}


@needs_coqc
def test_a_function_of_which_the_witness_says_the_log() -> None:
    where = setting(("theta real", "Z function"))
    statement = read_plain("log(Z(theta)) = 0", where.scope)
    assert run(refutation(statement, where, witness_of({"theta": "-3/2", "log_Z(-3/2)": "-3/2"})))
    assert not run(refutation(statement, where, witness_of({"theta": "-3/2", "log_Z(-3/2)": "0"})))


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


@needs_coqc
@pytest.mark.parametrize(
    ("statement", "givens", "witness"),
    [
        ("log(a/b) = log(a) - log(b)", ("a > 0", "b > 0"), {"a": "3/2", "b": "1/5"}),
        ("diff(H(P), p) = log((1-p)/p)", ("P ~ Bernoulli(p)",), {"p": "1/3"}),
        ("diff(exp(2*x), x) = 2*exp(2*x)", ("x real",), {"x": "-3/2"}),
        ("log(x) <= x - 1", ("x > 0",), {"x": "1001/1000"}),
        ("sqrt(2)*sqrt(2) = 2", (), {}),
        ("argmin[q](H(P, Q)) = p", COINS, {"p": "1/3"}),
    ],
)
def test_what_is_true_is_not_refuted_anywhere(statement: str, givens: tuple[str, ...], witness: dict[str, str]) -> None:
    where = setting(givens)
    try:
        made = refutation(read_plain(statement, where.scope), where, witness_of(witness))
    except NoImage as error:
        assert "holds" in str(error)
        return
    assert not run(made)


def test_only_a_refuted_statement() -> None:
    with pytest.raises(UsageError, match="refuted"):
        certify_refutation(prove("H(P, P) = H(P)", given=LAWS))
