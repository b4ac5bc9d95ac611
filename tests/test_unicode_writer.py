"""Exact lines of Unicode mathematics."""

from __future__ import annotations

import pytest

from symkl.language.plain_reader import read_plain
from symkl.language.term import Number, Power, Symbol, Term
from symkl.language.unicode_writer import UnicodeWriter, columns, inline_labels
from symkl.theory.setting import Setting, setting

COIN = setting(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)", "a > 0", "k integer", "theta > 0", "loss > 0"])
CATEGORICAL = setting(["P, Q on {1..n}", "z real on {1..n}", "0 < t < 1"])
JOINT = setting(["X, Y, Z ~ p(x,y,z)"])
DENSITY = setting(["p, q densities of x"])

ROWS: list[tuple[Setting, str, str]] = [
    (COIN, "KL(P || Q) = sum(i in {H, T}, P(i)*log(P(i)/Q(i)))", "KL(P‖Q) = Σ_{i∈{H,T}} P(i) log(P(i)/Q(i))"),
    (COIN, "p*log(p)", "p log p"),
    (COIN, "-(1 - p)*log(1 - q)", "−(1−p) log(1−q)"),
    (COIN, "p*(log(p) - log(q))", "p[log p − log q]"),
    (COIN, "log(p)*q", "(log p) q"),
    (COIN, "2*p", "2p"),
    (COIN, "p*2", "p·2"),
    (COIN, "2*log(p)", "2 log p"),
    (COIN, "loss*(1 - q)", "loss·(1−q)"),
    (COIN, "theta*(1 - theta)", "θ(1−θ)"),
    (COIN, "(q - p)/(q*(1 - q))", "(q−p)/(q(1−q))"),
    (COIN, "-p/q + (1 - p)/(1 - q)", "−p/q + (1−p)/(1−q)"),
    (COIN, "p/q*a", "(p/q) a"),
    (COIN, "p/(q/a)", "p/(q/a)"),
    (COIN, "p/log(2)", "p/(log 2)"),
    (COIN, "p^2 + p^k + p^(k + 1) + p^10", "p² + p^k + p^(k+1) + p¹⁰"),
    (COIN, "log(p^2)", "log(p²)"),
    (COIN, "sqrt(p)", "√p"),
    (COIN, "log2(p)", "log₂ p"),
    (COIN, "ln(p)", "ln p"),
    (COIN, "diff(diff(H(P, Q), q), q) > 0", "∂²/∂q² H(P, Q) > 0"),
    (COIN, "argmin[q](H(P, Q)) = p", "argmin_q H(P, Q) = p"),
    (COIN, "abs(p - q) <= a", "|p−q| ≤ a"),
    (COIN, 'label(p*log(p), "Term 2") + label(q, H(P))', "p log p⟨Term 2⟩ + q⟨H(P)⟩"),
    (CATEGORICAL, "sum(i in 1..n, p[i]*log(p[i]/q[i]))", "Σ_{i=1..n} pᵢ log(pᵢ/qᵢ)"),
    (CATEGORICAL, "log(sum(j in 1..n, exp(z[j])))", "log Σ_{j=1..n} exp(zⱼ)"),
    (CATEGORICAL, "sum(i in 1..n, p[i]) + q[i]", "(Σ_{i=1..n} pᵢ) + qᵢ"),
    (CATEGORICAL, "p[1]*log(p[1]) + p[10] + p[n + 1]", "p₁ log p₁ + p₁₀ + pₙ₊₁"),
    (CATEGORICAL, "JS[t](P || Q)", "JSₜ(P‖Q)"),
    (CATEGORICAL, "E[i ~ P](log(p[i]))", "E_{i∼P}[log pᵢ]"),
    (CATEGORICAL, "KL(P || (P + Q)/2)", "KL(P‖(P+Q)/2)"),
    (JOINT, "I(X; Y | Z)", "I(X; Y | Z)"),
    (JOINT, "sum(x, y, p(x,y)*log(p(y|x)))", "Σ_{x,y} p(x,y) log p(y|x)"),
    (JOINT, "sum(x' in X, p(x'))", "Σ_{x′∈X} p(x′)"),
    (DENSITY, "-int(x, p(x)*log(p(x)))", "−∫ p(x) log p(x) dx"),
]


@pytest.mark.parametrize(("known", "plain", "line"), ROWS, ids=[row[1] for row in ROWS])
def test_one_line(known: Setting, plain: str, line: str) -> None:
    assert UnicodeWriter(known.scope.log_base).write(read_plain(plain, known.scope)) == line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q1", "q₁"),
        ("theta_k", "θₖ"),
        ("p_data", "p_{data}"),
        ("p_y", "p_y"),
        ("q'", "q′"),
        ("p_star", "p*"),
        ("y_hat", "y\u0302"),
    ],
)
def test_names(name: str, text: str) -> None:
    assert UnicodeWriter().write(Symbol(name)) == text


def test_widths_are_columns() -> None:
    for known, plain, line in ROWS:
        assert UnicodeWriter(known.scope.log_base).spell(read_plain(plain, known.scope)).width == len(line)
    assert columns("y\u0302 + 1") == 5
    assert UnicodeWriter().spell(Power(Symbol("y_hat"), Number(2))).width == 2


def test_marks_become_labels_in_a_line() -> None:
    term = read_plain('label(p + label(q, "inner"), "outer")', COIN.scope)
    marked = UnicodeWriter(marks=True).write(term)
    assert inline_labels(marked) == UnicodeWriter().write(term) == "p + q⟨inner⟩⟨outer⟩"


def test_other_heads_are_refused() -> None:
    class Strange(Term):
        __slots__ = ()

    with pytest.raises(TypeError, match="no Unicode spelling for Strange"):
        UnicodeWriter().write(Strange())
