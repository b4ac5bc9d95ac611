"""The public face: texts, terms and SymPy equations; assertions for anyone's tests; the command; the renderings."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction

import pytest
import sympy

import symkl
from judge.tools import COIN
from symkl.errors import UsageError


def test_prove_takes_texts_terms_and_sympy() -> None:
    verdict = symkl.prove("KL(P||Q) = H(P,Q) - H(P)", given=COIN)
    assert verdict.verdict == "proved"
    assert symkl.prove(verdict.statement, given=COIN).verdict == "proved"
    a, b = sympy.symbols("a b", positive=True)
    assert (
        symkl.prove(sympy.Eq(sympy.log(a * b, evaluate=False), sympy.log(a) + sympy.log(b)), given=["a > 0; b > 0"]).verdict
        == "proved"
    )
    assert symkl.prove("a = b", given="a > 0; b > 0").witness["a"] > 0


def test_assert_equal() -> None:
    symkl.assert_equal("log(a/b)", "log(a) - log(b)", given=["a > 0", "b > 0"])
    with pytest.raises(AssertionError, match="refuted"):
        symkl.assert_equal("log(a*b)", "log(a)*log(b)", given=["a > 0", "b > 0"])


def test_json_is_what_the_design_says() -> None:
    data = json.loads(symkl.render_verdict(symkl.prove("p = q", given=COIN), "json"))
    assert {"schema", "statement", "givens", "verdict", "reason", "witness", "values", "difference"} <= data.keys()
    assert data["schema"] == 1
    assert all(Fraction(value) for value in data["witness"].values())
    with pytest.raises(UsageError):
        symkl.render_verdict(symkl.prove("p = p", given=COIN), "latex")


def test_text_shows_point_values_and_givens() -> None:
    text = symkl.render_verdict(symkl.prove("H(P) = H(Q)", given=COIN))
    for part in ("refuted: H(P) = H(Q)", "left", "right", "given P ~ Bernoulli(p)"):
        assert part in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("statement", "code", "word"),
    [
        ("log(a*b) = log(a) + log(b)", 0, "proved"),
        ("log(a) = a", 1, "refuted"),
        ("a ~= b", 3, "unknown"),
        ("log(-a) = 1", 2, "not positive"),
    ],
)
def test_the_command(statement: str, code: int, word: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "symkl", "prove", statement, "--given", "a > 0", "--given", "b > 0"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == code
    assert word in run.stdout + run.stderr


def test_a_choice_of_reading_does_not_refute() -> None:
    chain_rule = r"D(p(x,y)\|q(x,y)) = D(p(x)\|q(x)) + D(p(y|x)\|q(y|x))"
    verdict = symkl.prove(chain_rule)
    assert verdict.verdict == "proved"
    assert "the mean over the condition" in verdict.reason
    assert symkl.prove(chain_rule.replace("+", "-")).verdict == "refuted"


def test_the_numbers_of_a_point_are_not_broken_over_rows() -> None:
    text = str(symkl.prove("KL(P || Q) = KL(Q || P)", given="P, Q on {1..9}"))
    point = text[text.index("  at ") : text.index("  left ")]
    rows = [row.strip().removeprefix("at ") for row in point.splitlines()]
    assert len(rows) > 2
    assert max(map(len, point.splitlines())) <= 80
    assert all(part.count(" = ") == 1 for row in rows for part in row.rstrip(",").split(", "))
