"""Attempts to prove something false by hand-made rewrites: of names, kinds, values and statements.

Each is refused by the kernel, and for the right reason.
"""

from __future__ import annotations

import pytest

from symkl.derivation.context import Context
from symkl.derivation.engine import apply_at
from symkl.derivation.kernel import check, conclusion
from symkl.derivation.step import Application, Derivation, Part, Place, Step
from symkl.errors import Rejection
from symkl.language.plain_reader import read_plain
from symkl.language.term import (
    Alphabet,
    Constant,
    Derivative,
    E,
    Expectation,
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Negation,
    Number,
    Outcomes,
    Plus,
    Power,
    Quotient,
    RandomVariable,
    Range,
    Size,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
)
from symkl.theory.rules import rule
from symkl.theory.setting import setting
from tests.derivation.attacks import (
    BAD_BINDING,
    MALFORMED,
    MISMATCH,
    NOT_APPLICABLE,
    TO_2,
    TO_3,
    UNDEFINED,
    UNDISCHARGED,
    Attack,
    P,
    Spelled,
    read_statement,
)

# Bound names


def test_renaming_into_a_name_that_is_free_in_the_body() -> None:
    attack = Attack("P on {1..n}")
    how = {"i": "name:i", "j": "name:j", "A": Range(Number(1), Symbol("n")), "f": "p[i]*p[j]"}
    attack.refused("sum(i in 1..n, p[i]*p[j])", "sum-rename", BAD_BINDING, **how)


def test_renaming_is_allowed_into_any_other_name() -> None:
    attack = Attack("P on {1..n}")
    how = {"i": "name:i", "j": "name:k", "A": Range(Number(1), Symbol("n")), "f": "p[i]*p[j]"}
    made = attack.rewrite("sum(i in 1..n, p[i]*p[j])", "sum-rename", **how)  # type: ignore[arg-type]
    assert made.after == attack.term("sum(l in 1..n, p[l]*p[j])")


def test_a_constant_that_contains_the_bound_name() -> None:
    attack = Attack("P on {1..n}")
    how = {"is": (Value("i"), Range(Number(1), Symbol("n"))), "as": (), "c": "p[i]", "bs": ()}
    attack.refused("sum(i in 1..n, p[i])", "sum-constant-out", MISMATCH, **how)


def test_a_factor_is_not_captured_on_its_way_under_a_sum() -> None:
    attack = Attack("P, Q on {1..n}")
    how = {"is": (Value("i"), Range(Number(1), Symbol("n"))), "as": (), "c": "q[i]", "bs": ("p[i]",)}
    made = attack.rewrite("q[i]*sum(i in 1..n, p[i])", "sum-constant-out", backward=True, **how)  # type: ignore[arg-type]
    assert made.after == attack.term("sum(l in 1..n, q[i]*p[l])")


def test_exchanging_two_sums_over_one_name() -> None:
    attack = Attack("k integer")
    inner = Sum(("i",), (TO_3,), Value("i"))
    how = {"i": "name:i", "j": "name:i", "A": TO_2, "B": TO_3, "f": Value("i")}
    attack.refused(Sum(("i",), (TO_2,), inner), "sum-exchange", BAD_BINDING, **how)


def test_exchanging_sums_where_one_range_depends_on_the_other() -> None:
    attack = Attack("k integer")
    domain = Range(Number(1), Value("i"))
    before = Sum(("i",), (TO_3,), Sum(("j",), (domain,), Value("j")))
    how = {"i": "name:i", "j": "name:j", "A": TO_3, "B": domain, "f": Value("j")}
    attack.refused(before, "sum-exchange", MISMATCH, **how)


def test_nesting_a_sum_whose_second_range_speaks_of_an_outer_name() -> None:
    attack = Attack("k integer")
    before = Sum(("i", "j"), (TO_3, Range(Number(1), Value("i"))), Value("j"))
    how = {"i": "name:i", "j": "name:j", "A": TO_3, "B": Range(Number(1), Value("i")), "f": Value("j")}
    made = attack.rewrite(before, "sum-nest", **how)  # type: ignore[arg-type]
    inner = made.after.args[-1]
    assert isinstance(made.after, Sum) and made.after.names != ("i",)
    assert isinstance(inner, Sum) and inner.domains == (Range(Number(1), Value("i")),)


