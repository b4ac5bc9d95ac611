"""Laws that are evident from numbers: in -1/2 log 1/2 - 1/4 log 1/4 + 1/4 log 1/4 the masses are 1/2, 1/4 and 1/4."""

from __future__ import annotations

from fractions import Fraction

from symkl.homework.data import is_entropy
from symkl.language.grouping import groups
from symkl.language.term import Log, Measure, Negation, Number, Plus, RandomVariable, Term, Times
from symkl.theory.affine import affine, constant


def evident_entropy(before: Term, after: Term) -> Term | None:
    """The entropy that a sum of numbers is meant for: each is a mass times its log, and the masses sum to one.

    None where the side before is no entropy of one thing, or the numbers are not of this shape.
    """
    if isinstance(before, Measure) and any(isinstance(part, RandomVariable) for part in groups(before).given):
        return None
    if not is_entropy(before):
        return None
    found = [_mass(term) for term in _terms(after)]
    masses = [each[0] for each in found if each is not None]
    if len(masses) < len(found) or len(masses) < 2 or sum(masses) != 1:
        return None
    logs = [each[1] for each in found if each is not None]
    return Negation(Plus(*(Times(Number(mass), Log(Number(mass), log.base)) for mass, log in zip(masses, logs, strict=True))))


def _terms(term: Term) -> list[Term]:
    match term:
        case Plus(terms):
            return [each for part in terms for each in _terms(part)]
        case Negation(inner):
            return _terms(inner)
    return [term]


def _mass(term: Term) -> tuple[Fraction, Log] | None:
    """The mass a of a log a or a log 1/a, whatever its sign, and the log."""
    factors = [part.argument if isinstance(part, Negation) else part for part in (term.args if isinstance(term, Times) else ())]
    logs = [factor for factor in factors if isinstance(factor, Log)]
    rest = [constant(affine(factor)) for factor in factors if not isinstance(factor, Log)]
    if len(logs) != 1 or len(rest) != 1 or rest[0] is None:
        return None
    mass, argument = rest[0], constant(affine(logs[0].argument))
    return (mass, logs[0]) if mass > 0 and argument in (mass, 1 / mass) else None
