"""The SymPy text of terms: it reads back, keeps the written form, and says where there is none."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sympy
from hypothesis import HealthCheck, given, settings
from strategies import SETTING, terms

from symkl.errors import NoImage
from symkl.interop.sympy_terms import to_sympy
from symkl.interop.sympy_text import sympy_text
from symkl.language.plain_reader import read_plain
from symkl.language.term import Constant, Negation, Number, Plus, Term
from symkl.theory.setting import Setting, setting

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
NUMBERS = setting(["0 < p < 1", "q > 0", "r real", "k integer"])
COINS = setting(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"])
LISTS = setting(["P, Q on {1..n}", "z real on {1..n}"])
JOINT = setting(["X, Y ~ p(x,y)"])


def text(plain: str, where: Setting = NUMBERS) -> str:
    return sympy_text(read_plain(plain, where.scope), where)


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("p + q - r", "p + q - r"),
        ("q - p", "q - p"),
        ("(p + q) + r", "(p + q) + r"),
        ("p*(q - r)", "p*(q - r)"),
        ("p/q", "p/q"),
        ("1/p", "1/p"),
        ("p*log(p/q)", "p*log(p/q)"),
        ("log(p*q)", "log(p*q)"),
        ("log(1)", "log(1)"),
        ("exp(log(p))", "exp(log(p))"),
        ("2 + 3", "2 + 3"),
        ("0*p", "0*p"),
        ("p - p", "p - p"),
        ("|-p|", "Abs(-p)"),
        ("log2(p)", "log(p)/log(2)"),
        ("diff(p*q, q)", "Derivative(p*q, q)"),
        ("p = q", "Eq(p, q)"),
        ("p <= 1", "p <= 1"),
        ("e", "E"),
        ('label(p, "it")', "p"),
    ],
)
def test_nothing_is_evaluated(plain: str, printed: str) -> None:
    assert sympy.sstr(sympy.sympify(text(plain)), order="none") == printed


def test_givens_become_assumptions() -> None:
    assert text("p") == "Symbol('p', positive=True)"
    assert text("k") == "Symbol('k', integer=True)"
    assert text("r") == "Symbol('r')"
    assert text("n", LISTS) == "Symbol('n', integer=True, positive=True)"
    assert text("p[1]", LISTS) == "Indexed(IndexedBase('p', positive=True), Integer(1))"
    assert text("z[1]", LISTS) == "Indexed(IndexedBase('z'), Integer(1))"
    assert text("P(H)", COINS) == "Function('P', positive=True)(Symbol('H'))"
    assert sympy_text(read_plain("p", NUMBERS.scope)) == "Symbol('p')"


def test_different_marginals_have_different_names() -> None:
    found = {text(plain, JOINT) for plain in ("p(x)", "p(y)", "p(x,y)", "p(y,x)", "p(y|x)", "p(x|y)")}
    assert len({image.split("'")[1] for image in found}) == 6
    assert "Function('p_{Y|X}', positive=True)(Symbol('y'), Symbol('x'))" in found


def test_sums_keep_their_order_and_bind_integers() -> None:
    total = sympy.sympify(text("sum(i in 1..n, j in 1..3, p[i]*q[j])", LISTS))
    assert [str(limit[0]) for limit in total.limits] == ["j", "i"]
    assert all(limit[0].is_integer for limit in total.limits)
    assert sympy.sympify(text("sum(i in 1..3, i)", LISTS)).doit() == 6
    assert sympy.sympify(text("prod(i in 1..3, i + 1)", LISTS)).doit() == 24


@pytest.mark.parametrize(
    ("plain", "where", "reason"),
    [
        ("KL(P || Q)", LISTS, "unfold KL(P || Q)"),
        ("H(X)", JOINT, "unfold H(X)"),
        ("E[i ~ P](1)", LISTS, "as a sum first"),
        ("argmin[p](p)", NUMBERS, "no extremum"),
        ("sum(i in {H, T}, P(i))", COINS, "write the sum out"),
        ("sum(x, p(x))", JOINT, "not over X"),
        ("int(x, p(x))", setting(["p density of x"]), "limits of an integral"),
        ("p ~= q", NUMBERS, "approximate"),
    ],
)
def test_where_there_is_no_image_the_reason_is_said(plain: str, where: Setting, reason: str) -> None:
    with pytest.raises(NoImage) as refused:
        text(plain, where)
    assert reason in str(refused.value)


def test_an_unknown_constant_has_no_image() -> None:
    with pytest.raises(NoImage, match="no constant"):
        sympy_text(Constant("catalan"))


def test_what_python_cannot_read_has_no_image() -> None:
    term: Term = Number(1)
    for _ in range(200):
        term = Negation(Plus(term, Number(1)))
    with pytest.raises(NoImage, match="nests too deep"):
        sympy_text(term)


def test_deep_and_long_terms_read_back() -> None:
    deep = "log(" * 80 + "p" + ")" * 80
    long = " + ".join(["p*q"] * 2000)
    for plain in (deep, long):
        assert sympy.sympify(text(plain)) == to_sympy(read_plain(plain, NUMBERS.scope), NUMBERS)


@settings(max_examples=120, suppress_health_check=SLOW)
@given(terms())
def test_every_text_reads_back_in_sympy(term: Term) -> None:
    try:
        image = sympy_text(term, SETTING)
    except NoImage as refused:
        assert str(refused).endswith(".")
        return
    assert sympy.sympify(image) == to_sympy(term, SETTING)


def test_the_text_is_made_without_sympy() -> None:
    code = (
        "import sys; from symkl.interop.sympy_text import sympy_text; from symkl.language.term import Symbol; "
        "sympy_text(Symbol('p')); sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
