"""The computed rules of entries: what they make, and above all what they refuse."""

from __future__ import annotations

import pytest

from symkl.derivation.computed import compute
from symkl.derivation.context import Context
from symkl.errors import Rejection
from symkl.language.plain_reader import read_plain
from symkl.language.term import Number, Relation
from symkl.theory.setting import Setting, setting
from symkl.theory.wellformed import malformed

WORLD = setting(["P, Q on {1..n}", "R on {1..3}", "z real on {1..n}", "x positive on {1..3}", "a, b, c real", "a + b = c"])


def made(name: str, text: str, where: Setting = WORLD, **binding: int) -> str:
    bound = {key: Number(value) for key, value in binding.items()}
    return where.write(compute(name, read_plain(text, where.scope), bound, False, Context(where)))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("diff-entry", "diff(z[i], z[k])", "delta(i, k)"),
        ("diff-entry", "diff(x[1], x[1])", "1"),
        ("diff-entry", "diff(x[2], x[1])", "0"),
        ("delta-sum", "sum(i in 1..n, p[i]*delta(i,k))", "p[k]"),
        ("delta-sum", "sum(i in 1..n, p[i]*delta(k,i)/q[i])", "p[k]/q[k]"),
        ("delta-sum", "sum(i in 1..3, delta(i,2))", "1"),
        ("delta-sum", "sum(i in 1..n, j in 1..n, p[i]*delta(i,j))", "sum(j in 1..n, p[j])"),
        ("complement", "r[2]", "1 - r[1] - r[3]"),
        ("complement", "p[n]", "1 - sum(i in 1..n - 1, p[i])"),
        ("split-last", "sum(i in 1..n, i*p[i])", "sum(i in 1..n - 1, i*p[i]) + n*p[n]"),
    ],
)
def test_what_they_make(name: str, before: str, after: str) -> None:
    assert made(name, before) == after


@pytest.mark.parametrize(
    ("name", "before"),
    [
        # Nothing says that k is in the alphabet.
        ("delta-sum", "sum(i in 1..n, delta(i,k))"),
        ("delta-sum", "sum(i in 2..n, p[i]*delta(i,k))"),
        ("delta-sum", "sum(i in 1..3, x[i]*delta(i,4))"),
        ("delta-sum", "sum(i in 1..n, sum(k in 1..n, p[k])*delta(i,k))"),
        # The delta is no factor, or compares a value with itself.
        ("delta-sum", "sum(i in 1..n, p[i]^delta(i,k))"),
        ("delta-sum", "sum(i in 1..n, p[i] + delta(i,k))"),
        ("delta-sum", "sum(i in 1..n, p[i]*delta(i,i))"),
        ("diff-entry", "diff(z[1], x[1])"),
        ("complement", "p[1]"),
        ("complement", "p[k]"),
        ("split-last", "sum(i in 1..n - 2, 1/p[i])"),
    ],
)
def test_what_they_refuse(name: str, before: str) -> None:
    with pytest.raises(Rejection):
        made(name, before)


def test_a_vector_that_an_equation_constrains_is_not_free() -> None:
    bound = setting(["x positive on {1..3}", "x[1] + x[2] = 1"])
    with pytest.raises(Rejection):
        made("diff-entry", "diff(x[2], x[1])", bound)


def test_an_equation_that_is_given() -> None:
    number = next(k for k, fact in enumerate(WORLD.facts) if fact.relation.operators == ("=",))
    assert made("given", "a + b", number=number) == "c"
    for text in ("a - b", "b + a", "c"):
        with pytest.raises(Rejection):
            made("given", text, number=number)
    other = next(k for k, fact in enumerate(WORLD.facts) if fact.relation.operators != ("=",))
    with pytest.raises(Rejection):
        made("given", "n", number=other)


def test_a_mass_of_a_law_does_not_vary_alone() -> None:
    softmax = setting(["Q on {1..3}", "q[i] = exp(z[i])/sum(j in 1..3, exp(z[j]))"])
    for where, text in ((WORLD, "diff(r[1]^2, r[1])"), (softmax, "diff(q[1]^2, q[1])")):
        assert "none varies alone" in malformed(read_plain(text, where.scope), where)
    assert not malformed(read_plain("diff(q[1]^2, z[1])", softmax.scope), softmax)
    assert isinstance(read_plain("z[1] = 0", WORLD.scope), Relation)
