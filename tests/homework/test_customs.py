from symkl import check
from tests.homework.tools import checked, verdicts


def said(*rows):
    return " ".join(line.reason for line in checked(*rows).lines)


def test_m_is_the_mean_of_two_laws():
    rows = (r"JSD(P\|Q) = \frac12 D_{KL}(P\|M) + \frac12 D_{KL}(Q\|M)", r"= H(M) - \frac12 H(P) - \frac12 H(Q)")
    assert verdicts(*rows) == ["correct", "correct"]
    assert "M is (P + Q)/2" in said(*rows)
    assert "wrong" in verdicts(rows[0], r"= H(M) - H(P) - H(Q)")


def test_sigma_is_the_logistic_function():
    rows = (r"\frac{dL}{dz} = -\frac{d}{dz}\left[y\log\sigma(z) + (1-y)\log(1-\sigma(z))\right]",)
    assert verdicts(*rows, r"= -y(1-\sigma(z)) + (1-y)\sigma(z)", r"= \sigma(z) - y")[1:] == ["correct", "correct"]
    assert verdicts(*rows, r"= -y(1-\sigma(z)) - (1-y)\sigma(z)", r"= \sigma(z) - y")[1:] == ["wrong", "correct"]


def test_one_model_with_and_without_its_parameter():
    assert verdicts(r"\log p_{\theta}(x) = \log \int p_{\theta}(x|z) p(z) dz") == ["correct"]


def test_the_divergence_from_a_posterior():
    rows = (r"D_{KL}(q\|p) = \mathbb{E}_q[\log q(z)] - \mathbb{E}_q[\log p(z|x)]",)
    assert verdicts(*rows, r"= \mathbb{E}_q[\log q(z)] - \mathbb{E}_q[\log p(z,x)] + \log p(x)") == ["correct", "correct"]
    assert "wrong" in verdicts(*rows, r"= \mathbb{E}_q[\log q(z)] - \mathbb{E}_q[\log p(z,x)] - \log p(x)")


def test_masses_are_varied_freely_under_a_derivative():
    left = r"\frac{\partial}{\partial p_i}\left[-\sum_{j} p_j\ln p_j + \lambda\left(\sum_{j}p_j - 1\right)\right]"
    assert verdicts(rf"{left} = -\ln p_i - 1 + \lambda") == ["correct"]
    assert verdicts(rf"{left} = -\ln p_i + 1 + \lambda") != ["correct"]


def test_observations_have_a_law():
    rows = (r"J = -\frac1N\sum_{i=1}^N\log q_\theta(x_i)", r"= -\sum_x \hat p(x)\log q_\theta(x)", r"= H(\hat p, q_\theta)")
    assert verdicts(*rows) == ["given", "correct", "correct"]
    assert "observations" in said(*rows)


def test_a_row_says_what_the_masses_are():
    rows = (r"p_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}", r"\log p_i = z_i - \log\sum_{j=1}^K e^{z_j}")
    assert verdicts(*rows, r"\frac{\partial \log p_i}{\partial z_i} = 1 - p_i") == ["given", "correct", "correct"]
    assert verdicts(*rows, r"\frac{\partial \log p_i}{\partial z_i} = 1 + p_i") == ["given", "correct", "wrong"]


def test_two_values_of_several_variables():
    rows = (r"p(y=1) = p(y=1|x=0)p(x=0) + p(y=1|x=1)p(x=1)",)
    assert verdicts(*rows) == ["correct"]
    assert verdicts(*rows, r"= p(y=1|x=0) + p(y=1|x=1)") == ["correct", "wrong"]


def test_who_still_measures_two_variables_together_does_not_take_them_for_independent():
    rows = (r"H(X|Y) + H(Y|X) = 2H(X,Y) - H(X) - H(Y)",)
    assert verdicts(*rows, r"= H(X) + H(Y) - I(X;Y)") == ["correct", "wrong"]
    assert verdicts(*rows, r"= H(X) + H(Y)") == ["correct", "unknown"]


def test_labels_sum_to_one():
    rows = (r"\frac{\partial L}{\partial z_i} = -\sum_k y_k (\delta_{ki} - a_i)",)
    assert verdicts(*rows, r"= a_i - y_i") == ["given", "correct"]
    assert verdicts(*rows, r"= a_i + y_i") == ["given", "wrong"]
    assert verdicts(r"y_i + \sum_{k \ne i} y_k = \sum_{\text{all } k} y_k", "= 1") == ["correct", "correct"]
    assert "y sums to 1" in said(*rows, r"= \mathbf{a_i - y_i}")


def test_q_is_the_other_outcome_of_a_coin():
    rows = (r"p\log(2p) + q\log(2q) = \log 2 + p\log p + q\log q",)
    assert verdicts(*rows, r"= \log 2 - H(p)") == ["correct", "correct"]
    assert verdicts(*rows, r"= \log 2 + H(p)") == ["correct", "wrong"]
    assert "q is 1 - p" in said(*rows)


def test_q_is_a_second_coin_where_its_other_outcome_is_written():
    left = r"p\log\frac{p}{q} + (1-p)\log\frac{1-p}{1-q}"
    assert verdicts(left, r"= p\log\frac{p}{q} + q\log\frac{1-p}{1-q}") == ["given", "wrong"]


def test_two_laws_that_are_compared_are_not_one_model():
    rows = (
        r"E_{x\sim p(x)}[\log p_\theta(x)] = E_{x\sim p(x)}\left[\log p_\theta(x)\frac{p(x)}{p(x)}\right]",
        r"= E_{x\sim p(x)}\left[\log\frac{p(x)}{p_\theta(x)}\right] - E_{x\sim p(x)}\left[\log\frac{1}{p(x)}\right]",
    )
    assert verdicts(*rows) == ["correct", "wrong"]
    assert verdicts(rows[0], rows[1].replace("= E", "= -E")) == ["correct", "correct"]


def test_a_value_that_a_sum_binds_is_no_number():
    rows = (
        r"KL[P\|Q] = \sum_{x=0}^n \binom{n}{x} p_1^x (1-p_1)^{n-x} "
        r"\ln\frac{\binom{n}{x} p_1^x (1-p_1)^{n-x}}{\binom{n}{x} p_2^x (1-p_2)^{n-x}}",
        r"= \sum_{y=0}^n \binom{n}{x} p_1^x (1-p_1)^{n-x} \left[x\ln\frac{p_1}{p_2} + (n-x)\ln\frac{1-p_1}{1-p_2}\right]",
    )
    assert verdicts(*rows)[-1] not in {"correct", "given"}
    assert verdicts(rows[0], rows[1].replace("{y=0}", "{x=0}"))[-1] == "correct"


def test_a_row_that_says_the_masses_is_what_a_later_one_is_held_against():
    softmax = r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"

    def last(row, words=""):
        return check(f"$${softmax}$$\n{words}\n$${row}$$").files[0].chains[-1][-1].verdict

    assert last(r"\log p_i = z_i - \log \sum_j e^{z_j}") == "correct"
    assert last(r"\log p_i = z_i - \sum_j e^{z_j}") == "wrong"
    assert last(r"\log p_i = z_i - \sum_j z_j") == "wrong"
    assert last(r"H(p) = \log\sum_j e^{z_j} - \sum_i z_i") == "wrong"
    # Another model of the masses, a bound in passing, and a case with words of its own are no slips.
    assert last(r"p_i = \frac{1}{1+e^{-z_i}}") != "wrong"
    assert last(r"\log p_i \approx z_i - z_1") != "wrong"
    assert last(r"\log \frac{p_i}{p_n} = z_i", "We set $z_n = 0$.") != "wrong"
