"""The arguments of a measure in groups, and a measure made of groups."""

from __future__ import annotations

import pytest

from symkl import derive, prove
from symkl.language.grouping import groups, measure_of_variables, variable_groups
from symkl.language.plain_reader import read_plain
from symkl.language.term import Measure
from symkl.theory.setting import setting

KNOWN = setting(["X, Y, Z, W ~ r(x,y,z,w)", "P, Q on {1..n}", "0 < t < 1"])

OF_VARIABLES = [
    ("H(X)", [["X"]], []),
    ("H(X, Y | Z)", [["X", "Y"]], ["Z"]),
    ("I(X; Y)", [["X"], ["Y"]], []),
    ("I(X, Y; Z | W)", [["X", "Y"], ["Z"]], ["W"]),
    ("I(X; Y | Z, W)", [["X"], ["Y"]], ["Z", "W"]),
]


def measure(text: str) -> Measure:
    found = read_plain(text, KNOWN.scope)
    assert isinstance(found, Measure)
    return found


@pytest.mark.parametrize(("text", "measured", "given"), OF_VARIABLES, ids=[text for text, _, _ in OF_VARIABLES])
def test_variables_are_grouped_and_put_together_again(text: str, measured: list[list[str]], given: list[str]) -> None:
    found = variable_groups(measure(text))
    assert found == (tuple(map(tuple, measured)), tuple(given))
    assert measure_of_variables(measure(text).name, *found) == measure(text)


def test_an_information_may_be_written_with_a_comma() -> None:
    for comma, semicolon in (("I(X, Y)", "I(X; Y)"), ("I(X, Y | Z, W)", "I(X; Y | Z, W)")):
        assert groups(measure(comma)) == groups(measure(semicolon))
        assert prove(f"{comma} = {semicolon}", given=["X, Y, Z, W ~ p(x,y,z,w)"]).verdict == "proved"
    assert derive("I(X, Y | Z, W) >= 0", given=["X, Y, Z, W ~ p(x,y,z,w)"]).steps


@pytest.mark.parametrize("text", ["H(P, Q)", "KL(P || Q)", "JS[t](P || Q)", "H(t)"])
def test_laws_and_numbers_stand_one_by_one(text: str) -> None:
    found = groups(measure(text))
    assert [group[0] for group in found.measured] == list(measure(text).args)
    assert found.between == measure(text).separators
    assert variable_groups(measure(text)) is None


def test_events_are_grouped_as_the_variables_they_are_of() -> None:
    found = groups(measure("H(X, Y | Z = 1, W)"))
    assert [len(group) for group in found.measured] == [2]
    assert len(found.given) == 2
    assert variable_groups(measure("H(X | Z = 1)")) is None
