"""Random variables that are stretched and moved."""

from __future__ import annotations

import pytest

from tests.homework.tools import verdicts

STRETCHED = r"h(aX) &= -\int f_Y(y) \log f_Y(y)\, dy"
WRITTEN = r"&= -\int \frac{1}{|a|} f_X\left(\frac{y}{a}\right) \log\left[\frac{1}{|a|} f_X\left(\frac{y}{a}\right)\right] dy"
MOVED = r"h(X) &= -\int f(x) \log f(x)\, dx"

RIGHT = [
    (STRETCHED, WRITTEN, r"&= -\int f_X(x) \log f_X(x)\, dx + \log|a|", r"&= h(X) + \log|a|"),
    (MOVED, r"&= -\int f(x-c) \log f(x-c)\, dx", r"&= h(X+c)"),
    (MOVED, r"&= -\int 2 f(2x+1) \log f(2x+1)\, dx"),
    (MOVED, r"&= h(-X)", r"&= h(3X - c) - \log 3"),
]


@pytest.mark.parametrize("rows", RIGHT)
def test_the_density_is_stretched_and_moved(rows: tuple[str, ...]) -> None:
    assert set(verdicts(*rows)) <= {"correct", "given"}


WRONG = [
    (STRETCHED, WRITTEN.replace(r"\log\left[\frac{1}{|a|}", r"\log\left[")),
    (STRETCHED, WRITTEN, r"&= -\int f_X(x) \log f_X(x)\, dx - \log|a|"),
    (STRETCHED, WRITTEN, r"&= h(X)"),
    (MOVED, r"&= -\int f(2x) \log f(2x)\, dx"),
    (MOVED, r"&= h(2X)"),
]


@pytest.mark.parametrize("rows", WRONG)
def test_a_slip_is_found_where_it_is(rows: tuple[str, ...]) -> None:
    found = verdicts(*rows)
    assert found[-1] == "wrong"
    assert "wrong" not in found[:-1]


def test_what_stands_outside_of_the_density_is_left_alone() -> None:
    assert "correct" not in verdicts(r"E[X] &= \int x f(x)\, dx", r"&= \int x f(x-c)\, dx")[1:]
