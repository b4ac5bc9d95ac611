"""Measures that name a random variable twice: X given itself is certain, and X shares with itself all that it has.

H(X, X) = H(X), H(X, Y | X) = H(Y | X), H(X | X) = 0, I(X; Y | X) = 0, and with D the variables on both sides
I(A, D; B, D | C) = H(D | C) + I(A; B | C, D).
"""

from __future__ import annotations

from collections.abc import Sequence

from symkl.language.term import Measure, Number, Plus, RandomVariable, Term


def without_repeats(measure: Measure) -> Term | None:
    """The same value with every random variable named once on each side; None where none is repeated."""
    names = [argument.name for argument in measure.args if isinstance(argument, RandomVariable)]
    if len(names) != len(measure.args) or len(set(names)) == len(names):
        return None
    groups, conditions = _sides(measure)
    groups = [_once(group, conditions) for group in groups]
    conditions = _once(conditions, ())
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


def _sides(measure: Measure) -> tuple[list[list[str]], list[str]]:
    """The variables of each argument, and those of the condition."""
    joins = "," if measure.name != "I" or ";" in measure.separators else ""
    groups: list[list[str]] = [[]]
    conditions: list[str] = []
    into = groups[0]
    for separator, argument in zip((joins, *measure.separators), measure.args, strict=True):
        if separator == "|":
            into = conditions
        elif into is not conditions and separator != joins:
            into = []
            groups.append(into)
        into.append(argument.name)  # type: ignore[attr-defined]
    return groups, conditions


def _once(names: Sequence[str], taken: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in taken]


def _measure(name: str, groups: Sequence[Sequence[str]], conditions: Sequence[str]) -> Term:
    """The measure of these groups; 0 where one of them is empty."""
    if not all(groups):
        return Number(0)
    args: list[Term] = []
    separators: list[str] = []
    for separator, group in [(";", group) for group in groups] + ([("|", conditions)] if conditions else []):
        for k, variable in enumerate(group):
            separators.append(separator if k == 0 else ",")
            args.append(RandomVariable(variable))
    return Measure(name, args, separators[1:])
