from tests.homework.tools import last, verdicts


def test_zero_after_a_derivative_is_a_condition():
    rows = (
        r"\frac{\partial L(x,\lambda)}{\partial x_1} = "
        r"\frac{\partial}{\partial x_1}\left[\sum_{k=1}^n x_k\log_2 x_k + \lambda\sum_{k=1}^n x_k\right]",
        r"= 0",
        r"= \log_2 x_1 + \frac{1}{\ln 2} + \lambda",
        r"= 0",
        r"\Rightarrow \lambda = -\log_2 x_1 - \frac{1}{\ln 2}",
    )
    assert verdicts(*rows) == ["given", "given", "correct", "given", "correct"]


def test_what_does_not_follow_is_wrong():
    rows = (r"f'(t) = \frac{\partial}{\partial t}(a t^2)", r"= 2 a t + c", r"= 0", r"\Rightarrow c = 2 a t")
    assert verdicts(*rows)[-1] in {"wrong", "unknown"}


def test_inequalities_combine():
    rows = (r"-D_{KL}(P\|Q) = \sum_i p_i \log\frac{q_i}{p_i}", r"\leq 0")
    assert verdicts(*rows) == ["correct", "correct"]
    assert last(r"D_{KL}(P\|Q)", r"\leq 0").misconception == "inequality-flipped"


def test_a_row_has_the_verdict_of_its_worst_relation():
    assert verdicts(r"L = H(P,Q) = -\sum_i q_i \log p_i") == ["wrong"]
    assert verdicts(r"L = H(P,Q) = -\sum_i p_i \log q_i") == ["correct"]


def test_a_divergence_that_is_always_zero_is_asked_about():
    line = last(r"V(G) = D_{KL}(P\|\tfrac{P+Q}{2}) + D_{KL}(Q\|\tfrac{Q+Q}{2})")
    assert line.verdict == "unknown"


def test_a_row_after_an_unread_one_is_not_called_wrong():
    assert "wrong" not in verdicts(r"H(X) = H(X)", r"= \Vert^{}_{(", r"= 2 H(X)")


def test_numbers_out_of_range_are_wrong():
    assert verdicts(r"H(P) = -\sum_i p_i\log p_i", r"= -0.3 - 0.2")[-1] == "wrong"
