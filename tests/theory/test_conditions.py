"""What discharges a condition is sure: whatever the sign rules say holds in every random model, and dependence is not missed."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import Model, Undefined, free_values, random_model

from symkl.language.plain_reader import read_plain
from symkl.language.term import (
    Exp,
    Log,
    Mass,
    Negation,
    Number,
    Outcome,
    Plus,
    Power,
    Quotient,
    Range,
    Relation,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
    signed,
)
from symkl.theory.conditions import depends_on, discharge
from symkl.theory.definedness import undefined_part
from symkl.theory.laws import has_total_one
from symkl.theory.setting import setting
from symkl.theory.wellformed import malformed

NUMBERS = ("a > 0", "b >= 0", "d real", "0 < t < 1", "r > t", "s != 1", "u + t <= 1", "m integer", "m >= 1")
WORLD = setting(["P, Q on {1..3}", "L on {1..n}", "C ~ Bernoulli(c)", *NUMBERS])
MODELS: list[Model] = [random_model(WORLD, seed) for seed in range(4)]
OPERATORS = (">", ">=", "<", "<=", "!=", "=")


def _leaf(source: random.Random, bound: bool) -> Term:
    laws = WORLD.scope.laws
    index: Term = Value("i") if bound else Number(source.randint(1, 3))
    return source.choice(
        [
            *(Symbol(name) for name in "abdtrsucmn"),
            Number(source.randint(0, 2)),
            signed(Fraction(source.randint(-3, 3), 2)),
            laws["P"].mass(index),
            laws["Q"].mass(index),
            laws["L"].mass(Number(source.randint(1, 2))),
            laws["C"].mass(Outcome(source.choice("HT"))),
            Size(Range(Number(1), Symbol(source.choice("mn")))),
        ]
    )


def _term(source: random.Random, depth: int, bound: bool = False) -> Term:
    if depth == 0 or source.random() < 0.25:
        return _leaf(source, bound)
    one, two = (_term(source, depth - 1, bound) for _ in range(2))
    body = _term(source, depth - 1, True)
    domain = source.choice([Range(Number(1), Number(3)), Range(Number(1), Number(2)), Range(Number(1), Number(0))])
    return source.choice(
        [
            Plus(one, two),
            Plus(one, Negation(two)),
            Plus(Number(1), Negation(one)),
            Times(one, two),
            Quotient(one, two),
            Negation(one),
            Power(one, Number(source.randint(0, 3))),
            Power(one, two),
            Log(one),
            Log(one, source.choice([Number(2), Symbol("a"), Number(Fraction(1, 2))])),
            Exp(one),
            Sum(("i",), (domain,), body),
        ]
    )


@given(st.integers(0, 2**32))
def test_whatever_is_discharged_holds_in_every_model(seed: int) -> None:
    source = random.Random(seed)
    term, other = _term(source, 3), source.choice([Number(0), Number(1), _term(source, 1)])
    for operator in OPERATORS:
        condition = Relation((term, other), (operator,))
        if discharge(condition, WORLD) is None:
            continue
        for model in MODELS:
            try:
                assert model.holds(condition, free_values(model, 0, condition)), (WORLD.write(term), operator)
            except Undefined:
                continue


@given(st.integers(0, 2**32))
def test_what_is_shown_to_have_a_value_has_one_in_every_model(seed: int) -> None:
    term = _term(random.Random(seed), 4)
    if malformed(term, WORLD) or undefined_part(term, WORLD) is not None:
        return
    for model in MODELS:
        model.value(term, free_values(model, 0, term))


@pytest.mark.parametrize(
    "text",
    [
        "a > 0", "1 - c > 0", "C(H) > 0", "p[1] < 1", "1 - p[1] - p[2] > 0", "r > 0", "r - t > 0",
        "t*a > 0", "a + b > 0", "exp(d) > 0", "-log(p[1]) > 0", "log(1 + a) > 0", "n >= 2", "n - 1 > 0",
        "s - 1 != 0", "1/a > 0", "sum(i in 1..3, p[i]*q[i]) > 0", "d^2 >= 0", "(-a)*(-t) > 0", "1 - u - t >= 0", "size(1..m) > 0",
    ],
)  # fmt: skip
def test_what_a_textbook_sees_at_once(text: str) -> None:
    statement = read_plain(text, WORLD.scope)
    assert isinstance(statement, Relation)
    assert discharge(statement, WORLD) is not None


@pytest.mark.parametrize(
    "text",
    [
        "d > 0",
        "b > 0",
        "a - b > 0",
        "p[1] - q[1] > 0",
        "log(p[1]) > 0",
        "d != 0",
        "1 - p[1] - p[2] - p[3] > 0",
        "1 - a > 0",
        "u > 0",
    ],
)
def test_what_no_given_says(text: str) -> None:
    statement = read_plain(text, WORLD.scope)
    assert isinstance(statement, Relation)
    assert discharge(statement, WORLD) is None


def test_what_discharges_is_named() -> None:
    statement = read_plain("r*p[1] > 0", WORLD.scope)
    assert isinstance(statement, Relation)
    assert discharge(statement, WORLD) == "P, Q on {1..3}; 0 < t < 1; r > t"
    assert discharge(Relation((Number(2), Number(1)), (">",)), WORLD) == "arithmetic"


def test_dependence_through_formulas() -> None:
    where = setting(
        ["C ~ Bernoulli(c)", "z real on {1..n}", "Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))", "X, Y ~ p(x,y)"]
    )
    scope = where.scope
    read = lambda text: read_plain(text, scope)  # noqa: E731
    assert depends_on(read("H(C)"), Symbol("c"), where)
    assert depends_on(read("C(T)"), Symbol("c"), where)
    assert depends_on(read("H(Q)"), read("z[k]"), where)
    assert depends_on(read("c"), read("C(H)"), where)
    assert depends_on(read("H(X)"), read("p(x,y)"), where)
    assert not depends_on(read("H(X)"), Symbol("c"), where)
    assert not depends_on(read("H(C)"), read("z[k]"), where)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("KL(P || Q)", True),
        ("KL(P || (P + Q)/2)", True),
        ("KL(P || t*P + (1 - t)*Q)", True),
        ("KL(P || 1/3*P + 2/3*Q)", True),
        ("KL(P || (t*P + (1 - t)*Q)/1)", True),
        ("KL(P || 2*Q)", False),
        ("KL(P || P + Q)", False),
        ("KL(P || d*P + (1 - d)*Q)", False),
        ("KL(P || 2*P - Q)", False),
        ("KL(P || v)", False),
    ],
)
def test_which_laws_have_total_one(text: str, one: bool) -> None:
    where = setting(["P, Q on {1..3}", "v positive on {1..3}", "0 < t < 1", "d real"])
    measure = read_plain(text, where.scope)
    assert has_total_one(measure.args[1], where) is one


def test_a_product_law_has_total_one() -> None:
    where = setting(["X, Y ~ p(x,y)"])
    measure = read_plain("KL(p(x,y) || p(x)*p(y))", where.scope)
    assert all(has_total_one(law, where) for law in measure.args)


def test_the_part_without_a_value_is_named() -> None:
    term = read_plain("p[1]*log(d)", WORLD.scope)
    assert undefined_part(term, WORLD) == read_plain("log(d)", WORLD.scope)
    assert undefined_part(term, WORLD, frozenset((read_plain("log(d)", WORLD.scope),))) is None
    assert isinstance(Mass(WORLD.scope.laws["P"].marginal(), (Number(1),)), Mass)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("0 < e < 1",), "1 - e^2 > 0"),
        (("0 < a < 1", "0 < e < 1"), "1 - a*e > 0"),
        (("0 < a < 1", "0 < e < 1"), "a*(1 - e) + (1 - a)*e < 1"),
        (("P on {1..4}",), "p[1]/(p[1] + p[2]) < 1"),
        (("P on {1..n}",), "1 - p[1]*p[2] > 0"),
        (("z real",), "1 - 1/(1 + exp(-z)) > 0"),
        (("X, Y ~ p(x,y)",), "H(X) > 0"),
        (("P, Q on {1..n}",), "H(P, Q) != 0"),
    ],
)
def test_what_lies_below_one_and_above_zero(given: tuple[str, ...], text: str) -> None:
    known = setting(given)
    relation = read_plain(text, known.scope)
    assert isinstance(relation, Relation)
    assert discharge(relation, known) is not None


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("0 < e < 1",), "1 - 2*e^2 > 0"),
        (("0 <= e <= 1",), "1 - e^2 > 0"),
        (("e > 0",), "1 - e^2 > 0"),
        (("0 < a < 1", "0 < e < 1"), "1 - a - e > 0"),
        (("0 < a < 1", "0 < e < 1"), "a*(1 - e) - (1 - a)*e > 0"),
        (("P on {1..4}",), "p[1]/(p[1] - p[2]) < 1"),
        (("p positive on {1..n}",), "1 - p[1]*p[2] > 0"),
        (("z real",), "1 - 1/(1 - exp(-z)) > 0"),
        (("X, Y ~ p(x,y)",), "H(X | Y) > 1"),
        (("X, Y ~ p(x,y) density",), "h(X) > 0"),
        (("X, Y ~ p(x,y)",), "I(X; Y) > 0"),
        (("P, Q on {1..n}",), "KL(P || Q) != 0"),
    ],
)
def test_what_need_not(given: tuple[str, ...], text: str) -> None:
    known = setting(given)
    relation = read_plain(text, known.scope)
    assert isinstance(relation, Relation)
    assert discharge(relation, known) is None
