"""Normal forms in plain spelling read back to the same normal form."""

from __future__ import annotations

import pytest

from judge.tools import algebra, polynomial
from symkl.judge.spelling import Spelling


@pytest.mark.parametrize(
    ("givens", "text"),
    [
        (("P, Q on {1..n}",), "KL(P || Q) + 3*n/2 - 1/n"),
        (("P, Q on {1..n}",), "JS(P || Q)"),
        (("X, Y ~ p(x,y)",), "H(X | Y)^2 - 1"),
        (("a > 0", "b > 0"), "log(a + b)/(a*b) - a^(1/2)"),
        (("x real",), "exp(2*x) + exp(-x)"),
    ],
)
def test_spelling_reads_back(givens: tuple[str, ...], text: str) -> None:
    of = algebra(*givens)
    form = polynomial(of, text)
    assert polynomial(of, Spelling(of).polynomial(form)) == form
