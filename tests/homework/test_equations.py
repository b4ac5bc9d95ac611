"""Equations that are conditions: solved for a name, rearranged, joined by arrows."""

import pytest

from tests.homework.tools import last, verdicts

SOLVED = [
    (r"2x &= 4", r"x &= 2"),
    (r"\log\frac{1-p}{p} &= 0", r"\frac{1-p}{p} &= 1", r"p &= \frac12"),
    (r"\log p &= -1", r"p &= e^{-1}"),
    (r"1-p &= p", r"p &= \frac12"),
]


@pytest.mark.parametrize("rows", SOLVED)
def test_a_condition_is_given_and_its_solution_right(rows):
    assert verdicts(*rows) == ["given", *["correct"] * (len(rows) - 1)]


@pytest.mark.parametrize("rows", [(r"2x &= 4", r"x &= 5"), (r"\log p &= -1", r"p &= e^{-2}")])
def test_what_does_not_solve_it_is_wrong(rows):
    line = last(*rows)
    assert line.verdict == "wrong"
    assert "does not follow" in line.reason


def test_arrows_inside_a_row_join_a_condition_and_what_follows():
    assert verdicts(r"\frac{1}{p} - \lambda = 0 \Rightarrow p = \frac1\lambda") == ["correct"]
    assert verdicts(r"\log p = -1 \implies p = e^{-2}") == ["wrong"]
    assert verdicts(r"I(X;Y) = 0 \iff p(x,y) = p(x)p(y)") == ["unknown"]
    assert verdicts(r"H(X) = H(X|Y) + I(X;Y) \implies I(X;Y) = H(X) - H(X|Y)") == ["correct"]


def test_sigma_before_a_bracket_is_the_logistic_function():
    assert verdicts(r"\sigma(-z) = \frac1{1+e^z} = 1-\sigma(z)") == ["correct"]
