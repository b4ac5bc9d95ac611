import json

from hypothesis import given
from hypothesis import strategies as st

from symkl.homework.verdicts import VERDICTS, CheckedFile, Report, as_data, from_data, worst, worst_code
from tests.homework.tools import checked


def test_a_result_survives_json():
    found = checked(r"H(X,Y)", r"= H(X|Y) - H(Y)", r"\Vert^{}_{(")
    assert from_data(json.loads(json.dumps(as_data(found)))) == found


@given(st.lists(st.sampled_from(VERDICTS), min_size=1))
def test_the_worst_is_one_of_them(verdicts):
    assert worst(verdicts) in verdicts
    assert worst(["given", "correct"]) == "correct"
    if "wrong" in verdicts:
        assert worst(verdicts) == "wrong"


def test_exit_codes():
    wrong, right = checked(r"H(X,Y)", r"= H(X|Y) - H(Y)"), checked(r"H(X)", r"= H(X)")
    missing = CheckedFile("x", error="missing", error_code=4)
    assert (wrong.exit_code, right.exit_code, missing.exit_code, CheckedFile("x").exit_code) == (1, 0, 4, 3)
    assert Report((wrong, missing)).exit_code == 1
    assert Report((right, missing)).exit_code == 4
    assert worst_code([]) == 3
