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


def test_an_equation_is_solved_for_a_name_or_a_mass():
    rows = (r"\frac{dH}{dp} = \frac{d}{dp}\left(-p\log_2 p-(1-p)\log_2(1-p)\right)", r"= \log_2\frac{1-p}{p}", r"= 0")
    assert verdicts(*rows, r"\Rightarrow p = \frac12")[-1] == "correct"
    assert verdicts(*rows, r"\Rightarrow p = \frac13")[-1] == "wrong"
    lagrange = (
        r"\mathcal{L}(p,\lambda) = -\sum_i p_i\ln p_i - \lambda\left(\sum_i p_i - 1\right)",
        r"\frac{\partial\mathcal L}{\partial p_i} = -\ln p_i - 1 - \lambda = 0",
    )
    assert verdicts(*lagrange, r"\Rightarrow p_i = e^{-1-\lambda}")[-1] == "correct"
    assert verdicts(*lagrange, r"\Rightarrow p_i = e^{1+\lambda}")[-1] == "wrong"


def test_the_derivative_of_what_a_row_defines():
    loss = r"L(y,\hat y) = -y\log\hat y - (1-y)\log(1-\hat y)"
    assert verdicts(loss, r"\frac{\partial L}{\partial\hat y} = -\frac{y}{\hat y} + \frac{1-y}{1-\hat y}") == ["given", "correct"]
    assert verdicts(loss, r"\frac{\partial L}{\partial\hat y} = -\frac{y}{\hat y} - \frac{1-y}{1-\hat y}")[1] != "correct"


def test_a_derivative_goes_inside_an_integral():
    rows = (
        r"\nabla_\theta \mathbb{E}_{p_\theta(x)}[f(x)] = \nabla_\theta\int p_\theta(x) f(x)dx",
        r"= \int (\nabla_\theta p_\theta(x)) f(x)dx",
        r"= \int p_\theta(x) (\nabla_\theta\log p_\theta(x)) f(x)dx",
    )
    assert verdicts(*rows) == ["given", "correct", "correct"]
    assert "wrong" not in verdicts(rows[0], r"= \int \nabla_\theta p_\theta(x) f(x)dx")


def test_a_third_that_is_cut_off_is_rounded():
    row = r"D_{KL}(P\|Q) = 0.36\ln\frac{0.36}{0.333} + 0.48\ln\frac{0.48}{0.333} + 0.16\ln\frac{0.16}{0.333}"
    assert verdicts(row, r"\approx 0.0853") == ["given", "correct"]
    assert verdicts(row, r"\approx 0.0953") == ["given", "wrong"]
    assert "wrong" not in verdicts(r"\log_2 x = \frac{\ln x}{\ln 2}", r"\approx 1.4427\ln x")


def test_is_not_means_not_in_general():
    assert verdicts(r"D_{KL}(P\|Q) = H(P,Q) - H(P)", r"\ne D_{KL}(Q\|P)") == ["correct", "correct"]
    assert verdicts(r"H(P,Q) = H(P) + D_{KL}(P\|Q)", r"\ne -\sum_i p_i\log q_i") == ["correct", "wrong"]


def test_numbers_beside_an_entropy_are_in_bits():
    assert verdicts(r"C = 1 - H(0.11) = 1 - 0.5 = 0.5") != ["wrong"]
