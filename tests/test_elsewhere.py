"""What other books write: a name or a given that is not understood is answered with what the plain spelling has."""

from __future__ import annotations

import pytest

from symkl.errors import GivenError, ReadError
from symkl.language.elsewhere import givens_meant, written_here
from symkl.language.givens import read_given
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting

MEANT = [
    ("P ~ Bernoulli", "P ~ Bernoulli(p)"),
    ("X, Y ~ p", "X, Y ~ p(x,y)"),
    ("p in (0,1)", "0 < p < 1"),
    ("p in [0, 1/2]", "0 <= p <= 1/2"),
    ("P in {1..n}", "P on {1..n}"),
    ("P on {1,...,n}", "P on {1..n}"),
    ("P, Q on {1, 2, ..., 6}", "P, Q on {1..6}"),
    ("X, Y independent", "X indep Y"),
    ("X and Y are independent", "X indep Y"),
    ("X - Y - Z", "X -> Y -> Z"),
    ("p > 1 and p < 2", "p > 1; p < 2"),
    ("base 2", "log base 2"),
    ("k is an integer", "k integer"),
    ("P is a distribution", "P on {1..n}"),
]


@pytest.mark.parametrize(("text", "meant"), MEANT, ids=[text for text, _ in MEANT])
def test_a_given_that_is_written_elsewhere(text: str, meant: str) -> None:
    assert meant in givens_meant(text)
    with pytest.raises(GivenError, match="did you mean") as caught:
        read_given(text)
    assert f"'{meant}'" in str(caught.value)
    setting(["X, Y ~ p(x,y)" if "indep" in meant else "X, Y, Z ~ p(x,y,z)" if "->" in meant else "0 < t < 1", meant])


@pytest.mark.parametrize("text", ["X independent of Y", "X independent Y", "X ⊥ Y"])
def test_signs_of_independence(text: str) -> None:
    assert setting(["X, Y ~ p(x,y)", text]).independences


def test_arrows() -> None:
    assert setting(["X, Y, Z ~ p(x,y,z)", "X → Y → Z"]).chains


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("D(P || Q) = 0", "KL(P || Q)"),
        ("CE(P, Q) = 0", "H(P, Q)"),
        ("E(p[1]) = 0", "E[x ~ p](...)"),
        ("sum_i p[1] = 1", "sum(i in 1..n, ...)"),
        ("argmin_q(H(P, Q)) = 1", "argmin[q](...)"),
        ("log_2(p[1]) = 0", "log2(x)"),
        ("lg(p[1]) = 0", "log10(x)"),
    ],
)
def test_a_name_from_elsewhere(text: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_plain(text, setting(["P, Q on {1..n}"]).scope)
    assert said in str(caught.value)


def test_other_names_are_not_explained() -> None:
    assert written_here("theta") == ""
    assert not list(givens_meant("@"))


def test_a_family_in_small_letters_is_no_joint_law() -> None:
    with pytest.raises(GivenError, match="is written Bernoulli"):
        setting(["P ~ bernoulli(p)"])
