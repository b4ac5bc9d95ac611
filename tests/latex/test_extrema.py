"""Extrema over symbols, indices and laws, with conditions, and the least of several numbers."""

from __future__ import annotations

import pytest

from symkl.errors import ReadError
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula

READ = [
    (r"C = \max_{p(x)} I(X;Y)", "C = max[p(x)](I(X; Y))"),
    (r"C = \sup_{p_X(x)} I(X;Y)", "C = max[p(x)](I(X; Y))"),
    (r"C = \max_{P_X} I(X;Y)", "C = max[P(x)](I(X; Y))"),
    (r"\min_{p(t|x)} I(X;T) - \beta I(T;Y)", "min[p(t|x)](I(X; T) - beta*I(T; Y))"),
    (r"\max_{p(x)} [I(X;Y)] - c", "max[p(x)](I(X; Y)) - c"),
    (
        r"R(D) = \min_{p(\hat{x}|x): \mathbb{E}[d(x,\hat{x})] \le D} I(X; \hat{X})",
        "R(D) = min[p(x_hat|x) : E[x, x_hat ~ p(x,x_hat)](d(x, x_hat)) <= D](I(X; X_HAT))",
    ),
    (r"\min_{q \in \mathcal{Q}} D(q\|p)", "min[q in Q](KL(q || p))"),
    (r"I(X;Y) \le \min(H(X), H(Y))", "I(X; Y) <= min(H(X), H(Y))"),
    (r"\max\{a, b\}^2", "max(a, b)^2"),
    (r"\max_{\theta,\phi} f(\theta) + g(\phi)", "max[theta](max[phi](f(theta) + g(phi)))"),
    (r"\underset{D}{\max}\ V(G, D) = 1", "max[D](V(G, D)) = 1"),
    (r"\theta^* = \underset{\theta}{\operatorname{argmin}} KL(p\|q_\theta)", "theta_star = argmin[theta](KL(p || q_theta))"),
    (r"\theta^* = \argmin{\theta} f(\theta)", "theta_star = argmin[theta](f(theta))"),
    (r"-\log \max_x p(x)", "-log(max[x](p(x)))"),
]


@pytest.mark.parametrize(("latex", "plain"), READ)
def test_it_is_read_as(latex: str, plain: str) -> None:
    found, known = read_formula(latex)
    assert found.term == read_plain(plain, known.scope), known.write(found.term)


def test_an_extremum_over_an_index_binds_it() -> None:
    found, known = read_formula(r"-\log \max_i p_i + \min_j \theta_j")
    assert known.write(found.term) == "-log(max[i](p[i])) + min[j](theta[j])"


REFUSED = [
    (r"\min_{\theta > 1} \theta^2 = 0", "under a condition is read over laws only"),
    (r"\arg\min_{\theta,\phi} f(\theta) + g(\phi)", "over one symbol, or over laws"),
    (r"\max f(\theta)", "does not say over what"),
    (r"\max_{p(x) : x} I(X;Y)", "condition of an extremum is a relation"),
    (r"\max_{p(x) > 0} I(X;Y)", "stands behind a colon"),
]


@pytest.mark.parametrize(("latex", "reason"), REFUSED)
def test_what_would_be_another_extremum_is_refused(latex: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_formula(latex)


def test_how_far_it_reaches_is_a_choice_with_its_rival() -> None:
    found, known = read_formula(r"\min_{p(t|x)} I(X;T) - \beta I(T;Y)")
    assert read_plain("min[p(t|x)](I(X; T)) - beta*I(T; Y)", known.scope) in found.rivals
