"""Values at a model: exact while rational, rigorous afterwards, derivatives by dual numbers."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import fmpq

from judge.tools import algebra
from symkl.judge.balls import Balls, NoValue
from symkl.judge.budget import Budget
from symkl.judge.dual import Dual, constant_part
from symkl.judge.model import Model
from symkl.language.plain_reader import read_plain


def balls(numbers: dict[str, Fraction], *givens: str) -> tuple[Balls, Model]:
    of = algebra(*givens)
    model = Model(of.setting, {}, {name: fmpq(value.numerator, value.denominator) for name, value in numbers.items()})
    return Balls(model, Budget()), model


def value(text: str, numbers: dict[str, Fraction], *givens: str) -> object:
    at, model = balls(numbers, *givens)
    return at.value(read_plain(text, model.setting.scope))


HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def test_rationals_stay_exact() -> None:
    assert value("a/b + 2^3 - a^(-1)", {"a": HALF, "b": THIRD}, "a > 0", "b > 0") == fmpq(15, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H(P, Q)", lambda p, q: -p * mpmath.log(q) - (1 - p) * mpmath.log(1 - q)),
        ("diff(H(P, Q), q)", lambda p, q: -p / q + (1 - p) / (1 - q)),
        ("diff(diff(H(P, Q), q), q)", lambda p, q: p / q**2 + (1 - p) / (1 - q) ** 2),
        ("diff(diff(p*q^3, q), p)", lambda p, q: 3 * q**2),
        ("exp(p)*sqrt(q)", lambda p, q: mpmath.exp(p) * mpmath.sqrt(q)),
    ],
)
def test_values(text: str, expected: object) -> None:
    p, q = mpmath.mpf(1) / 3, mpmath.mpf(1) / 2
    found = value(text, {"p": THIRD, "q": HALF}, "P ~ Bernoulli(p)", "Q ~ Bernoulli(q)")
    assert abs(float(found) - float(expected(p, q))) < 1e-12  # type: ignore[arg-type,operator]


@pytest.mark.parametrize("text", ["log(a - b)", "1/(a - a)", "log(a - a)", "(a - a)^(-1)", "sqrt(a - b)"])
def test_what_has_no_value_is_found_exactly(text: str) -> None:
    with pytest.raises(NoValue):
        value(text, {"a": THIRD, "b": HALF}, "a > 0", "b > 0")


def test_nested_duals_do_not_mix() -> None:
    outer = Dual(fmpq(3), fmpq(1), 1)
    inner = Dual(fmpq(2), fmpq(1), 2)
    product = outer * inner
    assert product.level == 2
    assert constant_part(product) == 6
    assert constant_part(product.tangent) == 3
