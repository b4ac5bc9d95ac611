"""Terms to SymPy and back: equal in value, in our forms, and refused where there is no image."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import mpmath
import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import ON_N, rational_terms
from tools import evaluate, spread

from symkl.errors import NoImage
from symkl.interop.sympy_terms import from_sympy, to_sympy
from symkl.language.plain_reader import read_plain
from symkl.language.plain_writer import write_plain
from symkl.language.term import (
    Abs,
    Exp,
    Log,
    Mass,
    Negation,
    Number,
    Plus,
    Power,
    Quotient,
    Symbol,
    Term,
    Times,
    signed,
    substitute,
)
from symkl.theory.setting import Setting, setting

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
LISTS = setting(["P, Q on {1..n}", "z real on {1..n}", "k integer", "f function", "a > 0; b > 0"])
COINS = setting(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"])
JOINT = setting(["X, Y ~ p(x,y)"])
VECTORS = setting(["P, Q on {1..n}"])

x, y, z = sympy.symbols("x y z")
F_OF_A = sympy.Function("f")(sympy.Symbol("a"))


# Equal in value


@settings(max_examples=150, suppress_health_check=SLOW)
@given(rational_terms(), st.fixed_dictionaries({name: st.integers(1, 3).map(Fraction) for name in "sij"}))
def test_rational_terms_keep_their_value_both_ways(term: Term, point: dict[str, Fraction]) -> None:
    closed = substitute(term, {name: signed(value) for name, value in point.items()})
    image = to_sympy(closed, VECTORS)
    here = evaluate(closed, {})
    assert evaluate(from_sympy(image, VECTORS), {}) == here
    masses = {to_sympy(law.mass(Number(k)), VECTORS): spread(law.mass(Number(k)), (k,)) for law in ON_N[:2] for k in range(5)}
    there = image.doit().subs({mass: sympy.Rational(v.numerator, v.denominator) for mass, v in masses.items()})
    assert sympy.nsimplify(sympy.expand(there), rational=True) == sympy.Rational(here.numerator, here.denominator)


def analytic_terms(depth: int = 4) -> st.SearchStrategy[Term]:
    """Terms of logs, exponentials and arithmetic over two positive numbers."""
    leaf = st.one_of(st.sampled_from("ab").map(Symbol), st.integers(0, 3).map(Number), st.just(Number(Fraction(1, 3))))

    def larger(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        return st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: Plus(*parts)),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: Times(*parts)),
            st.builds(Quotient, inner, inner),
            st.builds(Negation, inner),
            st.builds(Log, inner),
            st.builds(Log, inner, st.just(Number(2))),
            st.builds(Exp, inner),
            st.builds(Abs, inner),
            st.builds(Power, inner, st.sampled_from([Number(2), Negation(Number(1)), Number(Fraction(1, 2)), Symbol("b")])),
        )

    return st.recursive(leaf, larger, max_leaves=3 * depth)


def real_value(term: Term, point: dict[str, Fraction]) -> mpmath.mpf:
    """The value of an analytic term; ValueError where it is not a real number of moderate size."""
    match term:
        case Number(value):
            found = mpmath.mpf(value.numerator) / value.denominator
        case Symbol(name):
            found = mpmath.mpf(point[name].numerator) / point[name].denominator
        case Plus(parts):
            found = mpmath.fsum(real_value(part, point) for part in parts)
        case Times(parts):
            found = mpmath.fprod(real_value(part, point) for part in parts)
        case Quotient(above, below):
            found = real_value(above, point) / _away_from_zero(real_value(below, point))
        case Negation(inner):
            found = -real_value(inner, point)
        case Log(argument, base):
            natural = mpmath.log(_positive(real_value(argument, point)))
            found = natural if base != Number(2) else natural / mpmath.log(2)
        case Exp(argument):
            found = mpmath.exp(_moderate(real_value(argument, point)))
        case Abs(argument):
            found = abs(real_value(argument, point))
        case Power(base, exponent):
            found = mpmath.power(_positive(real_value(base, point)), real_value(exponent, point))
        case _:
            raise TypeError(type(term).__name__)
    return _moderate(found)


def _moderate(value: mpmath.mpf) -> mpmath.mpf:
    if abs(value) > 1e6:
        raise ValueError("large")
    return value


def _positive(value: mpmath.mpf) -> mpmath.mpf:
    if value < 1e-6:
        raise ValueError("not positive")
    return value


def _away_from_zero(value: mpmath.mpf) -> mpmath.mpf:
    if abs(value) < 1e-6:
        raise ValueError("zero")
    return value


@settings(max_examples=150, suppress_health_check=SLOW)
@given(analytic_terms())
def test_analytic_terms_keep_their_value_both_ways(term: Term) -> None:
    point = {"a": Fraction(3, 7), "b": Fraction(5, 2)}
    with mpmath.workdps(60):
        try:
            expected = real_value(term, point)
        except ValueError:
            assume(False)
        image = to_sympy(term, LISTS)
        values = {to_sympy(Symbol(name), LISTS): sympy.Rational(v.numerator, v.denominator) for name, v in point.items()}
        there = sympy.N(image.subs(values), 50)
        again = real_value(from_sympy(image, LISTS), point)
        assert abs(mpmath.mpf(str(there)) - expected) < 1e-30
        assert abs(again - expected) < 1e-30


# In our forms


@pytest.mark.parametrize(
    ("plain", "where"),
    [
        ("a - b", LISTS),
        ("-a - b", LISTS),
        ("a/b", LISTS),
        ("a*b/(a + b)", LISTS),
        ("1/2*a", LISTS),
        ("a*log(a/b) + (1 - a)*log((1 - a)/(1 - b))", LISTS),
        ("sum(i in 1..n, p[i]*log(p[i]/q[i]))", LISTS),
        ("sum(i in 1..n, j in 1..3, p[i]*q[j])", LISTS),
        ("prod(i in 1..n, p[i])", LISTS),
        ("diff(log(sum(j in 1..n, exp(z[j]))), z[k])", LISTS),
        ("diff(diff(a*log(b), b), b)", LISTS),
        ("f(a, b) = 1", LISTS),
        ("a <= b", LISTS),
        ("p[k]/p[1]", LISTS),
        ("P(H)*log(P(H)/Q(H))", COINS),
        ("p(x,y)*log(p(y|x)) - log(p(x))", JOINT),
        ("log(size(X))", JOINT),
    ],
)
def test_what_goes_over_comes_back_the_same(plain: str, where: Setting) -> None:
    term = read_plain(plain, where.scope)
    assert from_sympy(to_sympy(term, where), where) == term


@pytest.mark.parametrize(
    ("expression", "plain"),
    [
        (x - y, "x - y"),
        (x / y, "x/y"),
        (-x / (2 * y), "-1/2*x/y"),
        (1 / x, "1/x"),
        (x**-2, "1/x^2"),
        (sympy.sqrt(x), "x^(1/2)"),
        (x * y / z, "x*y/z"),
        (sympy.Rational(-3, 2), "-3/2"),
        (sympy.E, "e"),
        (sympy.exp(-x), "exp(-x)"),
        (sympy.log(x, 2), "log(x)/log2_"),
        (sympy.Eq(x, 2 * y), "x = 2*y"),
        (sympy.Ne(x, y), "x != y"),
        (x < y, "x < y"),
        (sympy.Abs(x), "abs(x)"),
        (sympy.Function("f")(x), "f(x)"),
        (sympy.IndexedBase("w")[sympy.Symbol("i")], "w[i]"),
        (sympy.Sum(x * y, (x, 1, y), (y, 1, 3)), "sum(y in 1..3, sum(x in 1..y, x*y))"),
        (sympy.Sum(x, (x, 1, 2), (x, 1, 3)), "sum(x in 1..3, sum(x in 1..2, x))"),
        (sympy.Derivative(x * y, x, y), "diff(diff(x*y, x), y)"),
        ("a - b", "a - b"),
        (3, "3"),
    ],
)
def test_sympys_own_forms_become_ours(expression: object, plain: str) -> None:
    assert write_plain(from_sympy(expression)) == plain.replace("log2_", "log(2)")


def test_without_a_setting_an_index_is_a_value() -> None:
    mass = from_sympy(sympy.IndexedBase("w")[sympy.Symbol("i")])
    assert isinstance(mass, Mass)
    assert mass.marginal.law == "w"


# What has no image


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (sympy.Float("0.5"), "float"),
        (sympy.oo, "Infinity"),
        (sympy.nan, "NaN"),
        (sympy.I * x, "ImaginaryUnit"),
        (sympy.sin(x), "sin"),
        (sympy.Max(x, y), "Max"),
        (sympy.true, "BooleanTrue"),
        (sympy.And(x < y, y < z), "And"),
        (sympy.Integral(x, (x, 0, 1)), "Integral"),
        (sympy.Sum(x, (x, 1, sympy.oo)), "finite range"),
        (sympy.Piecewise((1, x > 0), (2, True)), "Piecewise"),
        (sympy.Matrix([1]), "Matrix"),
        (sympy.Symbol("x y"), "no name"),
        ([x], "list"),
        ("1 +", "does not understand"),
    ],
)
def test_what_the_language_does_not_have_is_refused(expression: object, words: str) -> None:
    with pytest.raises(NoImage, match=words):
        from_sympy(expression)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (x, "number x"),
        (sympy.Function("g")(1), "function g"),
        (sympy.IndexedBase("w")[1], "declares w"),
        (sympy.IndexedBase("p")[1, 2], "2 index"),
        (
            sympy.Derivative(sympy.Function("f")(sympy.Symbol("a")) ** 2, sympy.Function("f")(sympy.Symbol("a"))),
            "derivative is by",
        ),
    ],
)
def test_under_a_setting_names_have_to_be_declared(expression: object, words: str) -> None:
    with pytest.raises(NoImage, match=words):
        from_sympy(expression, LISTS)


def test_deep_expressions_are_refused() -> None:
    deep = x
    for _ in range(150):
        deep = sympy.log(deep + 1, evaluate=False)
    with pytest.raises(NoImage, match="nests deeper"):
        from_sympy(deep)


def test_without_sympy_the_reason_is_said() -> None:
    code = (
        "import sys; sys.modules['sympy'] = None\n"
        "from symkl.errors import NoImage\n"
        "from symkl.interop.sympy_terms import to_sympy\n"
        "from symkl.language.term import Symbol\n"
        "try: to_sympy(Symbol('p'))\n"
        "except NoImage as error: sys.exit(0 if 'not installed' in str(error) else 2)\n"
        "sys.exit(1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
