"""The plain reader and writer: what is written reads back, and no text does worse than a named error."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strategies import SETTING, SETTING_IN_BASE_A, SETTING_IN_BITS, statements, terms

from symkl.errors import ReadError, SymklError
from symkl.language.plain_reader import read_plain
from symkl.language.plain_writer import write_plain
from symkl.language.scope import Scope
from symkl.language.term import (
    Alphabet,
    Delta,
    Exp,
    Expectation,
    Law,
    Log,
    Mass,
    Measure,
    Negation,
    Number,
    Outcome,
    Outcomes,
    Plus,
    Power,
    Quotient,
    RandomVariable,
    Range,
    Sum,
    Symbol,
    Term,
    Times,
    Value,
)
from symkl.theory.setting import Setting, setting

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

COINS = setting(["P ~ Bernoulli(p)", "Q ~ Bernoulli(q)"])
LISTS = setting(["P, Q on {1..n}", "0 < t < 1", "z real on {1..n}", "f function", "pi on {1..k}", "S on A"])
JOINT = setting(["X, Y, Z ~ p(x,y,z)"])
TWO_JOINTS = setting(["p(x,y), q(x,y) joint laws"])
LATENT = setting(["q(z), p(x,z), p(x), p(z|x) masses"])
DENSITIES = setting(["p, q densities of x"])
FREE = Scope(numbers=frozenset("abcpqrxyz"))


@settings(max_examples=300, suppress_health_check=SLOW)
@given(terms())
def test_a_written_term_reads_back(term: Term) -> None:
    text = SETTING.write(term)
    assert read_plain(text, SETTING.scope) == term, text


@settings(max_examples=100, suppress_health_check=SLOW)
@given(statements())
def test_a_written_statement_reads_back(statement: Term) -> None:
    assert read_plain(SETTING.write(statement), SETTING.scope) == statement


@pytest.mark.parametrize("other", [SETTING_IN_BITS, SETTING_IN_BASE_A], ids=["bits", "base a"])
@settings(max_examples=80, suppress_health_check=SLOW)
@given(term=terms())
def test_a_term_written_in_another_base_reads_back(other: Setting, term: Term) -> None:
    assert read_plain(other.write(term), other.scope) == term


# What each form of the grammar means


def read(text: str, where: Setting | Scope = FREE) -> Term:
    return read_plain(text, where if isinstance(where, Scope) else where.scope)


A, B, C = Symbol("a"), Symbol("b"), Symbol("c")
HALF = Number(Fraction(1, 2))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b - c", Plus(A, B, Negation(C))),
        ("a - (b - c)", Plus(A, Negation(Plus(B, Negation(C))))),
        ("(a + b) + c", Plus(Plus(A, B), C)),
        ("-a*b", Negation(Times(A, B))),
        ("(-a)*b", Times(Negation(A), B)),
        ("a*-b", Times(A, Negation(B))),
        ("-a^2", Negation(Power(A, Number(2)))),
        ("(-a)^2", Power(Negation(A), Number(2))),
        ("a^b^c", Power(A, Power(B, C))),
        ("a^-b", Power(A, Negation(B))),
        ("a/b/c", Quotient(Quotient(A, B), C)),
        ("a/b*c", Times(Quotient(A, B), C)),
        ("a*b/c", Quotient(Times(A, B), C)),
        ("a/(b*c)", Quotient(A, Times(B, C))),
        ("1/2", HALF),
        ("1/2*a", Times(HALF, A)),
        ("2/4", Quotient(Number(2), Number(4))),
        ("1/2^2", Quotient(Number(1), Power(Number(2), Number(2)))),
        ("a^1/2", Quotient(Power(A, Number(1)), Number(2))),
        ("sqrt(a)", Power(A, HALF)),
        ("--a", Negation(Negation(A))),
        ("a--b", Plus(A, Negation(Negation(B)))),
        ("log(a)", Log(A)),
        ("ln(a)", Log(A)),
        ("log2(a)", Log(A, Number(2))),
        ("log10(a)", Log(A, Number(10))),
        ("log[b](a)", Log(A, B)),
        ("exp(a)", Exp(A)),
    ],
)
def test_arithmetic_keeps_its_written_form(text: str, tree: Term) -> None:
    assert read(text) == tree


def test_a_decimal_is_exact_and_keeps_its_digits() -> None:
    number = read("0.50")
    assert number == read("1/2")
    assert write_plain(number) == "0.50"


def test_a_given_base_is_what_bare_log_means() -> None:
    bits = setting(["a > 0", "log base 2"])
    assert read("log(a)", bits) == Log(A, Number(2))
    assert read("ln(a)", bits) == Log(A)


@pytest.mark.parametrize("spelling", ["P(H)", "P(1)"])
def test_a_coin_shows_heads_under_either_name(spelling: str) -> None:
    assert read(spelling, COINS) == COINS.scope.laws["P"].mass(Outcome("H"))


def test_a_coins_alphabet_has_two_spellings() -> None:
    assert read("sum(i in {1, 0}, P(i))", COINS) == read("sum(i in {H, T}, P(i))", COINS) == read("sum(i, P(i))", COINS)


def test_another_laws_numbers_stay_numbers_beside_a_coin() -> None:
    both = setting(["P ~ Bernoulli(p)", "R on {1..3}"])
    assert read("r[1]", both) == both.scope.laws["R"].mass(Number(1))
    assert read("sum(i in {1, 2}, r[i])", both).args[0] == Outcomes(Number(1), Number(2))


@pytest.mark.parametrize(
    ("text", "same"), [("p_i", "p[i]"), ("p_1", "p[1]"), ("P(i)", "p[i]"), ("pi_k", "pi[k]"), ("p(2)", "p[2]")]
)
def test_a_mass_has_several_spellings(text: str, same: str) -> None:
    assert read(text, LISTS) == read(same, LISTS)
    assert isinstance(read(text, LISTS), Mass)


def test_reading_elaborates_which_variables_a_mass_is_of() -> None:
    marginals = {text: read(text, JOINT).marginal for text in ("p(x)", "p(y)", "p(y|x)", "p(x,z|y)", "p(y,x)")}  # type: ignore[attr-defined]
    assert [(m.of, m.given) for m in marginals.values()] == [
        (("X",), ()),
        (("Y",), ()),
        (("Y",), ("X",)),
        (("X", "Z"), ("Y",)),
        (("Y", "X"), ()),
    ]


def test_the_alphabet_decides_which_marginal_a_mass_is() -> None:
    assert read("sum(a in X, p(a))", JOINT) == read("sum(x, p(x))", JOINT)
    assert read("sum(x in Y, p(x))", JOINT) == read("sum(y, p(y))", JOINT)
    assert read("E[y ~ p(x)](log(p(y)))", JOINT) == read("E[x ~ p(x)](log(p(x)))", JOINT)


def test_entropies_of_different_variables_are_different_terms() -> None:
    assert read("sum(x, p(x)*log(p(x)))", JOINT) != read("sum(y, p(y)*log(p(y)))", JOINT)


@pytest.mark.parametrize(
    ("text", "where", "domain"),
    [
        ("sum(x, p(x))", JOINT, Alphabet("X")),
        ("sum(i, p[i])", setting(["P on {1..n}"]), Range(Number(1), Symbol("n"))),
        ("sum(a, s[a])", LISTS, Alphabet("A")),
        ("sum(i in {1..n}, p[i])", LISTS, Range(Number(1), Symbol("n"))),
        ("sum(i in 0..n - 1, i)", LISTS, Range(Number(0), Plus(Symbol("n"), Negation(Number(1))))),
        ("int(x, p(x))", DENSITIES, Alphabet("X")),
    ],
)
def test_a_binder_stores_its_alphabet(text: str, where: Setting, domain: Term) -> None:
    assert read(text, where).args[0] == domain


@pytest.mark.parametrize(
    ("text", "where", "name", "heads"),
    [
        ("H(P)", LISTS, "H", [Law]),
        ("H(p)", LISTS, "H", [Law]),
        ("H(P, Q)", LISTS, "H", [Law, Law]),
        ("H(X)", JOINT, "H", [RandomVariable]),
        ("H(X, Y | Z)", JOINT, "H", [RandomVariable] * 3),
        ("H(p)", COINS, "H", [Symbol]),
        ("h(1/3)", COINS, "h", [Number]),
        ("H(P(H))", COINS, "H", [Mass]),
        ("H(p[1])", LISTS, "H", [Mass]),
        ("h(p)", DENSITIES, "h", [Law]),
        ("KL(P || Q)", LISTS, "KL", [Law, Law]),
        ("KL(p(x,y) || q(x)*q(y))", TWO_JOINTS, "KL", [Law, Times]),
        ("KL(p(y|x) || q(y|x) | p(x))", TWO_JOINTS, "KL", [Law, Law, Law]),
        ("KL(q(z) || p(z|x))", LATENT, "KL", [Law, Law]),
        ("I(X; Y)", JOINT, "I", [RandomVariable] * 2),
        ("I(X, Y; Z)", JOINT, "I", [RandomVariable] * 3),
        ("I(X; Y | Z)", JOINT, "I", [RandomVariable] * 3),
        ("JS(P || Q)", LISTS, "JS", [Law, Law]),
        ("JS[t](P || Q)", LISTS, "JS", [Symbol, Law, Law]),
        ("H((P + Q)/2)", LISTS, "H", [Quotient]),
        ("H(t*P + (1-t)*Q)", LISTS, "H", [Plus]),
    ],
)
def test_measures_by_the_kinds_of_their_arguments(text: str, where: Setting, name: str, heads: list[type]) -> None:
    measure = read(text, where)
    assert isinstance(measure, Measure)
    assert (measure.name, [type(a) for a in measure.args]) == (name, heads)


def test_the_average_of_a_conditional_divergence_binds_its_condition() -> None:
    averaged = read("KL(p(y|x) || q(y|x) | p(x))", TWO_JOINTS)
    at_x = read("KL(p(y|x) || q(y|x))", TWO_JOINTS)
    assert [law.args for law in averaged.args] == [(), (), ()]
    assert at_x.args[0].args == (Value("x"),)


def test_expectations_and_deltas() -> None:
    expectation = read("E[i ~ P](q[i]/p[i])", LISTS)
    assert isinstance(expectation, Expectation)
    assert isinstance(expectation.domains[0], Law)
    assert read("delta(i, 1)", LISTS) == Delta(Value("i"), Number(1))


def test_labels_and_relations() -> None:
    assert write_plain(read('label(a + b, "Term 1") = c <= 1')) == 'label(a + b, "Term 1") = c <= 1'
    assert write_plain(read("label(a, H(P))", setting(["P on {1..n}", "a > 0"]))) == "label(a, H(P))"


# What is refused, and with which words


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", FREE, "found the end"),
        ("a b", FREE, "needs its '*'"),
        ("2a", FREE, "needs its '*'"),
        ("a**b", FREE, "found '*'"),
        ("(a", FREE, "close the bracket"),
        ("a)", FREE, "found ')'"),
        ("a §", FREE, "has no meaning here"),
        ("a(1 - b)", FREE, "write a*(...)"),
        ("w", FREE, "'0 < w < 1'"),
        ("log a", FREE, "needs its brackets"),
        ("W", FREE, "W on {1..n}"),
        ("H(W)", FREE, "a random variable"),
        ("P", COINS, "is a law; a number is needed"),
        ("log(P)", COINS, "is a law; a number is needed"),
        ("H + 1", COINS, "is an outcome"),
        ("P(2)", COINS, "no value at 2"),
        ("P(p)", COINS, "no value at p"),
        ("p[0]", LISTS, "no value at 0"),
        ("p[1/2]", LISTS, "no value at 1/2"),
        ("p[1,2]", LISTS, "do not say which are meant"),
        ("sum(i in W, p[i])", LISTS, "no alphabet"),
        ("sum(i in 1..n, i in 1..n, p[i])", LISTS, "bound twice"),
        ("sum(w, p(w))", JOINT, "write 'w in ...'"),
        ("p(x,x)", JOINT, "do not say which are meant"),
        ("p(x|y|z)", JOINT, "one conditional bar"),
        ("p(X)", JOINT, "is a random variable"),
        ("X", JOINT, "is a random variable; a number is needed"),
        ("H(X, p)", JOINT, "mixes laws and random variables"),
        ("int(x, p(x))", JOINT, "write sum(...)"),
        ("sum(x, p(x))", DENSITIES, "write int(...)"),
        ("KL(P, Q)", LISTS, "KL(P || Q)"),
        ("KL(P || t)", LISTS, "between laws"),
        ("I(X | Y)", JOINT, "I(X; Y)"),
        ("I(P; Q)", LISTS, "random variables"),
        ("H(P, t)", LISTS, "of laws or of random variables"),
        ("H(1 - P)", LISTS, "a law plus a number"),
        ("H(P/Q)", LISTS, "divided by a law"),
        ("H(P^2)", LISTS, "a power of a law"),
        ("H[P]", LISTS, "round brackets"),
        ("E[x ~ 1](2)", LISTS, "under a law"),
        ("E[P](1)", LISTS, "'~'"),
        ("diff(t, 2)", LISTS, "by a number or by one entry"),
        ("argmin[w](t)", LISTS, "not declared"),
        ("argmin(t)", LISTS, "'['"),
        ('label(t, "a', LISTS, "has no meaning"),
        ("t = ", LISTS, "found the end"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_place(text: str, where: Setting | Scope, words: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text, where)
    assert words in refused.value.reason
    assert "^" in str(refused.value)
    assert 0 <= refused.value.start <= len(text)


def test_a_misspelled_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ReadError, match="is 'theta' meant"):
        read("thetta", setting(["theta > 0"]))


# Text of any kind

WORDS = ["sum(", "i", "p[", "]", "(", ")", "H(", "KL(", "E[x", "](", "log", "log[", "diff(", "f(", "label(", "delta("]
WORDS += ["argmin[t](", "1..n", "..", "{", "}", "1", "0.5", "P", "p", "q", "x", "t", "X"]
SIGNS = [", ", " in ", " || ", " | ", " ~ ", "*", "/", "+", "-", "^", "=", "<=", '"w"']
PIECES = st.sampled_from([*WORDS, *SIGNS])


@settings(max_examples=400)
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=40)))
@example("sum(i in {1..}, 1)")
@example("p[" * 3)
@example("0." + "1" * 5000)
@example("1" * 5000)
def test_no_text_does_worse_than_a_named_error(text: str) -> None:
    for where in (LISTS, JOINT, COINS, Setting(scope=Scope(lenient=True))):
        try:
            term = read(text, where)
        except SymklError as refused:
            assert str(refused)
            continue
        hash(term)
        where.write(term)


NESTS = ["(@)", "-@", "a^@", "a^-@", "log(@)", "a/@", "sum(i in 1..n, @)", "H(@)", "1/(1+@)", "p[@]", "log[@](a)", "|@|", "f(@)"]
NESTS += ["sum(i in {@}, 1)", 'label(@, "")', "E[i ~ P](@)"]


@pytest.mark.parametrize("count", [100, 10_000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [tuple(pair.split("@")) for pair in NESTS],
)
def test_deep_nesting_is_refused(opening: str, closing: str, count: int) -> None:
    where = setting(["P on {1..n}", "a > 0", "f function"])
    with pytest.raises(ReadError):
        read(opening * (count + 10) + "a" + closing * (count + 10), where)


def test_nesting_below_the_limit_survives_every_walk() -> None:
    where = setting(["a > 0"])
    for text in ("(" * 97 + "a" + ")" * 97, "log(" * 97 + "a" + ")" * 97, "(" * 40 + "a" + "/a" * 50 + ")/a" * 40):
        term = read(text, where)
        assert hash(term) == hash(read(text, where))
        assert term == read(text, where)
        assert where.write(term)


def test_chains_of_quotients_inside_brackets_are_refused() -> None:
    text = "a"
    for _ in range(60):
        text = f"({text})" + "/a" * 50
    with pytest.raises(ReadError, match="Nested deeper"):
        read(text)


@pytest.mark.parametrize("joint", [" + ", " - ", "*", " = "])
def test_reading_is_linear_in_the_length(joint: str) -> None:
    def seconds(count: int) -> float:
        text = joint.join(["a*b + c" if joint == " = " else "a"] * count)
        start = time.perf_counter()
        read(text)
        return time.perf_counter() - start

    seconds(100)
    short, long = min(seconds(1000) for _ in range(3)), min(seconds(10_000) for _ in range(2))
    assert long < 30 * short


def test_a_sum_of_ten_thousand_terms_reads_back() -> None:
    term = read(" + ".join(["a*b"] * 10_000))
    assert len(term.args) == 10_000
    assert read(write_plain(term)) == term


def test_a_term_without_a_spelling_is_named() -> None:
    class Unheard(Term):
        __slots__ = ()

    with pytest.raises(TypeError, match="Unheard"):
        write_plain(Unheard())


def test_sums_may_reuse_a_bound_name() -> None:
    term = read("sum(x, y, p(x,y)*sum(y, x, p(x,y)))", JOINT)
    assert isinstance(term, Sum)
    assert read(JOINT.write(term), JOINT) == term
