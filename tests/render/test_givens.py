"""Givens and words in mathematics."""

from __future__ import annotations

import pytest

from symkl.render.givens import given_in_latex
from symkl.render.prose import spans
from symkl.theory.setting import setting


@pytest.mark.parametrize(
    ("texts", "latex"),
    [
        (["P ~ Bernoulli(p)"], r"P \sim \mathrm{Bernoulli}(p)"),
        (["P ~ Bernoulli(1/3) on {A, B}"], r"P \sim \mathrm{Bernoulli}(\frac{1}{3}) \text{ on } \{A,B\}"),
        (["P, Q on {1..n}"], r"P, Q \text{ on } \{1,\ldots,n\}"),
        (["U uniform on {1..4}"], r"U \text{ uniform on } \{1,\ldots,4\}"),
        (["p, q positive on {1..n}"], r"p, q \text{ positive on } \{1,\ldots,n\}"),
        (["X, Y ~ p(x,y)"], r"X, Y \sim p(x,y)"),
        (["X ~ f(x) density"], r"X \sim f(x)\text{ (a density)}"),
        (["p, q masses of x"], r"p(x), q(x) \text{ masses}"),
        (["X, Y, Z ~ p(x,y,z)", "X indep Y | Z"], r"X \perp Y \mid Z"),
        (["X, Y, Z ~ p(x,y,z)", "X -> Y -> Z"], r"X \to Y \to Z"),
        (["k integer"], r"k \text{ integer}"),
        (["log base 2"], r"\text{log base } 2"),
        (["0 < t < 1"], "0 < t < 1"),
        (
            ["Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))"],
            r"q_i = \frac{\exp(z_i)}{\sum_{j=1}^{n} \exp(z_j)}",
        ),
    ],
)
def test_givens(texts: list[str], latex: str) -> None:
    known = setting(texts)
    assert given_in_latex(known.givens[-1], known) == latex


def test_formulas_in_words() -> None:
    known = setting(["P ~ Bernoulli(p)", "X, Y ~ r(x,y)"])
    found = list(spans("The law `P` of `1 - p`, `X`, and `not a (formula`.", known))
    written = [span if isinstance(span, str) else known.write(span) for span in found]
    assert written == ["The law ", "P", " of ", "1 - p", ", ", "X", ", and `not a (formula`."]
    assert [isinstance(span, str) for span in found] == [True, False, True, False, True, False, True]
