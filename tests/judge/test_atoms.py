"""Interning, renaming without capture, skeletons."""

from __future__ import annotations

from symkl.judge.atoms import Domain, Entry, LogOf, Scalar, SumOf, Table, delta_key
from symkl.language.term import Alphabet

T1, T2 = ("t", 1, 0), ("t", 2, 0)
DOMAIN = Domain(Alphabet("X"))


def test_one_number_for_one_key() -> None:
    table = Table()
    assert table.intern(Scalar("p")) == table.intern(Scalar("p"))
    assert table.intern(Scalar("p")) != table.intern(Scalar("q"))


def test_free_values_and_renaming() -> None:
    table = Table()
    entry = table.intern(Entry("p", (("X", T1),)))
    log = table.intern(LogOf(entry))
    assert table.free[log] == {T1}
    renamed = table.renamed(log, {T1: T2})
    assert table.free[renamed] == {T2}
    assert table.skeleton(log) == table.skeleton(renamed)
    assert table.renamed(log, {T2: T1}) == log


def test_a_closed_sum_keeps_its_own_values_apart() -> None:
    table = Table()
    inner_bound = ("b", 1, 0)
    both = table.intern(Entry("p", (("X", inner_bound), ("Y", T1))))
    inner = table.intern(SumOf((DOMAIN,), ((both, 2),)))
    assert table.free[inner] == {T1}
    assert table.height[inner] == 1
    outer = table.renamed(inner, {T1: ("b", 2, 0)})
    assert table.free[outer] == {("b", 2, 0)}


def test_delta_is_symmetric() -> None:
    assert delta_key(T1, T2) == delta_key(T2, T1)
