"""What pattern variables stand for, as data and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from symkl.derivation.bindings import bound_as_data, bound_from_data, free_values, read_with_values
from symkl.derivation.step import Bound
from symkl.errors import ReadError, UsageError
from symkl.language.plain_reader import read_plain
from symkl.language.term import Alphabet, Law, Number, Outcome, Outcomes, RandomVariable, Range, Relation, Symbol, Term, Value
from symkl.theory.setting import setting
from tests.strategies import SETTING, terms

KNOWN = setting(["P, Q on {1..n}", "C ~ Bernoulli(c)", "X, Y ~ r(x,y)", "0 < t < 1"])
LAW = KNOWN.scope.laws["P"]
JOINT = KNOWN.scope.laws["r"]

PAIRS: list[tuple[Bound, Any]] = [
    ("i", {"name": "i"}),
    (Value("i"), {"value": "i"}),
    (Outcome("H"), {"outcome": "H"}),
    (RandomVariable("X"), {"variable": "X"}),
    (Range(Number(1), Symbol("n")), {"alphabet": "1..n"}),
    (Outcomes(Outcome("H"), Outcome("T")), {"alphabet": "{H, T}"}),
    (Alphabet("X"), {"alphabet": "X"}),
    (LAW.law(), {"law": "P"}),
    (Law(JOINT.marginal(("Y",), ("X",))), {"law": "r(y|x)", "whole": True}),
    (Law(JOINT.marginal(("Y",), ("X",)), (Value("x"),)), {"law": "r(y|x)", "values": {"x": None}}),
    (read_plain("1/2*t", KNOWN.scope), {"term": "1/2*t"}),
    (LAW.mass(Value("i")), {"term": "p[i]", "values": {"i": None}}),
    (JOINT.mass(Value("a"), Value("b")), {"term": "r(a,b)", "values": {"a": "X", "b": "Y"}}),
    ((), {"run": []}),
    ((Symbol("t"), Value("i")), {"run": [{"term": "t"}, {"value": "i"}]}),
    (read_plain("KL(P || Q)", KNOWN.scope), {"term": "KL(P || Q)"}),
]


@pytest.mark.parametrize(("bound", "data"), PAIRS, ids=[json.dumps(data) for _, data in PAIRS])
def test_there_and_back(bound: Bound, data: Any) -> None:
    assert bound_as_data(bound, KNOWN) == data
    assert bound_from_data(json.loads(json.dumps(data)), KNOWN) == bound


@given(terms(depth=3))
def test_every_term_there_and_back(term: Term) -> None:
    assert bound_from_data(bound_as_data(term, SETTING), SETTING) == term


def test_statements_with_a_connective() -> None:
    both = read_with_values("t = 1 <=> t > 0", KNOWN, {})
    assert isinstance(both, Relation) and both.operators == ("<=>",) and len(both.args) == 2


def test_free_values_know_their_variable() -> None:
    assert free_values(read_plain("sum(x, r(x,y))", KNOWN.scope)) == {"y": "Y"}
    assert free_values(Symbol("t")) == {}


@pytest.mark.parametrize("data", [None, [], "t", {}, {"term": 1}, {"run": {}}, {"run": ["t"]}, {"run": [{"name": "i"}]}])
def test_other_data(data: object) -> None:
    with pytest.raises(UsageError, match="No substitution"):
        bound_from_data(data, KNOWN)


@pytest.mark.parametrize("values", [[], {"i": 3}, {"i": ["X"]}])
def test_values_of_another_shape(values: object) -> None:
    with pytest.raises(UsageError, match="'values'"):
        bound_from_data({"term": "p[i]", "values": values}, KNOWN)


@pytest.mark.parametrize("data", [{"term": "p["}, {"law": "t"}, {"law": "P +"}, {"alphabet": "1.."}, {"term": "P"}])
def test_texts_that_cannot_be_read(data: object) -> None:
    with pytest.raises(ReadError):
        bound_from_data(data, KNOWN)
