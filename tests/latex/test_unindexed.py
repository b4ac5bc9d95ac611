import pytest

from symkl.errors import ReadError
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula

ONE_INDEX = [
    (r"p_i = \frac{e^{z_i}}{\sum e^{z_j}}", "p[i] = e^z[i]/sum(j in 1..n, e^z[j])"),
    (r"-\sum p_k \log q_k = H(P, Q)", "-sum(k in 1..n, p[k]*log(q[k])) = H(P, Q)"),
    (r"\prod p_i \le 1", "prod(i in 1..n, p[i]) <= 1"),
]


@pytest.mark.parametrize(("latex", "plain"), ONE_INDEX)
def test_a_sum_without_an_index_is_over_the_one_that_stands_in_it(latex, plain):
    found, known = read_formula(latex)
    assert found.term == read_plain(plain, known.scope), known.write(found.term)
    assert any("the one index in it" in sentence for sentence in found.assumed)


@pytest.mark.parametrize("latex", [r"\sum p(x) \log q_i(x) = 0", r"\sum \sum p_{ij} = 1", r"\sum_i \sum_j p_{ij} = 1"])
def test_with_other_names_that_it_may_be_over_none_is_given(latex):
    try:
        found, _ = read_formula(latex)
    except ReadError:
        return
    assert not any("the one index in it" in sentence for sentence in found.assumed)


OBSERVATIONS = [
    (r"-\sum y \log \hat{y} = 0", "-sum(i in 1..n, y[i]*log(y_hat[i])) = 0"),
    (
        r"\sum -y \log \hat{y} - (1-y)\log(1-\hat{y}) = 0",
        "sum(i in 1..n, -(y[i]*log(y_hat[i])) - (1 - y[i])*log(1 - y_hat[i])) = 0",
    ),
    (
        r"\sum y \log \hat{y} + \sum (1-y) \log (1-\hat{y}) = 0",
        "sum(i in 1..n, y[i]*log(y_hat[i])) + sum(i in 1..n, (1 - y[i])*log(1 - y_hat[i])) = 0",
    ),
    (r"\sum y \log \hat{y} + \lambda = 0", "sum(i in 1..n, y[i]*log(y_hat[i])) + lambda = 0"),
]


@pytest.mark.parametrize(("latex", "plain"), OBSERVATIONS)
def test_a_sum_of_labels_and_their_estimates_is_over_observations(latex, plain):
    found, known = read_formula(latex)
    assert found.term == read_plain(plain, known.scope), known.write(found.term)
    assert any("over observations i" in sentence for sentence in found.assumed)


@pytest.mark.parametrize(
    "latex", [r"\sum y \log z = 0", r"\sum p \log \hat{p} = 0", r"\sum y \log \hat{y}_j = 0", r"\sum p(y) \log \hat{y} = 0"]
)
def test_a_sum_of_anything_else_is_over_no_observations(latex):
    try:
        found, _ = read_formula(latex)
    except ReadError:
        return
    assert not any("over observations" in sentence for sentence in found.assumed)
