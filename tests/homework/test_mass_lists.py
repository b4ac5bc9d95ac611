"""Rows about laws that are lists of masses: numbers are known there, and nothing is data."""

from symkl.homework.verdicts import CORRECT, UNKNOWN, UNREAD, WRONG
from tests.homework.tools import last, verdicts


def test_an_entropy_of_listed_masses_is_held_against_its_number():
    assert verdicts(r"H(\tfrac12, \tfrac14, \tfrac14) &= \tfrac32 \text{ bits}") == [CORRECT]
    assert verdicts(r"H(\tfrac13, \tfrac23) &= \log_2 3 - \tfrac23") == [CORRECT]
    assert verdicts(r"H(0.25, 0.75) &\approx 0.811 \text{ bits}") == [CORRECT]


def test_a_wrong_number_is_wrong_and_fails_at_no_point():
    line = last(r"H(a, b, 1-a-b) &\le \log 3", r"H(\tfrac13, \tfrac23) &= \log_2 3 - \tfrac13")
    assert (line.verdict, line.witness) == (WRONG, {})


def test_what_fails_at_a_list_with_names_fails_at_their_numbers():
    line = last(r"H(a, b, 1-a-b) &= -a \log a - b \log b + (1-a-b) \log(1-a-b)")
    assert line.verdict == WRONG
    assert set(line.witness) == {"a", "b"}


def test_a_divergence_of_listed_masses():
    assert verdicts(r"D((\tfrac12,\tfrac12) \| (\tfrac14,\tfrac34)) &= 1 - \tfrac12\log_2 3") == [CORRECT]
    assert verdicts(r"D((\tfrac12,\tfrac12) \| (\tfrac14,\tfrac34)) &= \tfrac12\log_2 3 - 1") == [WRONG]


def test_numbers_that_are_no_law_are_not_made_one():
    assert verdicts(r"H(\tfrac12, \tfrac13) &= 1") == [UNREAD]


def test_the_entropy_of_a_variable_may_say_what_its_masses_are():
    row = r"H(X) &= H(\tfrac12, \tfrac14, \tfrac14) = "
    assert verdicts(row + r"1.5 \text{ bits}") == [CORRECT]
    assert verdicts(row + r"1.6 \text{ bits}") == [WRONG]
    assert verdicts(r"H(X) &\le H(\tfrac12, \tfrac12)") == [UNKNOWN]
