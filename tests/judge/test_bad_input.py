"""What bad input gets: a named error with the place and, where there is one, the cure; never a traceback, never a verdict."""

from __future__ import annotations

import pytest

import symkl
from symkl.errors import GivenError, ReadError, SymklError, UndefinedTerm

LAW, PAIR = ("P, Q on {1..n}",), ("X, Y ~ p(x,y)",)

BAD = [
    ("KL(P || Q = 1", LAW, ReadError, "", "Expected ')'"),
    ("KL(P | Q) = 1", LAW, ReadError, "KL", "KL is written KL(P || Q)"),
    ("KL(P || S) = 1", LAW, ReadError, "S", "'S on {1..n}'"),
    ("a + 1 = 2", LAW, ReadError, "a", "'a > 0'"),
    ("f(3) = 1", LAW, ReadError, "f", "'f function'"),
    ("sum(i in 1..n, r[i]) = 1", LAW, ReadError, "r", "'r positive on {1..n}'"),
    ("p[1,2] = 1", LAW, ReadError, "p", "its masses are p[i]"),
    ("p(x,y,z) = 1", PAIR, ReadError, "p", "its masses are p(x,y)"),
    ("p[7] = 1", LAW, UndefinedTerm, "p[7]", "'n >= 7'"),
    ("H(P, Q, R) = 1", ("P, Q, R on {1..n}",), UndefinedTerm, "H(P, Q, R)", "H is written H(P)"),
    ("1 + KL(P||Q) = 0", ("P on {1..3}", "Q on {1..4}"), UndefinedTerm, "KL(P||Q)", "'P, Q on {1..n}'"),
    ("H(t*P + (1-t)*Q) >= 0", ("P on {1..n}", "Q on {1..m}", "0 < t < 1"), UndefinedTerm, "t*P + (1-t)*Q", "different values"),
    ("H((p(x) + q)/2) >= 0", ("X ~ p(x)", "q on {1..m}"), UndefinedTerm, "p(x) + q", "different values"),
    ("p + log(p-2) = 0", ("0 < p < 1",), UndefinedTerm, "p-2", "not positive"),
    ("log(p - q) = 0", ("p > 0", "q > 0"), UndefinedTerm, "p - q", "'p - q > 0'"),
    ("log((p-q)^2) = 2*log(p-q)", ("0 < p < 1", "0 < q < 1"), UndefinedTerm, "p-q", "'p - q > 0'"),
    ("log(-2) = 0", (), UndefinedTerm, "-2", "no value: -2"),
    ("1/(p - p) = 1", ("0 < p < 1",), UndefinedTerm, "p - p", "0 on the whole domain"),
    ("1/(p - 1/2) = 1/(p - 1/2)", ("0 < p < 1",), UndefinedTerm, "p - 1/2", "at p = 1/2"),
    ("sum(i in 0..3, 1/i) = 1", (), UndefinedTerm, "i", "at i = 0"),
    ("diff(H(P), p[1]) = 1", ("P on {1..3}",), UndefinedTerm, "p[1]", "a logit"),
]


@pytest.mark.parametrize(("statement", "given", "error", "under", "says"), BAD, ids=[row[0] for row in BAD])
def test_the_error_is_named_and_shows_the_place(
    statement: str, given: tuple[str, ...], error: type[SymklError], under: str, says: str
) -> None:
    with pytest.raises(error) as caught:
        symkl.prove(statement, given=given)
    message, line, carets = str(caught.value).splitlines()
    assert says in message
    start = carets.index("^")
    assert carets.count("^") == max(1, len(under))
    assert line[start:].startswith(under)


@pytest.mark.parametrize(
    "given",
    [
        ("p > 1", "p < 0"),
        ("P on {1..3}", "p[1] = 2"),
        ("P on {1..3}", "P on {1..4}"),
        ("P on {1..1}",),
        ("P onn {1..3}",),
        ("P on {1..3}", "p[1] = 1/2", "p[2] = 1/2"),
        ("X indep Y",),
    ],
)
def test_givens_that_do_not_fit(given: tuple[str, ...]) -> None:
    with pytest.raises(GivenError) as caught:
        symkl.prove("1 = 1", given=given)
    assert given[-1] in str(caught.value)


def test_a_cure_is_offered_only_where_the_givens_allow_it() -> None:
    with pytest.raises(UndefinedTerm) as caught:
        symkl.prove("log(p - 2) = 0", given=("0 < p < 1",))
    assert "A given such as" not in str(caught.value)


def test_a_high_power_is_given_up_and_not_expanded() -> None:
    assert symkl.prove("(1 + p)^100000 > 1 + p^2", given=["0 < p < 1"]).verdict == "unknown"
