"""Patterns as they are written: two that differ in their bound names alone are equal, and have scopes of their own."""

from symkl.language.term import Value
from symkl.theory.pattern import formal_scopes, read_pattern


def test_scopes_are_those_of_the_pattern_as_written() -> None:
    one, other = read_pattern("log(E[i ~ P](f{i}))"), read_pattern("log(E[x ~ P](f{x}))")
    assert one == other
    assert formal_scopes(one) == {"f": (Value("i"),)}
    assert formal_scopes(other) == {"f": (Value("x"),)}
    assert formal_scopes(one) == {"f": (Value("i"),)}
