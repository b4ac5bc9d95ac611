"""Derivatives of normal forms agree with those of SymPy."""

from __future__ import annotations

import pytest
import sympy

import symkl
from judge.tools import decide


@pytest.mark.parametrize(
    "text",
    ["log(a)*b^2", "a^3/(a + b)", "exp(a*b)/a", "log(a^2 + b)", "sqrt(a*b)", "a^b", "log(log(a + 1) + b)", "1/(a*b + 1)^2"],
)
def test_against_sympy(text: str) -> None:
    a, b = sympy.symbols("a b", positive=True)
    image = sympy.diff(sympy.sympify(text.replace("^", "**"), locals={"a": a, "b": b}), a)
    written = str(image).replace("**", "^")
    assert decide(f"diff({text}, a) = {written}", "a > 0", "b > 0").verdict == "proved"


def test_by_an_entry_of_a_vector() -> None:
    assert decide("diff(sum(i in 1..n, x[i]^2), x[k]) = 2*x[k]", "x positive on {1..n}").verdict == "proved"
    assert decide("diff(sum(i in 1..3, x[i]^2), x[2]) = 2*x[2]", "x positive on {1..3}").verdict == "proved"
    assert decide("diff(x[i], x[k]) = delta(i, k)", "x positive on {1..n}").verdict == "proved"


def test_normalisation_is_not_used_under_a_derivative() -> None:
    assert decide("diff(sum(i in 1..n, x[i]), x[k]) = 1", "x positive on {1..n}").verdict == "proved"


@pytest.mark.parametrize(
    "statement", [r"1 + \frac{\partial}{\partial\theta}\log p_\theta(x) = 1", r"\nabla_\theta E_{x\sim p_\theta}[f(x)] = 0"]
)
def test_a_law_named_after_the_parameter_may_change_with_it(statement: str) -> None:
    verdict = symkl.prove(statement)
    assert verdict.verdict == "unknown"
    assert "how p_theta changes with theta is not written" in verdict.reason
