"""Claims where masses may be zero: theorems of their own, under absolute continuity; what is none about laws has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symkl import certify, derivations, derive
from symkl.certificate.coq import AXIOMS, run_all
from symkl.certificate.files import Certificate
from symkl.certificate.zeros import certificate_with_zeros
from symkl.errors import NoImage
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting
from tests.certificate.tools import needs_coqc

FEWEST = 50


def of(statement: str, *givens: str) -> Certificate:
    where = setting(givens)
    return certificate_with_zeros(statement, where, read_plain(statement, where.scope))


@needs_coqc
def test_every_claim_of_the_gallery_that_is_stated_with_zeros() -> None:
    made = []
    for known in derivations():
        try:
            checked = derive(known.name, family=known.family, n=3 if known.takes else None)._checked
            made.append(certificate_with_zeros(known.name, checked.setting, checked.goal))
        except NoImage as error:
            assert str(error)
    verdicts = run_all(made)
    assert {verdict.name: verdict.reason for verdict in verdicts if not verdict} == {}
    assert all(set(verdict.axioms) <= AXIOMS for verdict in verdicts)
    assert len(made) >= FEWEST


def test_the_hypotheses_are_those_of_laws_with_zeros() -> None:
    coin = certify("kl-decomposition", family="bernoulli").with_zeros.statement
    assert "0 <= p" in coin and "q <= 1" in coin and "< 1" not in coin
    assert "AbsolutelyContinuous (0%nat :: 1%nat :: nil) (P p) (Q q)" in coin
    mixed = of("JS(P || Q) = H((P + Q)/2) - (H(P) + H(Q))/2", "P, Q on {1..n}").claim
    assert "LawWithZeros (range 1 n) Q" in mixed
    assert "AbsolutelyContinuous" not in mixed, "a mixture has mass where one of its laws has"


LAWS = ("P, Q on {1..n}",)
COINS = ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
JOINT = ("X, Y ~ p(x,y)",)
THREE = ("X, Y, Z ~ p(x,y,z)",)
FOUR = ("W, X, Y, Z ~ p(w,x,y,z)",)
TRUE = [
    ("H(Y, X) = H(Y) + H(X | Y)", (*JOINT, "log base 2")),
    ("I(X; Y) >= 0", (*JOINT, "log base b", "b > 1")),
    ("2*I(X; Y)/2 = H(X) - H(X | Y)", ("X, Y ~ p(x,y)",)),
    ("H(Y | X) = H(Y)", (*JOINT, "X indep Y")),
    ("H(X) <= H(X, Y)", JOINT),
    ("H(X | Y, Z) <= H(X | Z)", THREE),
    ("I(X; Z) <= I(Y; Z)", (*THREE, "X -> Y -> Z")),
    ("I(X; Y | Z) = 0", (*THREE, "X indep Y | Z")),
    ("I(W; Z) <= I(X; Y)", (*FOUR, "W -> X -> Y -> Z")),
    ("H(W, X, Y, Z) <= H(W) + H(X) + H(Y) + H(Z)", FOUR),
    ("KL(P || Q) >= 0", COINS),
    ("H(P) <= H(P, Q)", (*LAWS, "log base 2")),
    ("KL(P || Q) + KL(Q || P) >= 0", LAWS),
    ("H(P) >= 0", LAWS),
]


@needs_coqc
def test_joint_laws_and_inequalities() -> None:
    verdicts = run_all([of(statement, *givens) for statement, givens in TRUE])
    assert {verdict.name: verdict.reason for verdict in verdicts if not verdict} == {}


NOT_IMPLIED = [
    ("H(X, Y) = H(X) + H(Y)", JOINT),
    ("I(X; Z) <= I(X; Y)", THREE),
    ("I(X; Y | Z) <= I(X; Y)", THREE),
    ("I(X; Y | Z) = 0", (*THREE, "X indep Y")),
    ("H(X) <= H(Y)", JOINT),
    ("I(X; Y) = 0", JOINT),
    ("KL(P || Q) >= KL(Q || P)", LAWS),
    ("KL(P || Q) <= 0", LAWS),
    ("H(P, Q) <= H(P)", LAWS),
]


@pytest.mark.parametrize(("statement", "givens"), NOT_IMPLIED)
def test_what_does_not_follow_has_no_theorem(statement: str, givens: tuple[str, ...]) -> None:
    with pytest.raises(NoImage, match="does not follow"):
        of(statement, *givens)


def without(made: Certificate, condition: str) -> Certificate:
    """The certificate with a condition of its domain left out, of the claim and of the proof."""
    both = made.claim, made.body
    assert all(text.count(condition) == 1 for text in both), condition
    return replace(made, claim=made.claim.replace(condition, ""), body=made.body.replace(condition, ""))


def instead(made: Certificate, old: str, new: str) -> Certificate:
    """The certificate with another statement, claimed and proved in the same words."""
    assert old in made.claim and old in made.body
    return replace(made, claim=made.claim.replace(old, new), body=made.body.replace(old, new))


@needs_coqc
def test_every_hypothesis_is_needed() -> None:
    """Coq's own conventions (x / 0 = 0, ln 0 = 0) make no claim true that the textbook's do not."""
    gibbs = of("KL(P || Q) >= 0", *LAWS)
    chain = of("H(X, Y) = H(X) + H(Y | X)", *JOINT)
    processing = of("I(X; Z) <= I(X; Y)", *THREE, "X -> Y -> Z")
    independent = of("H(X, Y) = H(X) + H(Y)", *JOINT, "X indep Y")
    joint = " /\\\n  LawWithZeros (list_prod A_X A_Y) (fun '(x, y) => p x y)"
    markov = processing.claim[processing.claim.index(" /\\\n  (forall x") : processing.claim.index(".\n\nDefinition claim")]
    product = independent.claim[independent.claim.index(" /\\\n  (forall x") : independent.claim.index(".\n\nDefinition claim")]
    attacks = [
        without(gibbs, " /\\\n  AbsolutelyContinuous (range 1 n) P Q"),
        without(chain, joint),
        without(processing, markov),
        without(independent, product),
        instead(
            chain, "LawWithZeros (list_prod A_X A_Y) (fun '(x, y) => p x y)", "Sum (list_prod A_X A_Y) (fun '(x, y) => p x y) = 1"
        ),
        instead(chain, "+ ConditionalEntropy", "- ConditionalEntropy"),
        instead(processing, "(fun x z => p_XZ A_Y p x z) <=", "(fun x z => p_XZ A_Y p x z) <"),
        instead(gibbs, "KL ln (range 1 n) P Q >=", "KL ln (range 1 n) Q P >="),
    ]
    verdicts = run_all([gibbs, chain, processing, independent, *attacks])
    assert [bool(verdict) for verdict in verdicts] == [True] * 4 + [False] * len(attacks)


@needs_coqc
def test_what_fails_where_a_mass_is_zero_is_not_certified() -> None:
    laws = ("P, Q on {1..2}",)
    honest = of("KL(P || Q) = H(P, Q) - H(P)", *COINS)
    false = [
        of("KL(P || Q) = H(P, Q) - H(Q)", *laws),
        of("H(P) = -sum(i in 1..2, log(p[i]))", *laws),
        of("sum(i in 1..2, p[i]*log(q[i])) - sum(i in 1..2, log(q[i])) = sum(i in 1..2, (p[i] - 1)*log(q[i]))", *laws),
    ]
    bare = without(honest, " /\\\n  AbsolutelyContinuous (0%nat :: 1%nat :: nil) (P p) (Q q)")
    verdicts = run_all([honest, bare, *false])
    assert [bool(verdict) for verdict in verdicts] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("statement", "givens", "reason"),
    [
        ("KL(P || Q) != 0", LAWS, "equation or inequality"),
        ("JS(P || Q) <= log(2)", LAWS, "combinations of measures"),
        ("H((P + Q)/2) >= 0", LAWS, "laws by name"),
        ("diff(H(P), p) = log((1-p)/p)", ("P ~ Bernoulli(p)",), "positive masses"),
        ("H(Y | X) = sum(x, p(x)*H(Y | X = x))", JOINT, "combinations of measures"),
        ("H(Y | X = x) >= 0", JOINT, "combinations of entropies"),
        ("I(X; Y) = KL(p(x,y) || p(x)*p(y))", JOINT, "combinations of entropies"),
        ("H(V, W, X, Y, Z) >= 0", ("V, W, X, Y, Z ~ p(v,w,x,y,z)",), "4 random variables"),
        ("H(U) = log(n)", ("U uniform on {1..n}",), "never zero"),
        ("log(a*b) = log(a) + log(b)", ("a > 0", "b > 0"), "laws"),
        ("sum(i in 1..n, p[i]) = 1", ("P on {1..n}",), "no log"),
    ],
)
def test_what_is_not_stated_with_zeros_says_why(statement: str, givens: tuple[str, ...], reason: str) -> None:
    with pytest.raises(NoImage, match=reason):
        of(statement, *givens)


def test_masses_that_are_numbers_are_never_zero() -> None:
    with pytest.raises(NoImage, match="numbers, and never zero"):
        of("H(P) = 3/2*log(2)", "P ~ Categorical(1/2, 1/4, 1/4)")
    assert "0 <= a" in of("H(P) = H(a)", "P ~ Categorical(a, 1 - a)").claim
