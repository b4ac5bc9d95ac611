"""Givens inferred from notation: each rule on an example, and what a stated given takes away."""

from __future__ import annotations

import pytest

from symkl.errors import ReadError
from symkl.language.latex import read_syntax
from symkl.theory.inference import infer
from symkl.theory.reading import read_formula
from symkl.theory.setting import setting


def suggested(*formulas: str) -> list[str]:
    """The givens that the notation of formulas suggests."""
    return [found.text for found in infer(map(read_syntax, formulas))]


@pytest.mark.parametrize(
    ("formulas", "givens"),
    [
        ([r"H(P) = -p\log p - (1-p)\log(1-p)"], ["P ~ Bernoulli(p)"]),
        ([r"H(p) = -p\log p - (1-p)\log(1-p)"], ["0 < p < 1"]),
        ([r"-y \log \hat y - (1-y) \log(1-\hat y)"], ["0 < y_hat < 1", "0 < y < 1"]),
        ([r"\sum_{i=1}^n p_i \log \frac{p_i}{q_i}"], ["p, q on {1..n}"]),
        ([r"KL(P\|Q) = \sum_{i=1}^{K} p_i \log \frac{p_i}{q_i}"], ["P, Q on {1..K}"]),
        ([r"H(p) = -\sum_i p_i \log p_i"], ["p on {1..n}"]),
        ([r"\sum_{k=1}^K \pi_k \log \pi_k"], ["pi on {1..K}"]),
        ([r"\sum_{k=1}^K p(k) \log p(k)"], ["p on {1..K}"]),
        ([r"\sum_x p(x) \log \frac{p(x)}{q(x)}"], ["p, q masses of x"]),
        ([r"\int p(x) \log \frac{p(x)}{q(x)} dx"], ["p, q densities of x"]),
        ([r"I(X;Y) = H(X) - H(X|Y)"], ["X, Y ~ p(x,y)"]),
        ([r"I(X;Y) = \sum_{x,y} p(x,y) \log \frac{p(x,y)}{p(x)p(y)}"], ["X, Y ~ p(x,y)"]),
        ([r"H(X) = -\sum_{i=1}^n p_i \log p_i"], ["X ~ p on {1..n}"]),
        ([r"\mathbb{E}_{q(z)}[\log p(x|z)]"], ["q masses of z", "p(x,z) masses"]),
        ([r"D_{KL}(p_{data} \| p_g)"], ["p_data, p_g on {1..n}"]),
        ([r"\sum_x P_{X}(x) \log P_X(x)", r"H(X|Y)"], ["X, Y ~ P(x,y)"]),
        ([r"E_{x \sim P}[\log p(x)]"], ["p masses of x"]),
        ([r"\sum_i a_i \log \frac{a_i}{b_i}"], ["a, b positive on {1..n}"]),
        ([r"\log \sigma - \mu"], ["sigma > 0", "mu real"]),
        ([r"\log_b 2"], ["b > 1"]),
        ([r"\mathcal{L}(\theta) = 1"], ["L function", "theta real"]),
        ([r"P(x|\theta)"], ["P(x,theta) masses"]),
        ([r"\sum_{i=1}^n \log p(x_i)"], ["p masses of x", "x_data function", "n integer", "n >= 1"]),
        ([r"\sum_{i=1}^m y^{(i)} \log \hat y^{(i)}"], ["y real on {1..m}", "y_hat positive on {1..m}"]),
        ([r"E_{(x,y) \sim p}[\log q(y|x)]"], ["q(y,x) masses", "p(x,y) masses"]),
        ([r"\frac{1}{1-\alpha} \log c"], ["c > 0", "alpha real"]),
        ([r"H(p_1, \dots, p_n)"], ["p on {1..n}"]),
        ([r"I(x) = -\log p(x)"], ["p masses of x", "I function"]),
    ],
)
def test_what_the_notation_says(formulas: list[str], givens: list[str]) -> None:
    found = suggested(*formulas)
    assert set(found) == set(givens)
    setting([], found)


def test_what_is_given_is_not_inferred() -> None:
    reading, known = read_formula(r"\sum_{i=1}^n p_i \log q_i", ["P, Q on {1..n}"])
    assert known.inferred == frozenset()
    assert known.write(reading.term) == "sum(i in 1..n, p[i]*log(q[i]))"


def test_what_is_inferred_is_marked() -> None:
    _, known = read_formula(r"c + \log s", ["s > 0"])
    assert known.inferred == {"c real"}


@pytest.mark.parametrize("text", [r"r\log\frac{r}{s} = r(\log s - \log r)", r"2r(\log r - \log s)"])
def test_a_letter_before_a_bracket_with_logs_is_a_factor(text):
    assert set(suggested(text)) == {"r > 0", "s > 0"}


def test_an_inferred_given_that_is_none_is_left_out() -> None:
    # Of \Theta^{(t)} below an expectation the letters alone would make T ~ Theta(t), which is no family of laws.
    with pytest.raises(ReadError, match="'Theta_t' is not declared"):
        read_formula(r"\mathbb{E}_{\Theta^{(t)}}[\log p(y)] = 0")
