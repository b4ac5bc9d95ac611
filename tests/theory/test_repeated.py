"""Measures that name a random variable twice: what they are, and that the judge holds them for it."""

from __future__ import annotations

import pytest

from symkl.errors import UndefinedTerm
from symkl.judge.prove import judge
from symkl.language.plain_reader import read_plain
from symkl.language.term import Measure
from symkl.theory.repeated import without_repeats
from symkl.theory.setting import setting

KNOWN = setting(["X, Y, Z ~ p(x,y,z)"])

SAME = {
    "H(X, X)": "H(X)",
    "H(X | X)": "0",
    "H(X, Y | X)": "H(Y | X)",
    "H(X | Y, Y)": "H(X | Y)",
    "I(X; X)": "H(X)",
    "I(X; Y | X)": "0",
    "I(X; X | Y)": "H(X | Y)",
    "I(X; X, Y)": "H(X)",
    "I(X, Y; X, Z)": "H(X) + I(Y; Z | X)",
}


@pytest.mark.parametrize("text", SAME)
def test_each_variable_is_named_once(text: str) -> None:
    measure = read_plain(text, KNOWN.scope)
    assert isinstance(measure, Measure)
    assert without_repeats(measure) == read_plain(SAME[text], KNOWN.scope)
    assert judge(read_plain(f"{text} = {SAME[text]}", KNOWN.scope), KNOWN).verdict == "proved"


@pytest.mark.parametrize("text", ["H(X, Y)", "I(X; Y | Z)", "H(X | Y)"])
def test_what_repeats_nothing_stays(text: str) -> None:
    measure = read_plain(text, KNOWN.scope)
    assert isinstance(measure, Measure)
    assert without_repeats(measure) is None


@pytest.mark.parametrize("text", ["I(X; X) = I(X; Y)", "H(X, X) = 2*H(X)", "H(X | X) = H(X)"])
def test_what_differs_is_refuted(text: str) -> None:
    assert judge(read_plain(text, KNOWN.scope), KNOWN).verdict == "refuted"


def test_of_densities_it_is_not_finite() -> None:
    dense = setting(["X, Y ~ f(x,y) density"])
    with pytest.raises(UndefinedTerm, match="not finite"):
        judge(read_plain("h(X, X) = h(X)", dense.scope), dense)
