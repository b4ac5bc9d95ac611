"""A verdict is no truth value, and knows its exit code."""

from __future__ import annotations

import pytest

from judge.tools import COIN, decide
from symkl.errors import UsageError


def test_no_verdict_is_a_truth_value() -> None:
    for statement in ("p = p", "p = q", "KL(P || Q) >= 2*(p - q)^2"):
        with pytest.raises(UsageError):
            bool(decide(statement, *COIN))


def test_exit_codes() -> None:
    codes = {v.verdict: v.exit_code for v in (decide(s, *COIN) for s in ("p = p", "p = q", "H(P) ~= 1"))}
    assert codes == {"proved": 0, "refuted": 1, "unknown": 3}
