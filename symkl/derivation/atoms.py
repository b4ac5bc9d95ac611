"""What is never negative, as far as a statement speaks of it: divergences, informations, entropies.

Each is a candidate for the difference of the two sides of an inequality. What shows one is in `symkl.derivation.grounds`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from symkl.language.grouping import measure_of_variables
from symkl.language.scope import MASS, LawDeclaration
from symkl.language.term import (
    Law,
    Log,
    Marginal,
    Mass,
    Measure,
    Number,
    Plus,
    Quotient,
    RandomVariable,
    Symbol,
    Term,
    Times,
    Value,
    is_law,
    subterms,
    sum_of,
)
from symkl.theory.measures import coordinates, unfold
from symkl.theory.setting import Setting

MOST_VARIABLES = 4
"""Informations of so many random variables at most are tried."""

MOST_LAWS = 8
"""So many laws are compared at most, each with each."""


def atoms(sides: Sequence[Term], setting: Setting) -> Iterator[Term]:
    """The divergences, informations and entropies that a statement may come down to, the likelier first."""
    laws = list(_laws(sides, setting))[:MOST_LAWS]
    for one in laws:
        for other in laws:
            if one != other and _alphabets(one, setting) == _alphabets(other, setting):
                yield Measure("KL", (one, other), ("||",))
    yield from _kernels(sides, setting)
    for law in laws:
        yield from _shares(law, setting)
    used = {part.name for side in sides for part in subterms(side) if isinstance(part, RandomVariable)}
    for joint in setting.scope.laws.values():
        if used and used <= set(joint.variables) and len(joint.variables) <= MOST_VARIABLES:
            yield from _informations(joint)
    for law in laws:
        if all(setting.scope.laws[part.marginal.law].entries == MASS for part in subterms(law) if isinstance(part, Law)):
            yield Measure("H", (law,))


def _alphabets(law: Term, setting: Setting) -> list[Term]:
    return [each.alphabet for each in coordinates(law, setting)]


def weights(sides: Sequence[Term]) -> tuple[Term, ...]:
    """The factors that a statement mixes laws or weighs measures with; 1 is among them."""
    found: dict[Term, None] = {Number(1): None}
    for side in sides:
        for part in subterms(side):
            if isinstance(part, Times) and any(is_law(each) or isinstance(each, Measure) for each in part.args):
                found.update((each, None) for each in part.args if _is_weight(each))
    return tuple(found)


def _is_weight(term: Term) -> bool:
    if is_law(term) or isinstance(term, Number):
        return False
    return any(isinstance(part, Symbol) for part in subterms(term)) and not any(
        isinstance(part, Measure | Mass) for part in subterms(term)
    )


# Laws


def _laws(sides: Iterable[Term], setting: Setting) -> Iterator[Term]:
    """The laws that a statement speaks of, the mixtures that it mixes them to, and those that are given."""
    found: dict[Term, None] = {}
    for side in sides:
        for part in subterms(side):
            if isinstance(part, Measure):
                written = unfold(part, setting) if part.name == "JS" else part
                found.update((law, None) for each in subterms(written) if isinstance(each, Measure) for law in _of_law(each))
    for side in sides:
        for part in subterms(side):
            if isinstance(part, Law):
                found[part] = None
            elif isinstance(part, Mass):
                found.update((law, None) for law in _of_mass(part))
            elif isinstance(part, RandomVariable):
                found.update((law, None) for law in _of_variable(part, setting))
    for declared in setting.scope.laws.values():
        if declared.entries == MASS and len(declared.variables) == 1 and not declared.given:
            found[declared.law()] = None
    yield from (law for law in found if not _is_kernel(law))


def _of_law(measure: Measure) -> Iterator[Term]:
    mean = measure.separators[-1:] == ("|",)
    if not mean:
        yield from (argument for argument in measure.args if is_law(argument))


def _of_mass(mass: Mass) -> Iterator[Term]:
    """The law that a mass is of, and the laws of its other variables given one that has a value."""
    marginal = mass.marginal
    yield Law(marginal, mass.args[len(marginal.of) :])
    names = (*marginal.of, *marginal.given)
    for name, value in zip(names, mass.args, strict=True):
        others = tuple(other for other in names if other != name)
        if isinstance(value, Value) and others:
            yield Law(Marginal(marginal.law, marginal.letter, marginal.indexed, others, (name,)), (value,))


def _of_variable(variable: RandomVariable, setting: Setting) -> Iterator[Term]:
    declared = setting.scope.laws.get(setting.scope.variables.get(variable.name, ""))
    if declared is not None:
        yield Law(declared.marginal((variable.name,)))


def _is_kernel(law: Term) -> bool:
    return any(isinstance(part, Law) and part.marginal.given and not part.args for part in subterms(law)) and not isinstance(
        law, Times
    )


def _shares(mixture: Term, setting: Setting) -> Iterator[Term]:
    """Of an equal mixture, the mean log of how much larger than each law its total is: sum p*log(1 + q/p)."""
    match mixture:
        case Quotient(Plus(laws), Number(count)) if count == len(laws) and all(isinstance(law, Law) for law in laws):
            for law in laws:
                divergence = unfold(Measure("KL", (law, mixture), ("||",)), setting)
                match divergence.args[-1]:
                    case Times((Mass() as mass, Log(Quotient(_, Quotient(Plus(masses), _)), base))) if mass in masses:
                        others = [other for other in masses if other != mass]
                        rest = sum_of(others)
                        above_one = Log(Plus(Number(1), Quotient(rest, mass)), base)
                        yield divergence.with_args((*divergence.args[:-1], Times(mass, above_one)))


def _kernels(sides: Iterable[Term], setting: Setting) -> Iterator[Term]:
    """Of two joint laws of the same variables, the divergences of their marginals and of what these leave."""
    names = dict.fromkeys(part.marginal.law for side in sides for part in subterms(side) if isinstance(part, Law))
    joints = [setting.scope.laws[name] for name in names if len(setting.scope.laws[name].variables) > 1]
    for one in joints:
        for other in joints:
            variables = one.variables
            if one is other or variables != other.variables or len(variables) > MOST_VARIABLES:
                continue
            for size in range(1, len(variables) + 1):
                for of in combinations(variables, size):
                    yield Measure("KL", (Law(one.marginal(of)), Law(other.marginal(of))), ("||",))
                    rest = tuple(name for name in variables if name not in of)
                    if rest:
                        kernels = Law(one.marginal(of, rest)), Law(other.marginal(of, rest))
                        yield Measure("KL", (*kernels, Law(one.marginal(rest))), ("||", "|"))


# Random variables


def _informations(joint: LawDeclaration) -> Iterator[Term]:
    """Every mutual information and conditional entropy of the variables of a law."""
    names = joint.variables
    for of in _subsets(names, 1) if joint.entries == MASS else ():
        for given in _subsets(_others(names, of)):
            yield measure_of_variables("H", [of], given)
    for left in _subsets(names, 1):
        rest = _others(names, left)
        for right in _subsets(rest, 1):
            if names.index(left[0]) < names.index(right[0]):
                for given in _subsets(_others(rest, right)):
                    yield measure_of_variables("I", [left, right], given)


def _subsets(names: Sequence[str], least: int = 0) -> Iterator[tuple[str, ...]]:
    """The subsets of so many names at least, the smaller ones first."""
    for size in range(least, len(names) + 1):
        yield from combinations(names, size)


def _others(names: Iterable[str], chosen: Collection[str]) -> list[str]:
    return [name for name in names if name not in chosen]
