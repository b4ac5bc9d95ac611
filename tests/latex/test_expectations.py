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
