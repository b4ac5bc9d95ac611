"""The arguments of a measure in groups: I(X, Y; Z | W) is between (X, Y) and (Z), given (W)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symkl.language.kinds import kind_of
from symkl.language.term import Measure, RandomVariable, Term

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """What a measure is of, the signs between that, and what it is given; I(X, Y) is written for I(X; Y)."""

    measured: tuple[tuple[Term, ...], ...]
    between: tuple[str, ...]
    given: tuple[Term, ...]


def groups(measure: Measure) -> Groups:
    """The arguments grouped: laws and numbers one by one, random variables and events by the commas between them."""
    bar = measure.separators.index("|") + 1 if "|" in measure.separators else len(measure.args)
    signs = measure.separators[: bar - 1]
    listed = kind_of(measure.args[0]) == "variable" and (measure.name != "I" or ";" in signs)
    measured: list[list[Term]] = [[measure.args[0]]]
    between: list[str] = []
    for sign, argument in zip(signs, measure.args[1:bar], strict=True):
        if listed and sign == ",":
            measured[-1].append(argument)
        else:
            between.append(";" if measure.name == "I" else sign)
            measured.append([argument])
    return Groups(tuple(map(tuple, measured)), tuple(between), measure.args[bar:])


def variable_groups(measure: Measure) -> tuple[tuple[Names, ...], Names] | None:
    """The names of the random variables measured, group by group, and of those given; None where it is of anything else."""
    if not all(isinstance(argument, RandomVariable) for argument in measure.args):
        return None
    found = groups(measure)
    return tuple(map(_names, found.measured)), _names(found.given)


def _names(arguments: Sequence[Term]) -> Names:
    return tuple(argument.name for argument in arguments if isinstance(argument, RandomVariable))


def measure_of_variables(name: str, measured: Sequence[Sequence[str]], given: Sequence[str] = ()) -> Measure:
    """The measure of these groups of random variables, given these: H(X, Y | Z), I(X; Y, Z)."""
    signed = [(sign, group) for sign, group in (*((";", group) for group in measured), ("|", given)) if group]
    args = [RandomVariable(variable) for _, group in signed for variable in group]
    separators = [sign if k == 0 else "," for sign, group in signed for k in range(len(group))]
    return Measure(name, args, separators[1:])
