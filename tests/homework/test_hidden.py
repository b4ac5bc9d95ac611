from symkl.homework.hidden import HiddenDerivatives, factor_by_factor, has_hidden
from symkl.language.latex import read_latex
from symkl.theory.setting import setting

KNOWN = setting(["y, z, t real", "L function"])


def term(text):
    return read_latex(text, KNOWN.scope).term


def test_what_does_not_show_its_variable_is_hidden():
    assert has_hidden(term(r"\frac{\partial L(y)}{\partial z}"), KNOWN)
    assert has_hidden(term(r"\frac{\partial y}{\partial z}"), KNOWN)
    assert not has_hidden(term(r"\frac{\partial}{\partial z} z^2"), KNOWN)


def test_the_chain_rule_joins():
    hidden = HiddenDerivatives(KNOWN)
    joined = hidden.replaced(term(r"\frac{\partial L(y)}{\partial y}\frac{\partial y}{\partial z}"))
    assert joined == hidden.replaced(term(r"\frac{\partial L(y)}{\partial z}"))


def test_different_derivatives_are_different_names():
    hidden = HiddenDerivatives(KNOWN)
    assert hidden.replaced(term(r"\frac{\partial y}{\partial z}")) != hidden.replaced(term(r"\frac{\partial y}{\partial t}"))


def test_factors_are_not_lost():
    product = term(r"\frac{\partial L(y)}{\partial y}\frac{\partial y}{\partial z}")
    assert factor_by_factor(product, term("(1 - t) y"))
    assert not factor_by_factor(product, term("1 - t"))
