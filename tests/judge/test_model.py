"""Models: marginals, widths, witnesses."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from symkl.judge.model import Model, NoModel, positions
from symkl.language.term import Alphabet
from symkl.theory.setting import setting


def model() -> Model:
    known = setting(["X, Y ~ p(x,y)"])
    table = {(1, 1): fmpq(1, 2), (1, 2): fmpq(1, 4), (2, 1): fmpq(1, 8), (2, 2): fmpq(1, 8)}
    return Model(known, {}, sizes={"X": 2, "Y": 2}, tables={"p": table})


def test_marginals_add_up() -> None:
    assert model().mass("p", {"X": 1}) == fmpq(3, 4)
    assert model().mass("p", {"Y": 2}) == fmpq(3, 8)
    assert model().mass("p", {"X": 2, "Y": 1}) == fmpq(1, 8)


def test_positions_and_witness() -> None:
    at = model()
    assert len(positions(at, at.declared("p"))) == 4
    witness = at.witness()
    assert witness["p(1,2)"] == Fraction(1, 4)
    assert witness["size(X)"] == 2


def test_densities_weigh_their_cells() -> None:
    known = setting(["X, Y ~ p(x,y) density"])
    widths = {Alphabet("X"): (fmpq(1), fmpq(2)), Alphabet("Y"): (fmpq(1, 2), fmpq(1))}
    table = dict.fromkeys([(1, 1), (1, 2), (2, 1), (2, 2)], fmpq(2, 9))
    at = Model(known, {}, widths=widths, tables={"p": table})
    assert at.mass("p", {"X": 1}) == fmpq(1, 3)


def test_what_is_not_there() -> None:
    for ask in (lambda: model().number("n"), lambda: model().free_value("x"), lambda: model().elements(Alphabet("Z"))):
        with pytest.raises(NoModel):
            ask()
