"""Free values of concrete alphabets stand for each element."""

from __future__ import annotations

import pytest

from symkl.judge.budget import OutsideFragment
from symkl.judge.free_values import instances
from symkl.language.plain_reader import read_plain
from symkl.theory.setting import setting


def found(text: str, *givens: str) -> list[dict[str, int | str]]:
    known = setting(givens)
    return instances(read_plain(text, known.scope), known)


def test_each_element() -> None:
    assert found("p[i] < 1", "P on {1..3}") == [{"i": 1}, {"i": 2}, {"i": 3}]
    assert found("p[i]*q[j] < 1", "P, Q on {a, b}")[1] == {"i": "a", "j": "b"}


def test_bound_values_and_symbolic_alphabets_stay() -> None:
    assert found("sum(i in 1..3, p[i]) = 1", "P on {1..3}") == [{}]
    assert found("p[i] < 1", "P on {1..n}") == [{}]


def test_too_many() -> None:
    with pytest.raises(OutsideFragment):
        found("p[i]*p[j] < 1", "P on {1..100}")
