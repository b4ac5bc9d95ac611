"""Terms: equality up to bound names, substitution without capture, immutability, walks."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import rational_terms, terms
from tools import binders, evaluate, replaced

from symkl.errors import SymklError
from symkl.language.term import (
    Derivative,
    Expectation,
    Extremum,
    Label,
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Negation,
    Number,
    Plus,
    Product,
    Quotient,
    Range,
    Relation,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    difference,
    equation,
    free_names,
    fresh_name,
    is_law,
    rename_bound,
    signed,
    substitute,
    subterms,
    without_labels,
)

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
NAMES = ("s", "i", "j")
UP_TO_TWO = Range(Number(1), Number(2))
P = Marginal("P", "p", True, ("",))
A, B = Symbol("a"), Symbol("b")

values = st.sampled_from([Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2)])
points = st.fixed_dictionaries(dict.fromkeys(NAMES, values))


def mass(name: str) -> Mass:
    return Mass(P, [Value(name)])


def total(name: str, body: Term) -> Sum:
    return Sum([name], [UP_TO_TWO], body)


# Equality up to bound names


@settings(max_examples=200, suppress_health_check=SLOW)
@given(terms(), st.data())
def test_renaming_a_bound_name_changes_neither_equality_nor_hash(term: Term, data: st.DataObject) -> None:
    found = [(path, binder) for path, binder in binders(term)]
    if not found:
        return
    path, binder = data.draw(st.sampled_from(found))
    taken = free_names(binder.body).union(binder.names)
    names = [fresh_name(data.draw(st.sampled_from(["i", "x", "u", "n'"])) + "'" * k, taken) for k in range(len(binder.names))]
    if len(set(names)) < len(names):
        return
    renamed = replaced(term, path, rename_bound(binder, names))
    assert renamed == term
    assert hash(renamed) == hash(term)
    assert free_names(renamed) == free_names(term)


@settings(max_examples=150, suppress_health_check=SLOW)
@given(rational_terms(), rational_terms(), points)
def test_equal_terms_have_equal_hashes_and_values(one: Term, other: Term, point: dict[str, Fraction]) -> None:
    if one == other:
        assert hash(one) == hash(other)
        assert evaluate(one, point) == evaluate(other, point)


def test_bound_names_matter_only_by_what_binds_them() -> None:
    assert total("i", mass("i")) == total("j", mass("j"))
    assert total("i", mass("j")) != total("j", mass("j"))
    assert total("i", mass("j")) != total("i", mass("k"))
    assert total("i", total("j", Times(mass("i"), mass("j")))) == total("j", total("i", Times(mass("j"), mass("i"))))
    assert total("i", total("j", mass("i"))) != total("i", total("j", mass("j")))
    assert total("i", total("i", mass("i"))) == total("i", total("j", mass("j")))
    assert Sum(["i", "j"], [UP_TO_TWO] * 2, mass("i")) != Sum(["i", "j"], [UP_TO_TWO] * 2, mass("j"))
    assert Sum(["i", "j"], [UP_TO_TWO] * 2, mass("i")) == Sum(["k", "l"], [UP_TO_TWO] * 2, mass("k"))


def test_a_name_is_bound_in_the_body_and_free_in_the_alphabet() -> None:
    inner = Sum(["i"], [Range(Number(1), Value("i"))], mass("i"))
    assert free_names(inner) == {"i"}
    assert inner != Sum(["j"], [Range(Number(1), Value("j"))], mass("j"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Plus(A, B), Plus(B, A)),
        (Plus(A, Plus(B, A)), Plus(A, B, A)),
        (Times(A, B), Times(B, A)),
        (Quotient(Number(1), Number(2)), Number(Fraction(1, 2))),
        (Negation(Negation(A)), A),
        (Symbol("i"), Value("i")),
        (total("i", mass("i")), Product(["i"], [UP_TO_TWO], mass("i"))),
        (total("i", mass("i")), Sum(["i"], [Range(Number(1), Number(3))], mass("i"))),
        (Log(A), Log(A, Number(2))),
        (mass("i"), Mass(Marginal("Q", "q", True, ("",)), [Value("i")])),
        (Measure("H", [A, B], [","]), Measure("H", [A, B], ["|"])),
        (Relation((A, B), ("=",)), Relation((A, B), ("<=",))),
        (Extremum("min", "a", A), Extremum("max", "a", A)),
        (Label(A, "one"), Label(A, "two")),
        (Label(A, "one"), A),
    ],
)
def test_what_is_written_differently_is_a_different_term(one: Term, other: Term) -> None:
    assert one != other


def test_spelling_is_remembered_and_not_compared() -> None:
    assert Number(Fraction(1, 2), "0.50") == Number(Fraction(1, 2))
    assert Log(A, written="ln") == Log(A)
    assert hash(Log(A, written="ln")) == hash(Log(A))


# Substitution


@settings(max_examples=400, suppress_health_check=SLOW)
@given(rational_terms(), st.dictionaries(st.sampled_from(NAMES), rational_terms(depth=1), max_size=2), points)
def test_substitution_captures_no_name(term: Term, replacing: dict[str, Term], point: dict[str, Fraction]) -> None:
    result = substitute(term, replacing)
    moved = {**point, **{name: evaluate(new, point) for name, new in replacing.items()}}
    assert evaluate(result, point) == evaluate(term, moved)
    assert free_names(result) <= (free_names(term) - replacing.keys()).union(*(free_names(new) for new in replacing.values()))


@settings(max_examples=200, suppress_health_check=SLOW)
@given(rational_terms(), st.sampled_from(NAMES))
def test_a_name_put_in_its_own_place_changes_nothing(term: Term, name: str) -> None:
    assert substitute(term, {name: Value(name)}) == term
    assert substitute(term, {"absent": A}) is term


def test_a_bound_name_moves_out_of_the_way() -> None:
    result = substitute(total("i", Times(mass("i"), Value("s"))), {"s": Value("i")})
    assert result == total("k", Times(mass("k"), Value("i")))
    assert isinstance(result, Sum)
    assert result.names == ("i'",)


def test_two_values_swap_at_once() -> None:
    assert substitute(Plus(Value("i"), Value("j")), {"i": Value("j"), "j": Value("i")}) == Plus(Value("j"), Value("i"))


def test_an_alphabet_is_outside_the_binding() -> None:
    result = substitute(Sum(["i"], [Range(Number(1), Value("i"))], mass("i")), {"i": Number(3)})
    assert result == Sum(["i"], [Range(Number(1), Number(3))], mass("i"))


def test_a_derivatives_variable_is_not_replaced_before_it_is_worked_out() -> None:
    derivative = Derivative(Times(A, A), A)
    assert substitute(derivative, {"b": Number(2)}) is derivative
    with pytest.raises(SymklError, match="worked out before"):
        substitute(derivative, {"a": Number(2)})
    with pytest.raises(SymklError, match="worked out before"):
        substitute(Derivative(Times(A, B), A), {"b": A})
    with pytest.raises(SymklError, match="worked out before"):
        substitute(Derivative(Times(mass("k"), B), mass("k")), {"b": mass("j")})
    assert substitute(Derivative(mass("k"), mass("k")), {"k": Number(1)}).args == (Mass(P, [Number(1)]),) * 2


def test_an_extremums_name_is_bound() -> None:
    extremum = Extremum("argmin", "a", Plus(A, B))
    assert free_names(extremum) == {"b"}
    assert substitute(extremum, {"a": Number(1)}) is extremum
    assert substitute(extremum, {"b": Number(1)}) == Extremum("argmin", "a", Plus(A, Number(1)))


def test_an_extremums_name_is_not_captured() -> None:
    with pytest.raises(SymklError, match="what min is over"):
        substitute(Extremum("min", "a", Plus(A, B)), {"b": A})


def test_an_expectations_law_keeps_its_binding() -> None:
    mean = Expectation(["x"], [Law(Marginal("p", "p", False, ("X",), ("Y",)), [Value("y")])], Value("x"))
    assert free_names(mean) == {"y"}
    assert substitute(mean, {"x": Number(1)}) is mean


# A term is a frozen value


@settings(max_examples=80, suppress_health_check=SLOW)
@given(terms())
def test_a_term_survives_pickle_and_copy(term: Term) -> None:
    for again in (pickle.loads(pickle.dumps(term)), copy.copy(term), copy.deepcopy(term)):
        assert again == term
        assert hash(again) == hash(term)
        assert repr(again) == repr(term)


@settings(max_examples=80, suppress_health_check=SLOW)
@given(terms())
def test_a_term_cannot_be_changed(term: Term) -> None:
    for name in ("args", "identity", "written", "anything"):
        with pytest.raises(AttributeError):
            setattr(term, name, ())
    for part in subterms(term):
        assert part.with_args(part.args) is part


def test_constructors_refuse_what_is_no_term() -> None:
    with pytest.raises(ValueError, match="signed"):
        Number(-1)
    with pytest.raises(ValueError, match="1 names with 2 domains"):
        Sum(["i"], [UP_TO_TWO] * 2, A)
    with pytest.raises(ValueError, match="0 names"):
        Sum([], [], A)
    with pytest.raises(ValueError, match="separators"):
        Measure("H", [A, B])
    with pytest.raises(ValueError, match="relations"):
        Relation([A], [])


def heads(base: type[Term] = Term) -> list[type[Term]]:
    return [base, *(found for head in base.__subclasses__() for found in heads(head))]


@pytest.mark.parametrize("head", heads(), ids=lambda head: head.__name__)
def test_every_head_has_the_parts_it_is_matched_by(head: type[Term]) -> None:
    # A missing attribute makes a pattern fail silently, not loudly.
    assert [name for name in getattr(head, "__match_args__", ()) if not hasattr(head, name)] == []


# Small tools


def test_small_constructors() -> None:
    assert signed(Fraction(-1, 2)) == Negation(Number(Fraction(1, 2)))
    assert signed(2) == Number(2)
    assert equation(A, B) == Relation([A, B], ["="])
    assert difference(A, B, A) == Plus(A, Negation(B), Negation(A))
    assert fresh_name("i", {"i", "i'"}) == "i''"


def test_walking_is_outermost_first_and_in_written_order() -> None:
    assert list(subterms(Plus(A, Times(B, A)))) == [Plus(A, Times(B, A)), A, Times(B, A), B, A]


def test_labels_come_off() -> None:
    assert without_labels(Plus(Label(A, "one"), Label(Label(B, "two"), A))) == Plus(A, B)


def test_which_terms_are_laws() -> None:
    law = Law(P)
    assert is_law(Quotient(Plus(law, law), Number(2)))
    assert is_law(Label(Times(A, law), "scaled"))
    assert is_law(Negation(law))
    assert not is_law(mass("i"))
    assert not is_law(Plus(A, B))
