"""Exact equality at a model."""

from __future__ import annotations

import pytest

from judge.tools import algebra
from symkl.judge.budget import Budget
from symkl.judge.drawing import Shape
from symkl.judge.ground import equal_at
from symkl.judge.sampling import Plan, Sampler
from symkl.language.plain_reader import read_plain


@pytest.mark.parametrize(
    ("shape", "left", "right", "equal"),
    [
        (Shape.EQUAL, "KL(P || Q)", "0", True),
        (Shape.GENERIC, "KL(P || Q)", "0", False),
        (Shape.UNIFORM, "H(P)", "log(n)", True),
        (Shape.NEAR_UNIFORM, "H(P)", "log(n)", False),
        (Shape.GENERIC, "KL(P || Q) + H(P)", "H(P, Q)", True),
    ],
)
def test_equal_at(shape: Shape, left: str, right: str, equal: bool) -> None:
    of = algebra("P, Q on {1..n}")
    sides = [read_plain(text, of.setting.scope) for text in (left, right)]
    model = Sampler(of.coordinates, of.domain, sides, Budget()).draw(Plan(shape, 4, (2, 2, 2, 2), 3))
    assert model is not None
    assert equal_at(model, sides[0], sides[1], Budget()) is equal
