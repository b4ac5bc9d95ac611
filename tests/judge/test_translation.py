"""Every head of the language has its normal form, or is said to be outside."""

from __future__ import annotations

from typing import Any

import pytest

from judge.test_statements import ROWS
from judge.tools import algebra, decide, polynomial
from symkl.judge.budget import OutsideFragment
from symkl.judge.translation import Translation


@pytest.mark.parametrize(
    ("givens", "left", "right"),
    [
        (("P on {1..n}",), "prod(i in 1..n, exp(p[i]))", "exp(1)"),
        (("P on {1..3}",), "prod(i in 1..3, p[i])", "p[1]*p[2]*p[3]"),
        (("X, Y ~ p(x,y)",), "E[x, y ~ p(x,y)](log(p(x)))", "-H(X)"),
        (("0 < p < 1",), "abs(p - 1)", "1 - p"),
        (("x real", "y real"), "abs(x - y)", "abs(y - x)"),
        (("X, Y ~ p(x,y)",), "size(X)*size(Y)", "sum(x, sum(y, 1))"),
        (("P on {1..3}",), "sum(i in 1..3, i*p[i])", "p[1] + 2*p[2] + 3*p[3]"),
        (("f function", "p, q masses of x"), "E[x ~ p](f(x))", "sum(x, f(x)*p(x))"),
        (("a > 0",), "log(e^a)", "a"),
        (("a > 0",), "log10(a)", "ln(a)/ln(10)"),
    ],
)
def test_normal_forms_agree(givens: tuple[str, ...], left: str, right: str) -> None:
    of = algebra(*givens)
    assert polynomial(of, left) == polynomial(of, right)


class Sealed(dict[Any, Any]):
    """A polynomial that nobody may change in place."""

    def __setitem__(self, key: object, value: object) -> None:
        raise TypeError("a polynomial that others share was changed")

    pop = __delitem__ = __setitem__


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_nobody_changes_a_translation_in_place(row: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    translate = Translation.polynomial
    monkeypatch.setattr(Translation, "polynomial", lambda *arguments: Sealed(translate(*arguments)))
    assert decide(row["statement"], *row["given"]).verdict == ("proved" if row["truth"] else "refuted")


def test_outside() -> None:
    with pytest.raises(OutsideFragment):
        polynomial(algebra("x real", "y real"), "sqrt(x^2 + y)")
    assert decide("1 + argmin[q](q^2) = 1", "q real").verdict == "unknown"
