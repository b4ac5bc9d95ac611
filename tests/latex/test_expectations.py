import pytest

import symkl
from symkl.errors import ReadError
from symkl.language.plain_reader import read_plain
from symkl.theory.reading import read_formula

BARE = r"KL(q(z) \| p(z|x)) = E[\log q(z)] - E[\log p(z|x)]"


def test_among_two_laws_a_bare_mean_is_a_choice_and_all_of_them_change_together():
    found, known = read_formula(BARE)
    under_q = read_plain("KL(q(z) || p(z|x)) = E[z ~ q(z)](log(q(z))) - E[z ~ q(z)](log(p(z|x)))", known.scope)
    assert under_q in found.rivals
    assert symkl.prove(BARE).verdict != "refuted"


def test_among_three_laws_it_is_refused():
    with pytest.raises(ReadError, match="may be under"):
        read_formula(r"KL(q(z) \| p(z)) + KL(r(z) \| p(z)) = E[\log q(z)]")


def test_with_one_law_there_is_no_choice():
    found, known = read_formula(r"H(X) = \mathbb{E}[-\log p(x)]")
    assert found.term == read_plain("H(X) = E[x ~ p(x)](-log(p(x)))", known.scope)
    assert not found.rivals


@pytest.mark.parametrize(
    "mean",
    [
        r"\underset{x\sim p}{\mathbb{E}}",
        r"\mathop{\mathbb{E}}_{x\sim p}",
        r"\mathop{\mathbb{E}}\limits_{x\sim p}",
        r"\mathop{\textbf{E}}_{x\sim p}",
        r"\operatorname*{\mathbb{E}}_{x\sim p}",
        r"\underset{x\sim p}{\text{E}}",
    ],
)
def test_what_stands_under_the_sign_is_its_law(mean):
    found, known = read_formula(rf"{mean}[\log q(x)]")
    assert found.term == read_plain("E[x ~ p(x)](log(q(x)))", known.scope)


OPEN = [
    (r"H(p(\cdot|x)) = -\sum_y p(y|x)\log p(y|x)", "H(p(y|x)) = -sum(y, p(y|x)*log(p(y|x)))"),
    (r"D(\pi(\cdot|s)\|\pi_0(\cdot|s)) \ge 0", "KL(pi(a|s) || pi_0(a|s)) >= 0"),
    (
        r"V(s') = \mathbb{E}_{a' \sim \pi(\cdot|s')}[Q(s',a') - \log \pi(a'|s')]",
        "V(s') = E[a' ~ pi(a|s')](Q(s', a') - log(pi(a'|s')))",
    ),
    (r"\mathbb{E}_{z \sim p}[\log p(x,z|\theta)]", "E[z ~ p(z|theta)](log(p(x,z|theta)))"),
]


@pytest.mark.parametrize(("latex", "plain"), OPEN)
def test_a_law_whose_values_are_left_open(latex, plain):
    found, known = read_formula(latex)
    assert known.write(found.term) == plain


def test_a_law_left_open_is_no_number():
    with pytest.raises(ReadError, match="left open"):
        read_formula(r"\log p(\cdot|x) + H(p(\cdot|x))")


NAMES = [
    (r"Q(\theta|\theta') = E_{Z|X,\theta'}[\log P(X,Z|\theta)]", "Q(theta, theta') = E[z ~ P(z|x,theta')](log(P(x,z|theta)))"),
    (r"\mathbb{E}_{X,Y}[\log p(x|y)] = -H(X|Y)", "E[x, y ~ p(x,y)](log(p(x|y))) = -H(X | Y)"),
    (r"\mathbb{E}_{z|x}[\log p(x,z)]", "E[z ~ p(z|x)](log(p(x,z)))"),
    (
        r"\mathbb{E}_\theta[\frac{\partial}{\partial\theta}\log p(X;\theta)] = 0",
        "E[x ~ p_theta(x)](diff(log(p_theta(x)), theta)) = 0",
    ),
]


@pytest.mark.parametrize(("latex", "plain"), NAMES)
def test_a_mean_by_the_names_of_values(latex, plain):
    found, known = read_formula(latex)
    assert known.write(found.term) == plain


def test_a_mean_by_names_of_two_laws_is_refused():
    with pytest.raises(ReadError, match="under a law"):
        read_formula(r"\mathbb{E}_{z|x}[\log p(x,z) - \log q(z|x)]")
