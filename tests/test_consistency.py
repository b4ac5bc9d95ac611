"""Contradictions: found where exact linear arithmetic finds them, never where a point satisfies everything."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools import evaluate

from symkl.language.plain_reader import read_plain
from symkl.language.scope import Scope
from symkl.language.term import Number, Plus, Relation, Symbol, Term, Times, signed
from symkl.theory.consistency import contradiction

NAMES = "abc"
SCOPE = Scope(numbers=frozenset("abcdkn"))


def stated(*texts: str) -> list[tuple[Relation, str]]:
    relations = [(read_plain(text, SCOPE), text) for text in texts]
    return [(relation, text) for relation, text in relations if isinstance(relation, Relation)]


def affine(coefficients: list[int], constant: int) -> Term:
    return Plus(*(Times(signed(c), Symbol(name)) for c, name in zip(coefficients, NAMES, strict=True)), signed(constant))


forms = st.builds(affine, st.lists(st.integers(-3, 3), min_size=3, max_size=3), st.integers(-4, 4))
points = st.fixed_dictionaries({name: st.fractions(-3, 3, max_denominator=4) for name in NAMES})


def _relation_at(form: Term, point: dict[str, Fraction], loose: bool) -> Relation:
    """A relation between the form and zero that holds at the point."""
    value = evaluate(form, point)
    operator = "=" if not value else (">" if value > 0 else "<")
    return Relation((form, Number(0)), (operator if not loose or operator == "=" else f"{operator}=",))


@settings(max_examples=200)
@given(st.lists(st.tuples(forms, st.booleans()), min_size=1, max_size=6), points)
def test_what_a_point_satisfies_is_no_contradiction(parts: list[tuple[Term, bool]], point: dict[str, Fraction]) -> None:
    relations = [(_relation_at(form, point, loose), str(k)) for k, (form, loose) in enumerate(parts)]
    assert contradiction(relations) == ()


@settings(max_examples=150)
@given(st.lists(forms, min_size=1, max_size=4), st.lists(st.integers(1, 3), min_size=4, max_size=4), st.permutations(range(5)))
def test_a_sum_of_positive_parts_is_not_negative(parts: list[Term], weights: list[int], order: list[int]) -> None:
    total = Plus(*(Times(Number(w), part) for w, part in zip(weights, parts, strict=False)), Number(0))
    relations = [(Relation((part, Number(0)), (">",)), f"part {k}") for k, part in enumerate(parts)]
    relations.append((Relation((total, Number(0)), ("<=",)), "total"))
    shuffled = [relations[k] for k in order if k < len(relations)]
    named = contradiction(shuffled)
    assert named
    assert set(named) <= {text for _, text in relations}


def test_only_the_givens_that_clash_are_named() -> None:
    assert contradiction(stated("d > 7", "a > 1", "c = 2", "a + b = 1", "b > 0")) == ("a > 1", "a + b = 1", "b > 0")


@pytest.mark.parametrize(
    ("texts", "integers", "clash"),
    [
        (["0 < k", "k < 1"], "k", True),
        (["0 < k", "k < 1"], "", False),
        (["2*k = 3"], "k", True),
        (["k > 1", "k < 3", "k != 2"], "k", True),
        (["k > 1", "k < 3", "k != 2"], "", False),
        (["n = 2", "a = 1/n", "a > 1/2"], "", True),
        (["n = 2", "a = 1/n", "a >= 1/2"], "", False),
        (["a*b > 1", "a*b < 1"], "", True),
        (["a*b > 1", "b*a < 1"], "", False),
        (["a := 1", "a > 2"], "", False),
        (["a >= 1", "a <= 1", "b != 3"], "", False),
    ],
)
def test_integers_fixed_symbols_and_what_is_not_linear(texts: list[str], integers: str, clash: bool) -> None:
    assert bool(contradiction(stated(*texts), integers)) == clash


def test_many_relations_are_answered_soon() -> None:
    start = time.perf_counter()
    scope = Scope(numbers=frozenset(f"{letter}{k}" for letter in "abcd" for k in range(600)))
    mixed = [f"a{k} + b{k} + c{k % 7} > d{k % 5}" for k in range(300)]
    chain = [f"a{k} > a{k + 1}" for k in range(500)]
    for texts in (mixed, chain):
        relations = [(read_plain(text, scope), text) for text in texts]
        assert contradiction((r, text) for r, text in relations if isinstance(r, Relation)) == ()
    assert time.perf_counter() - start < 20
