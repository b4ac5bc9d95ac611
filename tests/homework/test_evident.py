"""Laws that are evident from the numbers of an entropy."""

from __future__ import annotations

import pytest

from tests.homework.tools import verdicts

DEFINED = r"H(X) &= -\sum_x p(x)\log_2 p(x)"
RIGHT = (
    r"&= -\frac12\log_2\frac12 - \frac14\log_2\frac14 - \frac14\log_2\frac14",
    r"&= \frac12\log_2 2 + \frac14\log_2 4 + \frac14\log_2 4",
    r"&= -\left(\frac12\log_2\frac12 + \frac14\log_2\frac14 + \frac14\log_2\frac14\right)",
    r"&= -0.75\log_2 0.75 - 0.25\log_2 0.25",
)


@pytest.mark.parametrize("row", RIGHT)
def test_data_are_introduced(row: str) -> None:
    assert verdicts(DEFINED, row) == ["correct", "given"]
    assert verdicts("H(X) " + row) == ["given"]


WRONG = (
    r"&= -\frac12\log_2\frac12 - \frac14\log_2\frac14 + \frac14\log_2\frac14",
    r"&= \frac12\log_2 2 - \frac14\log_2 4 + \frac14\log_2 4",
    r"&= -0.75\log_2 0.75 + 0.25\log_2 0.25",
)


@pytest.mark.parametrize("row", WRONG)
def test_a_sign_that_is_lost_is_wrong_there(row: str) -> None:
    assert verdicts(DEFINED, row) == ["correct", "wrong"]
    assert verdicts("H(X) " + row) == ["wrong"]


@pytest.mark.parametrize(
    "row",
    [
        r"H(Y|X) = \frac12 \log_2 2 + \frac12 \cdot 0",
        r"H(X) = 2 \cdot \frac14 \log_2 4 + \frac12 \log_2 2",
        r"H(p,q) = -\frac12\log_2\frac14 - \frac12\log_2\frac34",
    ],
)
def test_other_sums_are_left_alone(row: str) -> None:
    assert verdicts(row) == ["given"]
