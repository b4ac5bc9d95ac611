"""Inequalities: proved with a certificate that is printed, refuted near the degenerate points, never guessed."""

from __future__ import annotations

import pytest

from judge.tools import COIN, LAWS, PAIR, TRIPLE, decide

FOUR = ("W, X, Y, Z ~ p(w,x,y,z)",)


def test_the_certificate_is_the_sum_it_is() -> None:
    verdict = decide("2*H(X, Y, Z) <= H(X, Y) + H(Y, Z) + H(X, Z)", *TRIPLE)
    assert verdict.verdict == "proved"
    assert verdict.certificate is not None
    for part in ("I(X; Y | Z)", "I(X; Z | Y)", "I(Y; Z)"):
        assert part in verdict.certificate


def test_gibbs_names_what_it_reduces_to() -> None:
    verdict = decide("KL(P || Q) >= 0", *LAWS)
    assert verdict.certificate is not None
    assert "log x <= x - 1 at x = q[i]/p[i]" in verdict.certificate


@pytest.mark.parametrize(
    ("statement", "givens"),
    [
        ("H(W, X) + H(W, Y) >= H(W, X, Y) + H(W)", FOUR),
        ("I(W; X, Y) <= I(W; X, Y, Z)", FOUR),
        ("H(P) <= log(2)", COIN),
        ("JS(P || Q) <= log(2)", COIN),
        ("KL(P || Q) <= sum(i in 1..n, (p[i] - q[i])^2/q[i])", LAWS),
        ("I(X; Y) <= H(Y)", PAIR),
        ("H(X) <= log(size(X))", PAIR),
    ],
)
def test_proved(statement: str, givens: tuple[str, ...]) -> None:
    assert decide(statement, *givens).verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "givens"),
    [
        ("H(W, X) + H(Y, Z) <= H(W, X, Y, Z)", FOUR),
        ("I(X; Y) >= H(X)", PAIR),
        ("H(X) <= 9/10*log(size(X))", PAIR),
        ("KL(P || Q) <= 5", LAWS),
        ("I(X; Y | Z) <= I(X; Y)", TRIPLE),
        ("I(X; Y) <= I(X; Y | Z)", TRIPLE),
        ("H(P) < log(n)", LAWS),
        ("h(X) >= 0", ("X, Y ~ p(x,y) density",)),
    ],
)
def test_refuted(statement: str, givens: tuple[str, ...]) -> None:
    assert decide(statement, *givens).verdict == "refuted"


def test_a_true_inequality_that_no_certificate_shows_is_unknown() -> None:
    # Zhang and Yeung's inequality holds of all entropies and follows from no Shannon inequalities.
    zhang_yeung = "2*I(Y; Z) <= I(W; X) + I(W; Y, Z) + 3*I(Y; Z | W) + I(Y; Z | X)"
    assert decide(zhang_yeung, *FOUR).verdict == "unknown"


@pytest.mark.parametrize(
    ("statement", "givens"),
    [
        ("H(1/2*P + 1/2*Q) >= 1/2*H(P) + 1/2*H(Q)", ("P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")),
        ("h((a+e)/2) >= (h(a)+h(e))/2", ("0 < a < 1", "0 < e < 1")),
        ("h(p[1]) <= H(P)", ("P on {1..4}",)),
        ("h(p[1]+p[2]) <= H(P)", ("P on {1..4}",)),
        ("p[1]^2 + p[2]^2 + p[3]^2 + p[4]^2 >= 1/4", ("P on {1..4}",)),
        ("H((1-t)*P + t*U) >= (1-t)*H(P) + t*log(n)", ("P, Q on {1..n}", "U uniform on {1..n}", "0 < t < 1")),
        ("KL((1-t)*P + t*U || U) <= (1-t)*KL(P || U)", ("P, Q on {1..n}", "U uniform on {1..n}", "0 < t < 1")),
        ("H((1-t)*P + t*Q) <= (1-t)*H(P) + t*H(Q) + h(t)", ("P, Q on {1..n}", "U uniform on {1..n}", "0 < t < 1")),
        ("JS[t](P||Q) <= h(t)", ("P, Q on {1..n}", "U uniform on {1..n}", "0 < t < 1")),
    ],
)
def test_what_takes_a_long_list(statement: str, givens: tuple[str, ...]) -> None:
    assert decide(statement, *givens).verdict == "proved"
