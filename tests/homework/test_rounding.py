import pytest

from symkl.homework.rounding import agree, decimals, interval
from symkl.language.latex import read_latex
from symkl.theory.setting import setting
from tests.homework.tools import last

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


def test_about_a_number_may_cut_its_digits_off():
    sum_of_logs = r"0.5\ln\frac{0.5}{0.9} + 0.5\ln\frac{0.5}{0.1}"
    assert last(rf"x = {sum_of_logs}", r"\approx 0.510").verdict == "correct"
    assert last(rf"x = {sum_of_logs}", r"\approx 0.511").reason == "rounded"
    assert last(rf"x = -({sum_of_logs})", r"\approx -0.510").verdict == "correct"
    for other in ("0.512", "0.509", "0.52", "-0.510"):
        assert last(rf"x = {sum_of_logs}", rf"\approx {other}").verdict == "wrong"
    assert last(rf"x = {sum_of_logs}", r"= 0.510").verdict == "unknown"


def test_a_result_that_is_cut_off_is_asked_about():
    entropy = r"H(Y) = -\frac{9}{14}\log_2\frac{9}{14} - \frac{5}{14}\log_2\frac{5}{14}"
    assert last(entropy, "= 0.9402").verdict == "unknown"
    assert last(entropy, "= 0.9403").verdict == "correct"
    assert last(entropy, "= 0.9401").verdict == "wrong"
