"""What givens mean together: scopes, facts, formulas, and the sets of givens that leave no model."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symkl.errors import GivenError, SymklError, UnknownName
from symkl.language.plain_reader import read_plain
from symkl.language.scope import DENSITY, MASS, POSITIVE, REAL
from symkl.language.term import Alphabet, E, Exp, Number, Outcome, Outcomes, Quotient, Range, Sum, Symbol, Value
from symkl.theory.setting import setting

UP_TO_N = Range(Number(1), Symbol("n"))


def facts(*texts: str) -> list[str]:
    found = setting(texts)
    return [found.write(fact.relation) for fact in found.facts]


# What is declared


def test_a_coin_has_a_law_its_masses_and_conditions() -> None:
    coin = setting(["P ~ Bernoulli(p)"])
    formula = coin.formulas["P"]
    assert coin.scope.laws["P"].alphabets == (Outcomes(Outcome("H"), Outcome("T")),)
    assert coin.scope.aliases == {"1": "H", "0": "T"}
    assert coin.write(formula.at(Outcome("H"))) == "p"  # type: ignore[arg-type]
    assert coin.write(formula.at(Outcome("T"))) == "1 - p"  # type: ignore[arg-type]
    assert formula.at(Value("i")) is None
    assert facts("P ~ Bernoulli(p)") == ["p > 0", "p < 1"]


def test_a_coin_may_name_its_sides() -> None:
    coin = setting(["P ~ Bernoulli(p) on {rain, sun}"])
    assert read_plain("P(rain)", coin.scope) == coin.scope.laws["P"].mass(Outcome("rain"))
    assert coin.write(coin.formulas["P"].at(Outcome("sun"))) == "1 - p"  # type: ignore[arg-type]


def test_a_law_by_the_list_of_its_masses() -> None:
    known = setting(["P ~ Categorical(1/2, a, 1/2 - a)", "Q ~ Categorical(1/4, 3/4) on {H, T}"])
    law, coin = known.scope.laws["P"], known.scope.laws["Q"]
    assert law.alphabets == (Range(Number(1), Number(3)),)
    assert law.masses == ("1/2", "a", "1/2 - a")
    assert known.formulas["P"].at(Number(2)) == Symbol("a")
    assert known.formulas["Q"].at(Outcome("T")) == Number(Fraction(3, 4))
    assert coin.masses == ("1/4", "3/4")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("P ~ Categorical(1/2, 1/4)", "the masses are not seen to sum to 1"),
        ("P ~ Categorical(1)", "takes two parameters or more, not 1"),
        ("P ~ Categorical(3/2, -1/2)", "No numbers satisfy"),
        ("P ~ Categorical(1, 0)", "No numbers satisfy"),
        ("P ~ Categorical(1/2, 1/2) on {a, b, c}", "there are 2 outcomes"),
        ("P ~ Bernoulli(p, q)", "takes 1 parameter(s), not 2"),
    ],
)
def test_a_list_that_is_no_law(text: str, reason: str) -> None:
    with pytest.raises(GivenError) as caught:
        setting([text])
    assert reason in str(caught.value)


def test_laws_on_a_range_have_a_size() -> None:
    lists = setting(["P, Q on {1..n}"])
    assert lists.scope.laws["P"].letter == "p"
    assert lists.scope.laws["Q"].alphabets == (UP_TO_N,)
    assert lists.integers == {"n"}
    assert facts("P, Q on {1..n}") == ["n >= 2"]
    assert facts("P on {0..m}") == ["m >= 1"]


def test_a_uniform_law_has_its_masses() -> None:
    uniform = setting(["U uniform on {1..n}", "V uniform on {a, b, c}", "W uniform on {0..4}"])
    written = {name: uniform.write(uniform.formulas[name].at(Value("i"))) for name in "UVW"}  # type: ignore[arg-type]
    assert written == {"U": "1/n", "V": "1/(3)", "W": "1/(5)"}


@pytest.mark.parametrize(
    ("text", "name", "entries"),
    [
        ("P on {1..n}", "P", MASS),
        ("p positive on {1..n}", "p", POSITIVE),
        ("z real on {1..n}", "z", REAL),
        ("X ~ p(x)", "p", MASS),
        ("X ~ p(x) density", "p", DENSITY),
        ("p, q densities of x", "q", DENSITY),
    ],
)
def test_what_entries_are(text: str, name: str, entries: str) -> None:
    assert setting([text]).scope.laws[name].entries == entries


def test_random_variables_have_their_joint_law() -> None:
    joint = setting(["X, Y, Z ~ p(x,y,z)", "X indep Y | Z", "X -> Z -> Y"])
    assert joint.scope.variables == {"X": "p", "Y": "p", "Z": "p"}
    assert joint.scope.laws["p"].alphabets == (Alphabet("X"), Alphabet("Y"), Alphabet("Z"))
    assert [given.text for given in (*joint.independences, *joint.chains)] == ["X indep Y | Z", "X -> Z -> Y"]


def test_of_two_joint_laws_the_variables_are_those_of_the_first() -> None:
    assert setting(["p(x,y), q(x,y) joint laws"]).scope.variables == {"X": "p", "Y": "p"}


def test_masses_that_occur_make_one_joint_law() -> None:
    latent = setting(["q(z), p(x,z), p(x), p(z|x) masses"])
    assert latent.scope.laws["p"].variables == ("X", "Z")
    assert latent.scope.laws["q"].variables == ("Z",)
    assert latent.scope.variables == {"X": "p", "Z": "p"}


def test_a_named_alphabet_is_known_by_its_name() -> None:
    assert setting(["P on A"]).scope.alphabets == {"A": Alphabet("A")}


@pytest.mark.parametrize(("text", "base"), [("log base 2", Number(2)), ("log base e", E), ("log base b", Symbol("b"))])
def test_the_base_of_a_bare_log(text: str, base: object) -> None:
    assert setting([text]).scope.log_base == base
    assert setting([]).scope.log_base == E


def test_a_base_by_name_is_more_than_one() -> None:
    assert facts("log base b") == ["b > 1"]


@pytest.mark.parametrize(
    "formula",
    [
        "q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))",
        "q_i = exp(z_i)/sum(j in 1..n, exp(z_j))",
        "Q(i) = exp(z[i])/sum(i, exp(z[i]))",
    ],
)
def test_softmax_declares_its_vector(formula: str) -> None:
    softmax = setting(["Q on {1..n}", formula])
    z = softmax.scope.laws["z"]
    assert (z.entries, z.alphabets) == (REAL, (UP_TO_N,))
    expected = Quotient(Exp(z.mass(Number(1))), Sum(["j"], [UP_TO_N], Exp(z.mass(Value("j")))))
    assert softmax.formulas["Q"].at(Number(1)) == expected
    assert softmax.scope.numbers == {"n"}


@pytest.mark.parametrize(
    "texts",
    [
        ["P, Q on {1..n}", "q[i] = p[i]"],
        ["Q on {1..n}", "q[i] = 1/n"],
        ["P, Q on {1..n}", "q[i] = p[i]^2/sum(j in 1..n, p[j]^2)"],
        ["Q on {1..n}", "q[i] = a*exp(z[i])/sum(j in 1..n, a*exp(z[j]))", "a > 0"],
    ],
)
def test_other_formulas_that_are_seen_to_be_a_law(texts: list[str]) -> None:
    assert "Q" in setting(texts).formulas


def test_order_does_not_matter() -> None:
    one = setting(["p[1] > 1/2", "P on {1..n}", "n >= 3"])
    other = setting(["n >= 3", "P on {1..n}", "p[1] > 1/2"])
    assert one.scope.laws == other.scope.laws
    assert {f.relation for f in one.facts} == {f.relation for f in other.facts}


def test_inferred_givens_are_marked() -> None:
    found = setting(["P on {1..n}; a > 0"], inferred=["Q on {1..n}"])
    assert found.texts == ("P on {1..n}", "a > 0", "Q on {1..n}")
    assert found.inferred == {"Q on {1..n}"}
    assert found.given_of("Q") == "Q on {1..n}"


@pytest.mark.parametrize(
    ("texts", "law"),
    [
        (["P ~ Bernoulli(p)"], "P"),
        (["X, Y ~ p(x,y)"], "p"),
        (["p, q masses of x"], "q"),
        (["U uniform on {1..n}"], "U"),
        (["z real on {1..n}"], "z"),
    ],
)
def test_the_given_that_declares_a_law(texts: list[str], law: str) -> None:
    assert setting(texts).given_of(law) == texts[0]


# What does not fit together


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        # parameters of families
        (["P ~ Bernoulli(1)"], ["P ~ Bernoulli(1)"]),
        (["P ~ Bernoulli(-1/2)"], ["P ~ Bernoulli(-1/2)"]),
        (["P ~ Bernoulli(p, q)"], ["P ~ Bernoulli(p, q)"]),
        (["P ~ Bernoulli()"], ["P ~ Bernoulli()"]),
        (["P ~ Bernoulli(p) on {1..2}"], ["P ~ Bernoulli(p) on {1..2}"]),
        (["P ~ Bernoulli(p)", "p = 2"], ["P ~ Bernoulli(p)", "p = 2"]),
        (["P ~ Bernoulli(p)", "P ~ Bernoulli(q)"], ["P ~ Bernoulli(p)", "P ~ Bernoulli(q)"]),
        (["P ~ Bernoulli(p)", "P(H) = 1/3", "p = 1/2"], ["P(H) = 1/3", "p = 1/2"]),
        # alphabets
        (["P on {1..1}"], ["P on {1..1}"]),
        (["P on {2..1}"], ["P on {2..1}"]),
        (["P on {1..n/2}"], ["P on {1..n/2}"]),
        (["P on {a}"], ["P on {a}"]),
        (["P on {a, a}"], ["P on {a, a}"]),
        (["P on {1..n}", "n = 1"], ["P on {1..n}", "n = 1"]),
        (["P on {1..n}", "n = 5/2"], ["n = 5/2"]),
        (["P on {1..n}", "P on {1..m}"], ["P on {1..m}"]),
        (["P ~ Bernoulli(p)", "P on {1..n}"], ["P on {1..n}"]),
        # masses
        (["P on {1..n}", "p[1] = 2"], ["p[1] = 2", "P on {1..n}"]),
        (["P on {1..n}", "p[1] = 0"], ["p[1] = 0", "P on {1..n}"]),
        (["P on {1..n}", "p[1] < 0"], ["p[1] < 0", "P on {1..n}"]),
        (["P on {1..3}", "p[4] = 1/2"], ["p[4] = 1/2"]),
        (["P on {1..3}", "p[1] > 1/2", "p[2] > 1/2"], ["p[1] > 1/2", "p[2] > 1/2", "P on {1..3}"]),
        (["P on {1..3}", "p[1] = 1/2", "p[2] = 1/2"], ["p[1] = 1/2", "p[2] = 1/2", "P on {1..3}"]),
        (["P on {1..2}", "p[1] = 1/2", "p[2] = 1/3"], ["p[1] = 1/2", "p[2] = 1/3", "P on {1..2}"]),
        (["P on {a, b}", "p[a] = p[b]", "p[a] > 1/2"], ["p[a] = p[b]", "p[a] > 1/2", "P on {a, b}"]),
        (["P on {1..n}", "p[1] + p[2] > 1"], ["p[1] + p[2] > 1", "P on {1..n}"]),
        (["p positive on {1..n}", "p[1] <= 0"], ["p[1] <= 0", "p positive on {1..n}"]),
        (["U uniform on {1..4}", "u[2] = 1/3"], ["u[2] = 1/3", "U uniform on {1..4}"]),
        (["U uniform on {1..n}", "u[1] = 1/3", "n = 2"], ["u[1] = 1/3", "n = 2", "U uniform on {1..n}"]),
        (["U uniform on {1..n}", "U on {1..m}"], ["U on {1..m}"]),
        (["p[1] > 0"], ["p[1] > 0"]),
        # numbers
        (["1 < 0"], ["1 < 0"]),
        (["1 < t < 0"], ["1 < t < 0"]),
        (["0 < t < 1", "t > 2"], ["0 < t < 1", "t > 2"]),
        (["t = 1", "t = 2"], ["t = 1", "t = 2"]),
        (["t < t"], ["t < t"]),
        (["t != t"], ["t != t"]),
        (["a >= 1", "a <= 1", "a != 1"], ["a >= 1", "a <= 1", "a != 1"]),
        (["a > b", "b > c", "c > a"], ["a > b", "b > c", "c > a"]),
        (["a + b = 1", "a > 1", "b > 0"], ["a + b = 1", "a > 1", "b > 0"]),
        (["2*a - 3*b > 1", "b = a", "a > 0"], ["2*a - 3*b > 1", "b = a", "a > 0"]),
        (["k integer", "0 < k < 1"], ["0 < k < 1", "k being an integer"]),
        (["log base b", "b < 1"], ["log base b", "b < 1"]),
        # bases
        (["log base 1"], ["log base 1"]),
        (["log base 0"], ["log base 0"]),
        (["log base 1/2"], ["log base 1/2"]),
        (["log base -2"], ["log base -2"]),
        (["log base 2", "log base e"], ["log base e"]),
        # random variables
        (["X, X ~ p(x,x)"], ["X, X ~ p(x,x)"]),
        (["p(x,x) masses"], ["p(x,x) masses"]),
        (["X, Y ~ p(x,y)", "Y, Z ~ q(y,z)"], ["Y, Z ~ q(y,z)"]),
        (["X indep Y"], ["X indep Y"]),
        (["X, Y ~ p(x,y)", "X indep Z"], ["X indep Z"]),
        (["X, Y ~ p(x,y)", "X indep X"], ["X indep X"]),
        (["X, Y ~ p(x,y)", "X indep Y | Y"], ["X indep Y | Y"]),
        (["X, Y, Z ~ p(x,y,z)", "X -> Y -> X"], ["X -> Y -> X"]),
        (["X, Y ~ p(x,y)", "Z, W ~ q(z,w)", "X indep Z"], ["X indep Z"]),
        # formulas
        (["q[i] = exp(z[i])/sum(j in 1..n, exp(z[j]))"], ["q[i] = exp(z[i])"]),
        (["Q on {1..n}", "q[i] = 2/n"], ["q[i] = 2/n"]),
        (["Q on {1..n}", "q[i] = exp(z[i])"], ["q[i] = exp(z[i])"]),
        (["Q on {1..n}", "q[i] = z[i]/sum(j in 1..n, z[j])"], ["q[i] = z[i]/sum(j in 1..n, z[j])"]),
        (["Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..m, exp(z[j]))"], ["q[i] = exp(z[i])/sum(j in 1..m"]),
        (["Q on {1..n}", "q[i] = exp(z[i])/sum(j in 1..n, exp(w[j]))"], ["q[i] = exp(z[i])/sum(j in 1..n, exp(w"]),
        (["Q on {1..n}", "q[i] = q[i]^2/sum(j in 1..n, q[j]^2)"], ["q[i] = q[i]^2"]),
        (["P, Q on {1..n}", "q[i] = p[i]", "p[i] = q[i]"], ["in terms of themselves"]),
        # kinds
        (["P ~ Bernoulli(p)", "p on {1..n}"], ["'p' both a number and a law"]),
        (["P on {1..n}", "Q ~ Bernoulli(p)"], ["the letter of the masses of P"]),
        (["X, Y ~ p(x,y)", "X on {1..n}"], ["'X'"]),
        (["P on {1..n}", "n function"], ["'n'"]),
        (["P on {a, b}", "a > 0"], ["'a'"]),
        (["X, Y ~ p(x,y)", "p > 0"], ["p > 0"]),
        (["log > 0"], ["'log'"]),
        (["H on {1..n}"], ["'H'"]),
        (["a > "], ["a >"]),
        (["f function", "f"], ["'f'"]),
    ],
    ids=lambda value: "; ".join(value) if isinstance(value, list) else None,
)
def test_givens_that_do_not_fit_are_named(texts: list[str], named: list[str]) -> None:
    with pytest.raises(GivenError) as refused:
        setting(texts)
    for words in named:
        assert words in str(refused.value)
    with pytest.raises(GivenError):
        setting(reversed(texts))


def test_a_family_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean Bernoulli"):
        setting(["P ~ Bernouli(p)"])


@pytest.mark.parametrize(
    "texts",
    [
        ["P ~ Bernoulli(p)", "P ~ Bernoulli(p)"],
        ["P, Q ~ Bernoulli(1/2)"],
        ["P on {1..3}", "p[1] = 1/2", "p[2] = 1/4", "p[3] = 1/4"],
        ["P on {1..n}", "p[1] = 1/2", "p[2] = 1/2"],
        ["P on {1..n}", "n integer", "n >= 3"],
        ["a >= 1", "a <= 1"],
        ["a > b", "b > c", "a > c"],
        ["a^2 < 2", "a > 1"],
        ["log base 2", "log base 2"],
        ["X, Y ~ p(x,y)", "X indep Y", "Y indep X"],
        ["P on X", "X, Y ~ p_(x,y)"],
        [""],
        [" ; ; "],
    ],
    ids="; ".join,
)
def test_givens_that_fit_are_not_refused(texts: list[str]) -> None:
    setting(texts)


@given(
    st.lists(
        st.sampled_from(["P on {1..n}", "p[1] > 0", "X, Y ~ p(x,y)", "P ~ Bernoulli(p)", "n = 3", "a > b", "b > a", "p > 0"]),
        max_size=6,
    )
)
def test_no_givens_do_worse_than_a_named_error(texts: list[str]) -> None:
    try:
        found = setting(texts)
    except SymklError as refused:
        assert str(refused)
    else:
        assert found.texts == tuple(texts)


# The statements of the field under their givens


STATEMENTS = json.loads((Path(__file__).parent / "data" / "readings.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", STATEMENTS, ids=lambda case: case["statement"])
def test_the_statements_of_the_field_read_and_write_back(case: dict[str, list[str]]) -> None:
    where = setting(case["given"])
    statement = read_plain(str(case["statement"]), where.scope)
    assert read_plain(where.write(statement), where.scope) == statement


def test_a_formula_for_a_marginal_is_no_formula_for_the_joint_law():
    from symkl.judge.prove import judge
    from symkl.language.plain_reader import read_plain

    known = setting(["X, Y ~ r(x,y)", "r(x) = 1/size(X)"])
    assert "r" not in known.formulas
    assert judge(read_plain("H(X, Y) = log(size(X)) + H(Y | X)", known.scope), known).verdict != "refuted"
