"""Claims on entropies and informations of joint laws whose masses may be zero, proved by the entropies of groups of variables.

Every such measure is a combination of entropies. An equation holds where its sides are the same combination, up to what the
givens say of independence. An inequality holds where the difference of its sides is a combination, with multipliers that are not
negative, of Shannon's elemental measures (R. Yeung, Information Theory and Network Coding, ch. 14).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from symkl.certificate.terms import Terms
from symkl.errors import NoImage
from symkl.language.grouping import variable_groups
from symkl.language.scope import MASS, LawDeclaration
from symkl.language.term import Measure, Negation, Number, Plus, Quotient, RandomVariable, Relation, Term, Times, difference
from symkl.theory.independence import stated_independences
from symkl.theory.setting import Setting

VARIABLES = 4
"""The prelude takes laws of so many random variables apart."""

Combination = Mapping[Hashable, Fraction]
"""A combination of entropies, each by the group of random variables or by the laws that it is of."""


def proof_by_entropies(terms: Terms, goal: Relation) -> list[str]:
    """The proof of an equation or inequality between combinations of entropies and informations, after its hypotheses.

    Raises: NoImage with the reason, where it is none, or none of the reasons above shows it.
    """
    setting = terms.setting
    spoken_of = linear(gap(goal))
    if any(variable_groups(measure) is None for measure in spoken_of):
        raise NoImage(_ONLY)
    laws = [_law(measure, setting) for measure in spoken_of]
    target = together((_entropies(measure), factor) for measure, factor in spoken_of.items())
    reasons = list(_independent(setting))
    if goal.operators[0] != "=":
        reasons += [reason for law in dict.fromkeys(laws) for reason in _elemental(law)]
    needed = used({reason: _entropies(reason.measure) for reason in reasons}, target)
    measures = dict.fromkeys([*spoken_of, *(reason.measure for reason in needed)])
    return [
        "masses_of_laws.",
        *(f"assert ({terms.real(measure)} = {_written(terms, measure)}) by by_entropies." for measure in measures),
        *(reason.shown(terms) for reason in needed),
        "lra.",
    ]


_ONLY = "Of joint laws only combinations of entropies and informations are stated with zeros."


# Measures as combinations


def gap(goal: Relation) -> Term:
    """What is zero, or not negative, where an equation or inequality holds.

    Raises: NoImage for any other statement.
    """
    if len(goal.args) != 2 or goal.operators[0] not in ("=", "<=", ">="):
        raise NoImage("Only an equation or inequality of two sides is stated with zeros.")
    smaller, larger = goal.args if goal.operators[0] == "<=" else reversed(goal.args)
    return difference(larger, smaller)


def linear(term: Term) -> dict[Measure, Fraction]:
    """The measures that a term is a combination of, each with its factor.

    Raises: NoImage where it is none.
    """
    match term:
        case Measure():
            return {term: Fraction(1)}
        case Number(value) if value == 0:
            return {}
        case Negation(inner):
            return {measure: -factor for measure, factor in linear(inner).items()}
        case Plus(terms):
            total: dict[Measure, Fraction] = {}
            for part in terms:
                for measure, factor in linear(part).items():
                    total[measure] = total.get(measure, Fraction(0)) + factor
            return total
        case Times((Number(value), inner)) | Times((inner, Number(value))):
            return {measure: value * factor for measure, factor in linear(inner).items()}
        case Quotient(inner, Number(value)) if value:
            return {measure: factor / value for measure, factor in linear(inner).items()}
        case _:
            raise NoImage("Only combinations of measures are stated with zeros there.")


def _law(measure: Measure, setting: Setting) -> LawDeclaration:
    names = [name for group in _groups(measure) for name in group]
    law = setting.scope.joint_law(names)
    if law is None or law.entries != MASS or law.given or law.name in setting.formulas or len(law.variables) > VARIABLES:
        raise NoImage(f"With zeros a joint law has {VARIABLES} random variables at most, and no formula.")
    return law


def _groups(measure: Measure) -> list[tuple[str, ...]]:
    """The groups of a measure, and what it is given at the end."""
    found = variable_groups(measure)
    if found is None or len(found[0]) > 2:
        raise NoImage(_ONLY)
    return [*found[0], found[1]]


def _parts(measure: Measure) -> list[tuple[int, frozenset[str]]]:
    """A measure in entropies, with the signs and in the order of the prelude's lemma."""
    *measured, given = map(frozenset, _groups(measure))
    if len(measured) == 1:
        found = [(1, measured[0] | given), (-1, given)]
    else:
        found = [(1, measured[0] | given), (1, measured[1] | given), (-1, measured[0] | measured[1] | given), (-1, given)]
    return [(sign, group) for sign, group in found if group]


