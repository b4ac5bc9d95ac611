import pytest

from tests.homework.tools import last, verdicts

EXCUSED = {
    "no masses": (
        r"L = -\frac1N\sum_{i=1}^N [y_i\log\hat y_i + (1-y_i)\log(1-\hat y_i)]",
        r"= \frac1N\sum_{i=1}^N H(y_i,\hat y_i)",
    ),
    "index k": (r"H(p,q) = -\sum_i p_i\log q_i", r"= -p_k\log q_k"),
    "number or the law": (r"I(X;Y) = H(Y) - H(Y|X)", r"= H(Y) - \sum_x p(x) H(p)"),
    "uniform": (r"D(P\|Q) = \sum_i p_i\log\frac{p_i}{q_i}", r"= \log n - H(P)"),
    "what values norm takes": (r"c = \|-x\|", r"= \|x\|"),
    "what values binom takes": (r"c = \binom{n}{k}", r"= \binom{n}{n-k}"),
    "what values sigmoid takes": (r"c = \text{sigmoid}(-x)", r"= 1 - \text{sigmoid}(x)"),
    "what values g takes": (r"c = g(-x)", r"= g(x)"),
    "independent given Z": (r"I(X;Z,Y) = I(X;Z) + I(X;Y|Z)", r"= I(X;Z)"),
    "derivative": (r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a}\frac{\partial a}{\partial z}", r"= a - y"),
}


@pytest.mark.parametrize("reason", EXCUSED)
def test_a_refuted_row_with_an_excuse_is_undecided(reason):
    line = last(*EXCUSED[reason])
    assert line.verdict == "unknown"
    assert reason in line.reason


def test_without_an_excuse_it_is_wrong():
    assert last(r"H(p,q) = -\sum_i p_i\log q_i", r"= -\sum_i q_i\log p_i").verdict == "wrong"


def test_an_assumption_that_leaves_nothing_to_work_out_is_no_excuse():
    row = r"= \sum_{x,y} p(x)p(y)\log\frac{p(x,y)}{p(x)p(y)}"
    assert last(r"I(X;Y) = H(X) + H(Y) - H(X,Y)", row).verdict == "wrong"


def test_a_function_under_one_value_may_have_any_values():
    rows = r"\mathbb{E}_{x \sim p}[f(x)] = \sum_x p(x) f(x)", r"= 2\sum_x p(x) f(x) + H(P)"
    assert last(*rows).verdict == "wrong"


def test_a_vector_is_no_number_that_a_law_would_give():
    row = r"\frac{\partial L}{\partial z_i} = -\frac{y_i}{s_i}s_i(1-s_i)+\sum_{k \neq i} \frac{y_k}{s_k} s_k s_i"
    assert verdicts(row, r"= -y_i + s_i \sum_k y_k") == ["given", "correct"]
    assert verdicts(row, r"= -y_i + \sum_k y_k") == ["given", "wrong"]


def test_a_value_of_one_alphabet_is_no_value_of_another():
    row = r"H(Y|X) = \sum_{m\in M} P(X=m) H(Y|X=m) = -\sum_{m\in M} P(X=m)\sum_{y} P(y|m)\log P(y|m)"
    assert "wrong" not in verdicts(row)


def test_the_moments_of_a_density_that_is_not_stated_are_open():
    rows = (r"h(X) = -\int f(x)\log_2 f(x)\,dx", r"= \frac{1}{2\ln 2\,\sigma^2}\int f(x)x^2\,dx", r"= \frac{1}{2\ln 2}")
    assert verdicts(*rows)[-1] not in {"wrong", "correct"}
