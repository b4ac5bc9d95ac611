"""Measures that name a random variable twice: X given itself is certain, and X shares with itself all that it has.

H(X, X) = H(X), H(X, Y | X) = H(Y | X), H(X | X) = 0, I(X; Y | X) = 0, and with D the variables on both sides
I(A, D; B, D | C) = H(D | C) + I(A; B | C, D).
"""

from __future__ import annotations

from collections.abc import Sequence

from symkl.language.grouping import measure_of_variables, variable_groups
from symkl.language.term import Measure, Number, Plus, Term


def without_repeats(measure: Measure) -> Term | None:
    """The same value with every random variable named once on each side; None where none is repeated."""
    found = variable_groups(measure)
    if found is None or len(set(measure.args)) == len(measure.args):
        return None
    measured, given = found
    groups = [_once(group, given) for group in measured]
    conditions = _once(given, ())
    if measure.name in ("H", "h") and len(groups) == 1:
        return _measure(measure.name, groups, conditions)
    if measure.name == "I" and len(groups) == 2:
        one, other = groups
        both = [name for name in one if name in other]
        shared = _measure("H", [both], conditions)
        rest = [[name for name in group if name not in both] for group in groups]
        apart = _measure("I", rest, (*conditions, *both))
        return shared if apart == Number(0) else apart if not both else Plus(shared, apart)
    return None


def _once(names: Sequence[str], taken: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in taken]


def _measure(name: str, groups: Sequence[Sequence[str]], conditions: Sequence[str]) -> Term:
    """The measure of these groups; 0 where one of them is empty."""
    return measure_of_variables(name, groups, conditions) if all(groups) else Number(0)
