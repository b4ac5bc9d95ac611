"""Parts of a side."""

from __future__ import annotations

import pytest

from symkl.homework.parts import decimal_places, different_part, logs_in, without_zeros
from symkl.language.plain_reader import read_plain
from symkl.language.term import Term
from symkl.theory.setting import setting

SCOPE = setting(["p, q, r > 0"]).scope


def term(text: str) -> Term:
    """A term in p, q and r."""
    return read_plain(text, SCOPE)


@pytest.mark.parametrize(
    ("text", "shorter"),
    [("0 - log(p)", "-log(p)"), ("p*0 + q", "q"), ("-0", "0"), ("p + q", "p + q"), ("p*(0 - log(q))", "p*(-log(q))")],
)
def test_what_is_zero_is_left_out(text, shorter):
    assert without_zeros(term(text)) == term(shorter)


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [("p + log(q)", "p + log(r)", (1, 0)), ("p*q", "p*r", (1,)), ("p + q", "p*q", ()), ("p", "p", ())],
)
def test_the_smallest_part_that_differs(before, after, path):
    assert different_part(term(before), term(after)) == path


def test_digits_and_logs_are_counted():
    assert [decimal_places(term(text)) for text in ("0.637", "-0.25", "3", "p")] == ["637", "25", "", ""]
    assert logs_in(term("log(p)*log(q) + r")) == 2