def test_a_symbol_under_a_binder_of_its_name() -> None:
    Attack("k integer").cannot_start(Sum(("k",), (TO_3,), Symbol("k")), MALFORMED)


def test_a_name_bound_twice_at_once() -> None:
    attack = Attack("X ~ p(x)")
    attack.cannot_start(Sum(("x", "x"), (Alphabet("X"), Alphabet("X")), attack.term("p(x)")), MALFORMED)


def test_an_expectation_under_a_law_that_names_its_value() -> None:
    attack = Attack("X, Y ~ p(x,y)")
    marginal = attack.setting.scope.laws["p"].marginal(("Y",), ("X",))
    mean = Expectation(("y",), (Law(marginal, (Value("y"),)),), Number(1))
    attack.refused(mean, "expectation-as-sum", NOT_APPLICABLE)


def test_a_formula_does_not_capture_the_index_it_is_taken_at() -> None:
    attack = Attack("z real on {1..n}", "Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))")
    made = attack.rewrite("q[j]", "substitute-masses")
    assert made.after == attack.term("exp(z[j])/sum(l in 1..n, exp(z[l]))")


def test_a_derivative_under_a_sum_is_by_the_entry_outside() -> None:
    attack = Attack("z real on {1..n}")
    body = attack.term("z[k]^2")
    variable = attack.term("z[k]")
    domain = Range(Number(1), Symbol("n"))
    outside = Derivative(Sum(("k",), (domain,), body), variable)
    how = {"is": (Value("k"), domain), "f": body, "q": variable}
    made = attack.rewrite(outside, "diff-under-sum", **how)  # type: ignore[arg-type]
    assert made.after == Sum(("l",), (domain,), Derivative(attack.term("z[l]^2"), variable))


# Kinds


def test_a_random_variable_is_no_number() -> None:
    attack = Attack("X ~ p(x)")
    attack.refused("H(X)", "plus-zero", MALFORMED, backward=True, place=Place((0,)), **{"as": (RandomVariable("X"),), "bs": ()})


def test_a_number_does_not_become_a_law() -> None:
    attack = Attack("0 < t < 1", "P on {1..n}")
    law = attack.setting.scope.laws["P"].law()
    plus = attack.rewrite("H(t)", "plus-zero", backward=True, place=Place((0,)), **{"as": ("t",), "bs": ()})
    how = {"as": (law,), "bs": ()}
    attack.refused(plus.after, "times-zero", MALFORMED, backward=True, place=Place((0, 1)), **how)


def test_a_statement_is_no_term() -> None:
    attack = Attack("a, b real")
    attack.refused("a = b", "plus-zero", MALFORMED, backward=True, **{"as": (read_statement("a = b", attack.setting),), "bs": ()})


@pytest.mark.parametrize(
    "start",
    [
        Mass(Marginal("S", "s", True, ("",)), (Value("i"),)),
        Mass(Marginal("P", "q", True, ("",)), (Value("i"),)),
        Mass(P, (Value("i"), Value("j"))),
        Mass(Marginal("P", "p", True, ("", "")), (Value("i"), Value("j"))),
        Mass(Marginal("P", "p", True, ("X",)), (Value("i"),)),
        Mass(P, (Number(4),)),
        Sum(("i",), (Range(Number(1), Number(5)),), Mass(P, (Value("i"),))),
        Sum(("i",), (Outcomes(Number(1), Number(1)),), Value("i")),
        Sum(("i",), (Number(3),), Value("i")),
        Symbol("s"),
        RandomVariable("X"),
        TO_3,
        Plus(Symbol("t"), Law(P)),
        Measure("H", (RandomVariable("Z"),)),
        Measure("KL", (Law(P), Symbol("t")), ("||",)),
        Measure("H", (Times(Law(P), Law(P)),)),
        Derivative(Symbol("t"), Number(3)),
        Derivative(Symbol("t"), Plus(Symbol("t"), Number(0))),
        Derivative(Constant("e"), Constant("e")),
        Number(1, "0.7"),
    ],
    ids=repr,
)
def test_what_is_no_term_of_the_language(start: Term) -> None:
    Attack("P on {1..3}", "t real").cannot_start(start, MALFORMED)


