"""Rows with notation that says less than it means: surprisals of outcomes, sums over observations."""

from tests.homework.tools import last, verdicts

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


def test_a_label_and_its_estimate_in_an_entropy_are_laws():
    assert verdicts(r"H(y, \hat{y}) &= -\sum y \log \hat{y}", r"&= -\sum_i y_i \log \hat{y}_i") == ["correct", "correct"]
    assert verdicts(r"H(y, \hat{y}) = \sum_i y_i \log \hat{y}_i") == ["wrong"]
    assert verdicts(r"H(y, \hat{y}) = -\sum_i \hat{y}_i \log y_i") == ["wrong"]


def test_over_observations_they_are_none():
    of_one = r"y_i \log \hat{y}_i + (1-y_i) \log(1-\hat{y}_i)"
    for row in (
        rf"H(y, \hat{{y}}) = -\sum_i [{of_one}]",
        rf"H(y, \hat{{y}}) = -\frac{{1}}{{N}} \sum_{{i=1}}^N [{of_one}]",
        r"H(y, \hat{y}) = -\frac{1}{N} \sum_{i=1}^N y_i \log \hat{y}_i",
        r"H(y, \hat{y}) = -N^{-1} \sum_{i=1}^N y_i \log \hat{y}_i",
        r"H(y, \hat{y}) = -(1/N) \sum_{i=1}^N y_i \log \hat{y}_i",
    ):
        assert not {"correct", "wrong"} & set(verdicts(row))


def test_log_and_log_10_in_one_side_are_two_functions():
    rows = (r"F = E_q[\log p(x,z)] - E_q[\log q(z)]", r"= E_q[\log p(x|z)] + E_q[\log p(z)] - E_q[\log_{10} q(z)]")
    assert verdicts(*rows)[-1] == "wrong"


def test_measures_beside_logs_to_one_base_are_to_that_base():
    line = last(r"H(P) = -\sum_i p_i\log_2 p_i", r"= \sum_i p_i\log_2 p_i")
    assert line.verdict == "wrong"
    assert "base 2" in line.reason


def test_numbers_that_come_to_nothing_are_no_data():
    rows = (r"-D(p\|q) = \sum_x p(x)\log\frac{q(x)}{p(x)}", r"\le \log\sum_x p(x)\frac{p(x)}{q(x)}", r"= \log 1")
    assert verdicts(*rows)[-1] not in {"correct", "given"}


def test_how_many_values_a_variable_has_is_no_datum():
    assert verdicts(r"H(X) = -\sum_x p(x)\log p(x) = \log|\mathcal{X}|") == ["unknown"]
    assert verdicts(r"H(p) = -\sum_{i=1}^n p_i\log p_i = \log n") == ["unknown"]
