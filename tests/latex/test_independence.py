"""Independence and Markov chains as informations that are zero."""

from __future__ import annotations

import pytest

from symkl.errors import ReadError
from symkl.theory.reading import read_formula

READ = [
    (r"X \perp Y", "I(X; Y) = 0"),
    (r"X \perp\!\!\!\perp Y \mid Z", "I(X; Y | Z) = 0"),
    (r"X \perp (Y, Z)", "I(X; Y, Z) = 0"),
    (r"X_1 \indep \hat{X}_2 | W", "I(X_1; X_HAT_2 | W) = 0"),
    (r"X \to Y \to Z", "I(X; Z | Y) = 0"),
    (r"X \to Y \to Z \implies I(X;Z) \le I(X;Y)", "I(X; Z | Y) = 0 => I(X; Z) <= I(X; Y)"),
    (r"I(X;Y) = 0 \iff X \perp Y", "I(X; Y) = 0 <=> I(X; Y) = 0"),
]


@pytest.mark.parametrize(("latex", "plain"), READ)
def test_it_is_read_as(latex: str, plain: str) -> None:
    found, known = read_formula(latex)
    assert known.write(found.term) == plain
    assert any("mutual informations" in note for note in found.notes)


@pytest.mark.parametrize("latex", [r"a \perp b", r"X \to Y \to Z \to W", r"X \to Y", r"f(X) \to Y \to Z", r"\log p(x) \to 0"])
def test_nothing_else_is_taken_for_one(latex: str) -> None:
    with pytest.raises(ReadError):
        read_formula(latex)