def test_an_outcome_is_no_number() -> None:
    attack = Attack("P ~ Bernoulli(p)")
    coin = attack.setting.scope.laws["P"]
    attack.cannot_start(Sum(("i",), coin.alphabets, Value("i")), MALFORMED)
    attack.cannot_start(Sum(("i",), coin.alphabets, coin.mass(Plus(Value("i"), Number(0)))), MALFORMED)


# Values


@pytest.mark.parametrize(
    ("givens", "start"),
    [
        ((), Log(Number(0))),
        ((), Log(Number(2), Number(1))),
        ((), Log(Number(2), Negation(Number(2)))),
        ((), Quotient(Number(1), Number(0))),
        (("a real",), "a/a"),
        (("a real",), "log(a)"),
        (("a real", "b real"), "1/(a - b)"),
        (("a real",), "a^(1/2)"),
        (("a real",), "H(a)"),
        (("t > 0",), Size(Range(Number(1), Symbol("t")))),
        (("P on {1..n}",), Mass(P, (Number(5),))),
        (("P on {1..n}",), "p[n+1]"),
        (("P on {1..3}", "Q on {1..4}"), Measure("KL", (Law(P), Law(Marginal("Q", "q", True, ("",)))), ("||",))),
        (("z real on {1..n}",), Measure("H", (Law(Marginal("z", "z", True, ("",))),))),
        (("k integer",), Derivative(Power(Symbol("k"), Number(2)), Symbol("k"))),
    ],
    ids=str,
)
def test_what_is_not_shown_to_have_a_value(givens: tuple[str, ...], start: Term | str) -> None:
    Attack(*givens).cannot_start(start, UNDEFINED)


@pytest.mark.parametrize(
    ("start", "name", "how"),
    [
        ("0", "times-zero", {"as": (Log(Number(0)),), "bs": ()}),
        ("0", "log-one", {"base": Number(1)}),
        ("0", "rearrange", {"from": Plus(Log(Number(0)), Negation(Log(Number(0)))), "to": Number(0)}),
        ("1", "power-zero", {"a": Quotient(Number(1), Number(0))}),
        ("0", "write-out", {"from": Sum(("i",), (Range(Number(1), Number(0)),), Log(Number(0)))}),
        ("0", "diff-constant", {"c": Log(Number(0)), "q": Symbol("t")}),
    ],
)
def test_nothing_without_a_value_comes_in_backwards(start: str, name: str, how: dict[str, Spelled]) -> None:
    attack = Attack("t real")
    with pytest.raises(Rejection) as caught:
        attack.rewrite(start, name, backward=True, **how)
    assert caught.value.reason in (UNDEFINED, UNDISCHARGED)


@pytest.mark.parametrize(
    "target", ["a + log(0) - log(0)", "a + 0*log(0)", "a + 1/(1 - 1)*0", "a*((1 + a)/(1 + a))^0", "a + log(a) - log(a)"]
)
def test_nothing_without_a_value_comes_in_by_rearranging(target: str) -> None:
    attack = Attack("a real")
    with pytest.raises(Rejection):
        attack.rewrite("a", "rearrange", to=target)
    with pytest.raises(Rejection):
        attack.rewrite("a", "fractions", to=target)


def test_what_has_a_value_under_one_sum_need_not_under_another() -> None:
    attack = Attack("t > 0")
    inside = "sum(j in 1..3, 1/j) + sum(j in 0..3, 1/j) - sum(j in 0..3, 1/j)"
    attack.refused("sum(j in 1..3, 1/j)", "rearrange", UNDEFINED, to=inside)


def test_rearranging_does_not_cancel_a_fraction() -> None:
    attack = Attack("a > 0")
    attack.refused("a/a", "rearrange", NOT_APPLICABLE, to="1")


def test_fractions_with_a_denominator_that_may_vanish() -> None:
    attack = Attack("a real", "b real")
    attack.refused("1", "fractions", UNDEFINED, to="(a - b)/(a - b)")


