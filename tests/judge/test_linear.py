"""Exact linear programming: what it finds adds up, and it finds what is there."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symkl.judge.linear import nonnegative_combination

columns = st.lists(
    st.dictionaries(st.integers(0, 4), st.integers(-4, 4).filter(bool).map(Fraction), min_size=1), min_size=1, max_size=6
)


def total(found: dict[int, Fraction], given_columns: list[dict[int, Fraction]]) -> dict[int, Fraction]:
    result: dict[int, Fraction] = {}
    for k, multiplier in found.items():
        for row, value in given_columns[k].items():
            result[row] = result.get(row, Fraction(0)) + multiplier * value
    return {row: value for row, value in result.items() if value}


@given(columns, st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_a_combination_that_exists_is_found(known: list[dict[int, Fraction]], multipliers: list[int]) -> None:
    target = total({k: Fraction(m) for k, m in enumerate(multipliers[: len(known)])}, known)
    found = nonnegative_combination(known, target)
    assert found is not None
    assert all(value > 0 for value in found.values())
    assert total(found, known) == target


@given(columns, st.dictionaries(st.integers(0, 4), st.integers(-4, 4).map(Fraction)))
def test_what_is_found_adds_up(known: list[dict[int, Fraction]], target: dict[int, Fraction]) -> None:
    found = nonnegative_combination(known, target)
    if found is not None:
        assert total(found, known) == {row: value for row, value in target.items() if value}


def test_what_is_not_there() -> None:
    one = Fraction(1)
    assert nonnegative_combination([{0: one}], {0: -one}) is None
    assert nonnegative_combination([{0: one}, {1: one}], {2: one}) is None
    assert nonnegative_combination([{0: one, 1: -one}], {0: one}) is None
