"""Rows up to a constant, and proportions."""

from __future__ import annotations

import pytest

from tests.homework.tools import checked, last, verdicts

LOGGED = r"\log p(\theta|x) = \log p(x|\theta) + \log p(\theta) - \log p(x)"
BAYES = r"p(\theta|x) = \frac{p(x|\theta)p(\theta)}{p(x)}"
DIVERGENCE = r"H(p,q) = -\sum_x p(x)\log q(x)"

RIGHT = [
    (LOGGED, r"= \log p(x|\theta) + \log p(\theta) + \text{const}"),
    (DIVERGENCE, r"= D_{KL}(p\|q) + \text{const}"),
    (BAYES, r"\propto p(x|\theta)p(\theta)"),
    (BAYES, r"\propto p(x,\theta)"),
]


@pytest.mark.parametrize("rows", RIGHT)
def test_up_to_a_constant(rows: tuple[str, str]) -> None:
    assert verdicts(*rows) == ["correct", "correct"]


WRONG = [
    (LOGGED, r"= \log p(x|\theta) - \log p(\theta) + \text{const}"),
    (LOGGED, r"= \log p(\theta) + \text{const}"),
    (DIVERGENCE, r"= -D_{KL}(p\|q) + \text{const}"),
    (DIVERGENCE, r"= D_{KL}(q\|p) + \text{const}"),
    (BAYES, r"\propto p(x|\theta) + p(\theta)"),
    (BAYES, r"\propto \frac{p(x|\theta)}{p(\theta)}"),
]


@pytest.mark.parametrize("rows", WRONG)
def test_what_changes_with_every_name_is_no_constant(rows: tuple[str, str]) -> None:
    found = last(*rows)
    assert found.verdict == "wrong"
    assert "no constant" in found.reason


@pytest.mark.parametrize("rows", [(LOGGED, r"= \log p(x|\theta) + \text{const}"), (BAYES, r"\propto p(x|\theta)")])
def test_a_prior_left_out_may_be_uniform(rows: tuple[str, str]) -> None:
    found = last(*rows)
    assert found.verdict == "unknown"
    assert "theta is uniform" in found.reason


@pytest.mark.parametrize(
    "row",
    [
        r"\log q^*(z) = \mathbb{E}[\log p(x,z)] + \text{const}",
        r"p(\theta|n) \propto \theta^n (1-\theta)^m \theta^{a-1} (1-\theta)^{b-1}",
    ],
)
def test_a_first_row_may_say_what_a_law_is_up_to_its_total(row: str) -> None:
    assert verdicts(row) == ["given"]


@pytest.mark.parametrize("row", [r"p(\theta|x) \propto p(x|\theta) p(\theta)", r"a \theta^2 \propto \theta^2"])
def test_a_proportion_may_open_a_display(row: str) -> None:
    line = checked(row).lines[0]
    assert line.formula is not None
    assert r"\propto" in line.formula.latex