def _entropies(measure: Measure) -> Combination:
    return together(({group: Fraction(1)}, Fraction(sign)) for sign, group in _parts(measure))


def together(weighted: Iterable[tuple[Combination, Fraction]]) -> Combination:
    """The sum of combinations, each with its factor."""
    total: dict[Hashable, Fraction] = {}
    for combination, factor in weighted:
        for group, value in combination.items():
            total[group] = total.get(group, Fraction(0)) + factor * value
    return {group: value for group, value in total.items() if value}


def _written(terms: Terms, measure: Measure) -> str:
    law = _law(measure, terms.setting)
    parts = [(sign, terms.real(_of([law.in_order(group)], ()))) for sign, group in _parts(measure)]
    return parts[0][1] + "".join(f" {'+' if sign > 0 else '-'} {text}" for sign, text in parts[1:])


def _of(measured: Sequence[Collection[str]], given: Collection[str]) -> Measure:
    """The entropy of a group, or the information between two, given a third."""
    names = [name for group in (*measured, given) for name in group]
    signs = [sign for group in measured for sign in [*[","] * (len(group) - 1), ";"]][:-1]
    behind = ["|", *[","] * (len(given) - 1)] if given else []
    return Measure("H" if len(measured) == 1 else "I", map(RandomVariable, names), [*signs, *behind])


# What a claim follows from


@dataclass(frozen=True, slots=True)
class Reason:
    """A measure that is not negative, or is zero by what the givens say of independence."""

    measure: Measure
    zero: bool = False

    def shown(self, terms: Terms) -> str:
        """That it is so, and the tactic that shows it."""
        if self.zero:
            return f"assert ({terms.real(self.measure)} = 0) by by_independent."
        return f"assert (0 <= {terms.real(self.measure)}) by by_not_negative."


def _independent(setting: Setting) -> Iterator[Reason]:
    for left, right, condition in stated_independences(setting):
        yield Reason(_of([sorted(left), sorted(right)], sorted(condition)), zero=True)


def _elemental(law: LawDeclaration) -> Iterator[Reason]:
    for name in law.variables:
        yield Reason(_of([[name]], [other for other in law.variables if other != name]))
    for one, two in combinations(law.variables, 2):
        others = [name for name in law.variables if name not in (one, two)]
        for count in range(len(others) + 1):
            for given in combinations(others, count):
                yield Reason(_of([[one], [two]], given))


def used(reasons: Mapping[Reason, Combination], target: Combination) -> list[Reason]:
    """The reasons for which a combination is not negative; for which it is zero, where each says that its measure is.

    Raises: NoImage where these do not show it.
    """
    if not target:
        return []
    # FLINT is loaded only where a claim needs it.
    from symkl.judge.linear import nonnegative_combination

    columns = list(reasons.items())
    columns += [(reason, together([(entropies, Fraction(-1))])) for reason, entropies in reasons.items() if reason.zero]
    keys = {key: k for k, key in enumerate(dict.fromkeys([*target, *(key for _, found in columns for key in found)]))}
    rows = [{keys[key]: value for key, value in found.items()} for found in (*(column for _, column in columns), target)]
    multipliers = nonnegative_combination(rows[:-1], rows[-1])
    if multipliers is None:
        raise NoImage("With zeros it does not follow from Gibbs' and Shannon's inequalities, or what is given.")
    return list(dict.fromkeys(columns[k][0] for k in multipliers))
