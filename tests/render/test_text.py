"""Derivations in the terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from symkl.derivation.step import Condition, Derivation, Part, Rewrite, Step
from symkl.language.plain_reader import read_plain
from symkl.language.unicode_writer import columns
from symkl.render import render
from symkl.theory.setting import setting

FORMULAS = [
    "KL(P‖Q) = Σ_{i∈{H,T}} P(i) log(P(i)/Q(i))",
    "= P(H) log(P(H)/Q(H)) + P(T) log(P(T)/Q(T))",
    "= p log(p/q) + (1−p) log((1−p)/(1−q))",
    "= p[log p − log q] + (1−p)[log(1−p) − log(1−q)]",
    "= [−p log q − (1−p) log(1−q)] + [p log p + (1−p) log(1−p)]",
    "H(P, Q) = Σ_{i∈{H,T}} −P(i) log Q(i)",
    "= −P(H) log Q(H) − P(T) log Q(T)",
    "= −p log q − (1−p) log(1−q)",
    "H(P) = Σ_{i∈{H,T}} −P(i) log P(i)",
    "= −p log p − (1−p) log(1−p)",
    "KL(P‖Q) = [−p log q − (1−p) log(1−q)] − [−p log p − (1−p) log(1−p)]",
    "= H(P, Q) − H(P)",
    "H(P, Q) = KL(P‖Q) + H(P)",
]


def test_the_lines_of_the_coin_in_order(coin: Derivation) -> None:
    text = render(coin, "text")
    position = 0
    for formula in FORMULAS:
        position = text.index(formula, position) + 1


def test_braces_stand_under_their_terms(coin: Derivation) -> None:
    lines = render(coin, "text").splitlines()
    above = next(k for k, line in enumerate(lines) if "Term 1" in line) - 1
    for label, term in [("Term 1", "[−p log q − (1−p) log(1−q)]"), ("Term 2", "[p log p + (1−p) log(1−p)]")]:
        start = lines[above].index(term)
        brace = lines[above + 1][start : start + len(term)]
        assert re.fullmatch(rf"└─+ {label} ─+┘", brace)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("detail", ["brief", "textbook", "full"])
def test_no_line_is_wider_than_the_terminal(each: Derivation, width: int, detail: str) -> None:
    for line in render(each, "text", detail=detail, width=width).splitlines():
        assert columns(line) <= width, line


def test_nothing_is_left_out(many: Derivation) -> None:
    text = render(many, "text")
    for index in ("₁", "₂₃", "₄₀"):
        assert text.count(f"p{index} log(p{index}/q{index})") == 1
    assert "80 conditions" in text


def test_relations_are_aligned(loss: Derivation) -> None:
    lines = render(loss, "text").splitlines()
    columns_of = [line.index(" = ") for line in lines if re.match(r"^ +\d+ (∂/∂q H\(P, Q\) )? *= (−p|∂)", line)]
    assert len(columns_of) >= 4 and len(set(columns_of)) == 1


def test_the_rule_its_sentence_and_its_conditions_stand_below(coin: Derivation) -> None:
    text = re.sub(r"\s+", " ", render(coin, "text"))
    assert "log of a quotient: The log of a quotient is the difference of the logs. needs p > 0, 1 − p > 0" in text


def test_colour_only_where_it_is_asked_for(coin: Derivation) -> None:
    plain, coloured = render(coin, "text"), render(coin, "text", colour=True)
    assert "\x1b" not in plain and "\x1b[" in coloured
    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()] == plain.splitlines()


def test_givens_come_first_and_inferred_ones_are_marked(coin: Derivation) -> None:
    marked = replace(coin, setting=setting(["P ~ Bernoulli(p)"], ["Q ~ Bernoulli(q)"]))
    lines = render(marked, "text").splitlines()
    assert "Given  P ~ Bernoulli(p)" in lines
    assert "       Q ~ Bernoulli(q)  (inferred)" in lines


def test_quoted_formulas_in_words_are_typeset(coin: Derivation) -> None:
    told = replace(coin, closing="Then `H(P, Q) - H(P)` of `P`, but `no formula (` stays.")
    assert "Then H(P, Q) − H(P) of P, but `no formula (` stays." in render(told, "text")


def by_hand(relation: str, after: str, start: str = "p + q", count: int = 0) -> Derivation:
    known = setting(["0 < p < 1", "0 < q < 1", "a > 0"])
    before, end = read_plain(start, known.scope), read_plain(after, known.scope)
    conditions = tuple(Condition(read_plain(f"p > 1/{k}", known.scope), "0 < p < 1") for k in range(2, count + 2))
    rewrite = Rewrite("log-quotient", False, (), before, end, conditions)
    step = Step(relation, before, end, (rewrite,), "log-quotient, no-such-rule", "Said so.")
    return Derivation("d", "By hand", known, before, (Part("One", before, (step,)),))


def test_an_inequality_shows_its_sign() -> None:
    assert "p + q ≤ a" in render(by_hand("<=", "a"), "text")


def test_a_rule_that_nobody_knows_is_shown_by_its_name() -> None:
    assert "log of a quotient, no such rule: Said so." in render(by_hand("=", "a"), "text")


def test_statements_follow_by_arrows() -> None:
    text = render(by_hand("=>", "p < a", "p = q"), "text")
    assert re.search(r"^ +p = q$", text, re.MULTILINE) and "⇒ p < a" in text


def test_of_many_conditions_the_number_is_said() -> None:
    assert "needs p > 1/2, p > 1/3, …, p > 1/10 (9 conditions; 0 < p < 1)" in render(by_hand("=", "a", count=9), "text")
    assert "needs p > 1/2, p > 1/3 (0 < p < 1)" in render(by_hand("=", "a", count=2), "text")
