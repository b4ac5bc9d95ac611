"""The syntax of givens: each form of the grammar, and what is refused."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from symkl.errors import GivenError, SymklError
from symkl.language.givens import (
    BaseGiven,
    ConditionGiven,
    FamilyGiven,
    Given,
    IndependenceGiven,
    JointGiven,
    LawsGiven,
    MarkovGiven,
    MassesGiven,
    SortGiven,
    UniformGiven,
    VectorGiven,
    read_given,
    split_givens,
)
from symkl.language.scope import DENSITY, MASS
from symkl.language.term import Alphabet, E, Negation, Number, Outcome, Outcomes, Plus, Range, Symbol

UP_TO_N = Range(Number(1), Symbol("n"))
COIN = Outcomes(Outcome("H"), Outcome("T"))
N, P = Symbol("n"), Symbol("p")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P ~ Bernoulli(p)", lambda t: FamilyGiven(t, ("P",), "Bernoulli", (P,), None)),
        ("P, Q ~ Bernoulli(1 - p)", lambda t: FamilyGiven(t, ("P", "Q"), "Bernoulli", (Plus(Number(1), Negation(P)),), None)),
        ("P ~ Bernoulli(p) on {H, T}", lambda t: FamilyGiven(t, ("P",), "Bernoulli", (P,), COIN)),
        ("P, Q on {1..n}", lambda t: LawsGiven(t, ("P", "Q"), UP_TO_N)),
        ("P on 1..n", lambda t: LawsGiven(t, ("P",), UP_TO_N)),
        ("P on {H, T}", lambda t: LawsGiven(t, ("P",), COIN)),
        ("P on A", lambda t: LawsGiven(t, ("P",), Alphabet("A"))),
        ("U uniform on {1..n}", lambda t: UniformGiven(t, ("U",), UP_TO_N)),
        ("U, V are uniform on {1..n}", lambda t: UniformGiven(t, ("U", "V"), UP_TO_N)),
        ("p, q positive on {1..n}", lambda t: VectorGiven(t, ("p", "q"), "positive", UP_TO_N)),
        ("z real on {1..n}", lambda t: VectorGiven(t, ("z",), "real", UP_TO_N)),
        ("X, Y ~ p(x,y)", lambda t: JointGiven(t, ("X", "Y"), "p", MASS)),
        ("X ~ p(x) density", lambda t: JointGiven(t, ("X",), "p", DENSITY)),
        ("p(x,y), q(x,y) joint laws", lambda t: MassesGiven(t, (("p", ("x", "y")), ("q", ("x", "y"))), MASS)),
        ("p, q masses of x", lambda t: MassesGiven(t, (("p", ("x",)), ("q", ("x",))), MASS)),
        ("p, q densities of x", lambda t: MassesGiven(t, (("p", ("x",)), ("q", ("x",))), DENSITY)),
        ("q(z), p(x,z), p(z|x) masses", lambda t: MassesGiven(t, (("q", ("z",)), ("p", ("x", "z")), ("p", ("z", "x"))), MASS)),
        ("X indep Y", lambda t: IndependenceGiven(t, ("X",), ("Y",), ())),
        ("X, Y indep Z | W", lambda t: IndependenceGiven(t, ("X", "Y"), ("Z",), ("W",))),
        ("X -> Y -> Z", lambda t: MarkovGiven(t, (("X",), ("Y",), ("Z",)))),
        ("X -> (Y, Z) -> W", lambda t: MarkovGiven(t, (("X",), ("Y", "Z"), ("W",)))),
        ("a > 0", lambda t: ConditionGiven(t)),
        ("0 < t < 1", lambda t: ConditionGiven(t)),
        ("n >= 2", lambda t: ConditionGiven(t)),
        ("q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))", lambda t: ConditionGiven(t)),
        ("k integer", lambda t: SortGiven(t, ("k",), "integer")),
        ("k, m integers", lambda t: SortGiven(t, ("k", "m"), "integer")),
        ("a, b positive", lambda t: SortGiven(t, ("a", "b"), "positive")),
        ("f function", lambda t: SortGiven(t, ("f",), "function")),
        ("log base 2", lambda t: BaseGiven(t, Number(2))),
        ("log base e", lambda t: BaseGiven(t, E)),
        ("log base b", lambda t: BaseGiven(t, Symbol("b"))),
    ],
)
def test_each_form_says_what_it_declares(text: str, expected: object) -> None:
    assert read_given(text) == expected(text)  # type: ignore[operator]


def test_spaces_do_not_matter() -> None:
    assert read_given("  P ,  Q   on\n {1..n} ") == read_given("P , Q on {1..n}")


def test_semicolons_separate_givens() -> None:
    assert split_givens("a > 0; P on {1..n} ;; ") == ["a > 0", "P on {1..n}"]
    assert split_givens(" ; ") == []


NONSENSE = ["", "P", "P on", "on {1..n}", "P ~", "P ~ Q", "P on {}", "P on {1..", "P on {H, T", "P Q on {1..n}", "log base"]
NONSENSE += ["X, Y ~ p(y,x)", "X, Y ~ p(x)", "X ~ N(0,1)", "X indep", "p(x masses", "P ~ Bernoulli(", "k integr", "log base 2 3"]


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_not_understood_is_refused_by_name(text: str) -> None:
    with pytest.raises(GivenError) as refused:
        read_given(text)
    assert f"'{text}'" in str(refused.value)


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["P", "X", "p(x,y)", " on ", " ~ ", ", ", "{1..n}", " indep ", " | ", " -> ", "log base ", " masses", " of "]
            ),
            max_size=10,
        ).map("".join),
    )
)
@example("P on " + "(" * 5000)
def test_no_given_does_worse_than_a_named_error(text: str) -> None:
    try:
        assert isinstance(read_given(text), Given)
    except SymklError as refused:
        assert str(refused)


@pytest.mark.parametrize("piece", ["a, ", "a -> ", "p(x), ", "a' ", "((", "a < "])
def test_long_givens_are_answered_soon(piece: str) -> None:
    start = time.perf_counter()
    with suppress(SymklError):
        read_given(piece * 3000)
    assert time.perf_counter() - start < 5
