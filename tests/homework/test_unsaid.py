"""Rows with notation that says less than it means: surprisals of outcomes, sums over observations."""

from tests.homework.tools import verdicts

ENTROPY = r"H(X) &= -\sum p(x) \log_2 p(x)"
COIN = r"&= 0.5 \cdot h(H) + 0.5 \cdot h(T)"


def test_the_surprisals_of_a_coin_have_their_values():
    assert verdicts(ENTROPY, COIN, r"&= 0.5 \cdot 1 + 0.5 \cdot 1", "&= 1") == ["correct", "given", "correct", "correct"]
    assert verdicts(ENTROPY, COIN, r"&= 0.5 \cdot 1 \cdot 0.5 \cdot 1")[-1] == "wrong"
    assert verdicts(ENTROPY, COIN, r"&= 0.5 \cdot 2 + 0.5 \cdot 2")[-1] == "wrong"


def test_entropies_given_an_outcome_are_no_surprisals():
    assert "wrong" not in verdicts(r"H(Y|X) &= 0.5 h(H) + 0.5 h(T)", r"&= 0.5 \cdot 0 + 0.5 \cdot 1")


WHOLE = r"L = -\sum [y \log \hat{y} + (1-y) \log(1-\hat{y})]"


def test_a_sum_over_observations_that_are_not_named_splits():
    assert verdicts(r"H(p, q) = \sum -y \log \hat{y} - (1-y)\log(1-\hat{y})") == ["given"]
    right = r"&= -\sum y \log \hat{y} - \sum (1-y) \log(1-\hat{y})"
    wrong = r"&= -\sum y \log \hat{y} + \sum (1-y) \log(1-\hat{y})"
    assert verdicts(WHOLE, right) == ["given", "correct"]
    assert verdicts(WHOLE, wrong) == ["given", "wrong"]


def test_the_two_logs_of_a_label_have_a_minus_each():
    first, second = r"y \log \hat{y}", r"(1-y) \log(1-\hat{y})"
    for total in ("", r"\sum "):
        assert verdicts(rf"H(p, q) = {total}-{first} - {second}") == ["given"]
        assert verdicts(rf"H(p, q) = -{total}[{first} + {second}]") == ["given"]
        assert verdicts(rf"H(p, q) = {total}{first} - {second}") == ["unknown"]
        assert verdicts(rf"H(p, q) = {total}-{first} + {second}") == ["unknown"]
        assert verdicts(rf"H(p, q) = {total}{first} + {second}") != ["given"]
