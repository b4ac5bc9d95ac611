"""Extrema over the parameter of a family that no row writes out."""

from __future__ import annotations

import pytest

from symkl.homework.check import check_document
from symkl.language.documents import parse
from tests.homework.tools import verdicts

FORWARD = r"\hat\theta &= \arg\min_\theta D_{KL}(p \| q_\theta)"
REVERSE = r"\hat\theta &= \arg\min_\theta D_{KL}(q_\theta \| p)"
POSTERIOR = r"\hat\theta &= \arg\max_\theta p(\theta|x)"

RIGHT = [
    (FORWARD, r"&= \arg\min_\theta \mathbb{E}_{x \sim p}\left[\log\frac{p(x)}{q_\theta(x)}\right]"),
    (FORWARD, r"&= \arg\max_\theta \mathbb{E}_{x \sim p}[\log q_\theta(x)]"),
    (REVERSE, r"&= \arg\max_\theta \left( \mathbb{E}_{x \sim q_\theta}[\log p(x)] + H(q_\theta) \right)"),
    (POSTERIOR, r"&= \arg\max_\theta p(x|\theta) p(\theta)"),
]

WRONG = [
    (FORWARD, r"&= \arg\min_\theta \mathbb{E}_{x \sim p}[\log q_\theta(x)]"),
    (FORWARD, r"&= \arg\max_\theta \mathbb{E}_{x \sim q_\theta}[\log p(x)]"),
    (REVERSE, r"&= \arg\max_\theta \left( \mathbb{E}_{x \sim q_\theta}[\log p(x)] - H(q_\theta) \right)"),
    (REVERSE, r"&= \arg\max_\theta \mathbb{E}_{x \sim q_\theta}[\log p(x)]"),
]

UNDECIDED = [
    (POSTERIOR, r"&= \arg\max_\theta p(x|\theta)"),
    (FORWARD, r"&= \arg\max_\theta \frac1n \sum_{i=1}^n \log q_\theta(x_i)"),
]


@pytest.mark.parametrize("rows", RIGHT)
def test_the_same_places(rows: tuple[str, str]) -> None:
    assert verdicts(*rows) == ["given", "correct"]


@pytest.mark.parametrize("rows", WRONG)
def test_other_places_for_some_family_of_two_laws(rows: tuple[str, str]) -> None:
    assert verdicts(*rows) == ["given", "wrong"]


@pytest.mark.parametrize("rows", UNDECIDED)
def test_what_rests_on_a_prior_or_on_a_sample_is_not_refuted(rows: tuple[str, str]) -> None:
    assert verdicts(*rows)[-1] == "unknown"


def test_a_name_of_a_loss_is_not_taken_as_one_that_stands_still() -> None:
    rows = (
        r"\arg\min_\theta L &= \arg\min_\theta D_{KL}(p\|q_\theta)",
        r"&= \arg\min_\theta \mathbb{E}_{x \sim p}[\log q_\theta(x)]",
    )
    assert verdicts(*rows)[-1] == "wrong"


def test_a_function_that_stands_still_is_at_no_place_of_another() -> None:
    rows = (r"\arg\min_\theta L &= \arg\min_\theta D_{KL}(q_\theta\|p)", r"&= \arg\min_\theta E_{x \sim q_\theta}[\log 1]")
    assert verdicts(*rows)[-1] != "correct"


LAWS = [
    (r"\arg\min_{q(z)} KL(q(z)\|p(z|x)) = \arg\max_{q(z)} \sum_z q(z) \log\frac{p(x,z)}{q(z)}", "correct"),
    (r"\arg\min_{q(z)} KL(q(z)\|p(z|x)) = \arg\min_{q(z)} \sum_z q(z) \log\frac{p(x,z)}{q(z)}", "unknown"),
    (r"\arg\max_{p(x)} I(X;Y) = \arg\max_{p(x)} [I(X;Y) + H(X)]", "unknown"),
    (r"\arg\max_{p(x)} I(X;Y) = \arg\max_{p(y|x)} I(X;Y)", "unknown"),
]


@pytest.mark.parametrize(("latex", "verdict"), LAWS)
def test_places_among_laws(latex: str, verdict: str) -> None:
    ((line,),) = check_document(parse(f"$$\n{latex}\n$$", "markdown")).chains
    assert line.verdict == verdict