@pytest.mark.parametrize(
    ("before", "name", "how"),
    [
        ("(a + b)*c", "split-fraction", {}),
        ("log((-t)*(-t))", "log-product", {"a": "-t", "bs": ("-t",), "base": E}),
        ("log((-t)^2)", "log-power", {"a": "-t", "b": "2", "base": E}),
        ("exp(ln(t))*0 + a", "exp-log", {"a": "a"}),
        ("a^2*a^3", "power-product", {"a": "a", "b": "2", "c": "3"}),
        ("(a*0)/t", "cancel-factor", {"as": (), "b": "0", "cs": (), "ds": (), "es": ()}),
    ],
)
def test_conditions_that_do_not_hold(before: str, name: str, how: dict[str, Spelled]) -> None:
    attack = Attack("a, b, c real", "t > 0")
    with pytest.raises(Rejection):
        attack.rewrite(before, name, **how)


def test_a_log_of_two_negative_factors() -> None:
    attack = Attack("t > 0")
    attack.refused("log((-t)*(-t))", "log-product", UNDEFINED, a="-t", bs=("-t",), base=E)


def test_splitting_a_fraction_over_zero_backwards() -> None:
    attack = Attack("a, b, c real", "t > 0")
    attack.refused("a*t + b*t", "split-fraction", MISMATCH, backward=True, a="a", bs=("b",), c="c")


def test_the_size_of_what_may_be_empty() -> None:
    attack = Attack("m integer", "m >= 0")
    attack.cannot_start("size(1..m)/size(1..m)", UNDEFINED)
    attack.refused("1", "cancel", UNDEFINED, backward=True, a="size(1..m)")


def test_a_sum_that_may_be_empty_is_not_positive() -> None:
    Attack("m integer", "m >= 0").cannot_start("log(sum(i in 1..m, 1))", UNDEFINED)


# Statements


def test_an_equivalence_is_no_equation() -> None:
    where = setting(["a, b real"])
    start = read_statement("a - b = 0", where)
    rewritten = apply_at(
        rule("difference-zero"), start, [Application(Place(), {"a": Symbol("a"), "b": Symbol("b")})], Context(where)
    )
    part = Part("", start, (Step("<=>", start, rewritten.after, (rewritten,), "difference-zero", ""),))
    goal = read_statement("a = b", where)
    with pytest.raises(Rejection, match="goal not shown"):
        check(Derivation("test", "test", where, goal, (part,)))
    assert conclusion(part, ()).operators == ("<=>",)
    with pytest.raises(Rejection) as caught:
        check(Derivation("test", "test", where, goal, (part, Part("", goal))))
    assert caught.value.reason == "goal not shown"


def test_a_result_that_is_an_inequality_is_no_equation() -> None:
    attack = Attack("P, Q on {1..n}", shown=("KL(P || Q) >= 0",))
    attack.refused("KL(P || Q)", "result", NOT_APPLICABLE, number=Number(1))


def test_a_result_that_is_an_equivalence_is_no_equation() -> None:
    attack = Attack("a, b real", shown=("a - b = 0 <=> a = b",))
    attack.refused("a", "result", NOT_APPLICABLE, number=Number(1))


@pytest.mark.parametrize(
    ("before", "name", "how"),
    [
        ("-KL(P || Q)", "gibbs", {"place": Place((0,))}),
        ("KL(P || Q) = t", "gibbs", {"place": Place((0,))}),
        ("KL(P || Q) + t", "gibbs", {"place": Place((), (0, 1))}),
    ],
)
def test_an_inequality_is_used_on_a_whole_line_only(before: str, name: str, how: dict[str, Place]) -> None:
    attack = Attack("P, Q on {1..n}", "t real")
    laws = {each: attack.setting.scope.laws[each].law() for each in "PQ"}
    attack.refused(before, name, "wrong relation", **laws, **how)


def test_multiplying_both_sides_by_what_may_be_zero() -> None:
    attack = Attack("a, b, c real")
    attack.refused("a = b", "multiply-both-sides", UNDISCHARGED, a="a", b="b", c="c")
    attack.refused("a*0 = b*0", "multiply-both-sides", UNDISCHARGED, backward=True, a="a", b="b", c="0")


def test_a_chain_does_not_go_up_and_down() -> None:
    where = setting(["P, Q on {1..n}"])
    kl = read_plain("KL(P || Q)", where.scope)
    up = Step(">=", kl, Number(0), (), "gibbs", "")
    down = Step("<=", Number(0), kl, (), "gibbs", "")
    with pytest.raises(Rejection, match="up and down"):
        conclusion(Part("", kl, (up, down)), ())
