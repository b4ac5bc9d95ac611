"""Signs that are shown, and signs that must not be."""

from __future__ import annotations

import pytest

from judge.tools import algebra, polynomial


@pytest.mark.parametrize(
    ("givens", "text", "sign"),
    [
        (("0 < p < 1",), "1 - p", 1),
        (("0 < p < 1",), "p - 1", -1),
        (("0 < p < 1", "0 < q < 1"), "1 - p*q", 1),
        (("0 < p < 1", "0 < q < 1"), "p - q", 0),
        (("0 < p < 1", "0 < q < 1"), "(p - q)^2", 0),
        (("0 < p < 1",), "p^2 - p + 1", 1),
        (("0 < p < 1",), "p^2 - p + 1/4", 0),
        (("P on {1..4}",), "1 - p[1] - p[2]", 1),
        (("P on {1..4}",), "1 - p[1] - 2*p[2]", 0),
        (("P on {1..4}",), "1 - p[1]^2 - p[2]^2", 1),
        (("u positive on {1..n}", "u[i] < 1"), "1 - u[k]", 1),
        (("u positive on {1..n}",), "1 - u[k]", 0),
        (("P on {1..n}",), "1 - p[1] - p[2]", 0),
        (("P on {1..n}", "n >= 3"), "1 - p[1] - p[2]", 1),
        (("P on {a, b, c}",), "1 - p[a] - p[b]", 1),
        (("P on {1..n}",), "n - 1", 1),
        (("P on {1..n}",), "n - 2", 0),
        (("P on {1..n}",), "log(n)", 1),
        (("P on {1..n}",), "log(p[i])", -1),
        (("a > b", "b > 1"), "a - 1", 1),
        (("a > b", "b > 1"), "a^2 - b^2", 1),
        (("a > b", "b > 1"), "a - 2", 0),
        (("k >= 1", "k integer"), "k - 1", 0),
        (("k >= 1", "k integer"), "k^2 - k", 0),
        (("x real",), "exp(x)", 1),
        (("x real",), "x^2", 0),
        (("X, Y ~ p(x,y)",), "H(X)", 1),
        (("p, q densities of x",), "log(p(x))", 0),
    ],
)
def test_sign(givens: tuple[str, ...], text: str, sign: int) -> None:
    of = algebra(*givens)
    assert of.signs.of(polynomial(of, text)) == sign
