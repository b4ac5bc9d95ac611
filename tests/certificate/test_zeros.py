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

FEWEST = 20


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


@needs_coqc
def test_what_fails_where_a_mass_is_zero_is_not_certified() -> None:
    laws = ("P, Q on {1..3}",)
    false = [
        of("KL(P || Q) = H(P, Q) - H(Q)", *laws),
        of("H(P) = -sum(i in 1..3, log(p[i]))", *laws),
        of("sum(i in 1..3, p[i]*log(q[i])) - sum(i in 1..3, log(q[i])) = sum(i in 1..3, (p[i] - 1)*log(q[i]))", *laws),
    ]
    assert not any(run_all(false)), "a log without a weight has no value where its mass is zero"


@needs_coqc
def test_without_absolute_continuity_it_is_refused() -> None:
    honest = of("KL(P || Q) = H(P, Q) - H(P)", "P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
    bare = " /\\\n  AbsolutelyContinuous (0%nat :: 1%nat :: nil) (P p) (Q q)"
    assert bare in honest.claim
    without = replace(honest, claim=honest.claim.replace(bare, ""), body=honest.body.replace(bare, ""))
    assert [bool(verdict) for verdict in run_all([honest, without])] == [True, False]


@pytest.mark.parametrize(
    ("statement", "givens", "reason"),
    [
        ("KL(P || Q) >= 0", ("P, Q on {1..n}",), "equation"),
        ("diff(H(P), p) = log((1-p)/p)", ("P ~ Bernoulli(p)",), "positive masses"),
        ("H(X, Y) = H(X) + H(Y | X)", ("X, Y ~ p(x,y)",), "Joint"),
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
