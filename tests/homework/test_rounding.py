import pytest

from symkl.homework.rounding import agree, decimals, interval
from symkl.language.latex import read_latex
from symkl.theory.setting import setting

PLAIN = setting()


def term(text):
    return read_latex(text, PLAIN.scope).term


def test_decimals_are_found_as_written():
    assert decimals(term("0.50 + 1.5 - 2")) == {"0.50", "1.5"}


CASES = [("1/3", "0.333", True), ("1/3", "0.34", False), ("2/3", "0.67", True), ("1", "1.04", False)]


@pytest.mark.parametrize(("left", "right", "equal"), CASES)
def test_a_decimal_is_its_rounding_interval(left, right, equal):
    assert agree(term(left), term(right), PLAIN, set())[0] is equal


def test_exact_decimals_are_points():
    assert agree(term("0.5 + 0.5"), term("1.1"), PLAIN, {"0.5"})[0] is False
    assert agree(term("0.5 + 0.5"), term("1.1"), PLAIN, set())[0] is True


def test_what_has_no_value_has_no_interval():
    assert interval(term(r"\log(0)"), PLAIN) is None
