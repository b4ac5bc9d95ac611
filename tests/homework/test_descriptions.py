"""Words that only describe laws excuse no slip; words that assume something still do."""

import pytest

from symkl import check

COIN = r"""
$$\begin{aligned}
D(P\|Q) &= p\log\frac{p}{q} + (1-p)\log\frac{1-p}{1-q} \\
&= p\log p + p \log q + (1-p)\log\frac{1-p}{1-q}
\end{aligned}$$
"""
MANY = r"""
$$\begin{aligned}
D(P\|Q) &= \sum_{i=1}^n p_i\log\frac{p_i}{q_i} \\
&= \sum_{i=1}^n p_i\log p_i + \sum_{i=1}^n p_i\log q_i
\end{aligned}$$
"""


def last(text: str) -> str:
    return check(text, kind="markdown").files[0].lines[-1].verdict


@pytest.mark.parametrize(
    "words",
    [
        "Let $P=(p,1-p)$ and $Q=(q,1-q)$.",
        "Suppose $P(X=1)=p$ and $P(X=0)=1-p$.",
        "Let $0 < p < 1$.",
        r"Assume $p_i > 0$ for all $i$ and $\sum_i p_i = 1$.",
        r"Let $P=(p_1,\dots,p_n)$ and $Q=(q_1,\dots,q_n)$.",
        r"Let $X \sim \text{Bernoulli}(p)$.",
    ],
)
def test_a_slip_behind_a_description_is_wrong(words: str) -> None:
    assert last(words + COIN) == "wrong"


@pytest.mark.parametrize("words", ["Let $p = (p_1, p_2, p_3)$.", r"Let $q_i > 0$.", r"Assume $\sum_i p_i = 1$."])
def test_a_slip_about_many_masses_is_wrong(words: str) -> None:
    assert last(words + MANY) == "wrong"


def test_a_size_is_assumed() -> None:
    row = r"$$H(P) = -\sum_{i=1}^n p_i \log p_i \leq \log 3$$"
    assert last(f"Let $p = (p_1, p_2, p_3)$.\n\n{row}\n") == "correct"
    assert last(f"Let $p = (p_1, p_2, p_3, p_4)$.\n\n{row}\n") != "correct"


def test_what_is_not_read_still_excuses() -> None:
    assert last("Let $P(x)=p$ if $x=1$ and $1-p$ otherwise." + COIN) == "unknown"
    assert last("Let $P=(p,1-q)$." + COIN) == "unknown"
