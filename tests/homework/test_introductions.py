import pytest

from tests.homework.tools import last, verdicts

ELBO = (
    r"\log p(x) = \mathbb{E}_{q(z)}\left[\log \frac{p(x, z)}{p(z|x)}\right]",
    r"= \mathbb{E}_{q(z)}\left[\log \frac{p(x, z)}{q(z)}\right] + \mathbb{E}_{q(z)}\left[\log \frac{q(z)}{p(z|x)}\right]",
)


def test_what_is_left_of_a_sum_gets_a_name():
    line = last(*ELBO, r"= \mathcal{L}(q) + D_{KL}(q(z)\|p(z|x))")
    assert line.verdict == "given"
    assert "introduced" in line.reason
    assert verdicts(*ELBO, r"= \mathcal{L} + D_{KL}(q(z)\|p(z|x))", r"\ge \mathcal{L}")[-2:] == ["given", "correct"]


def test_the_rest_has_to_be_as_it_was():
    assert last(*ELBO, r"= \mathcal{L}(q) - D_{KL}(q(z)\|p(z|x))").verdict not in {"given", "correct"}


def test_a_part_gets_a_name():
    rows = (r"L = -\ln \frac{e^{z_i}}{\sum_{k=1}^{m}e^{z_k}}", r"= -z_i + \ln\sum_{k=1}^m e^{z_k}")
    assert last(*rows, r"= -z_i + \ln S").verdict == "given"
    assert verdicts(*rows, r"= -z_i + \ln S", r"= \ln S - z_i", r"= \ln S + z_i")[-2:] == ["correct", "wrong"]
    assert last(*rows, r"= z_i + \ln S").verdict not in {"given", "correct"}


def test_a_label_picks_one_summand():
    line = last(r"L = -\sum_i y_i\log\hat y_i", r"= -\log\hat y_c")
    assert line.verdict == "given"
    assert "1 at c" in line.reason
    assert last(r"L = -\sum_i y_i\log\hat y_i", r"= \log\hat y_c").verdict not in {"given", "correct"}


def test_what_a_derivative_says_of_its_name():
    rows = (r"\frac{\partial s_i}{\partial z_i}=\frac{\partial}{\partial z_i}\frac{e^{z_i}}{\sum_j e^{z_j}}",)
    assert verdicts(*rows, r"= s_i(1-s_i)")[-1] == "correct"
    assert verdicts(*rows, r"= s_i(1+s_i)")[-1] != "correct"


@pytest.mark.parametrize(
    ("row", "misconception"),
    [
        (r"D_{KL}(R\|S) = r\log\frac{r}{s} + (1-r)\log\frac{1-s}{1-r}", "second-ratio-flipped"),
        (r"H(P,Q) = -q\log p - (1-q)\log(1-p)", "cross-entropy-swapped"),
        (r"H(P) = p\log p + (1-p)\log(1-p)", "entropy-sign"),
    ],
)
def test_masses_of_the_same_letters_are_no_data_where_a_misconception_explains_the_row(row, misconception):
    line = last(row)
    assert (line.verdict, line.misconception) == ("wrong", misconception)


def test_other_data_of_the_same_letters_stay_data():
    assert last(r"H(P) = -p\log p - (1-p)\log(1-p) + (1-p)\log 2").verdict == "given"


def test_where_the_masses_are_stated_other_masses_are_wrong():
    row = r"H(P) = -p\log p - (1-p)\log(1-p) + (1-p)\log 2"
    assert last(row, given=["P ~ Bernoulli(p)"]).verdict == "wrong"
    assert last(r"H(P) = -s\log s - (1-s)\log(1-s)", given=["P ~ Bernoulli(p)"]).verdict == "given"
