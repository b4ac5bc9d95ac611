"""Is every log of something positive, every denominator nonzero, every index in its range, on the whole domain?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from symkl.errors import UndefinedTerm
from symkl.language.term import (
    Binder,
    Constant,
    Derivative,
    Expectation,
    Log,
    Mass,
    Measure,
    Number,
    Outcome,
    Power,
    Quotient,
    Range,
    Relation,
    Symbol,
    Term,
    Value,
    free_names,
    is_law,
)
from symkl.theory.conditions import Signs, discharge
from symkl.theory.measures import unfold
from symkl.theory.setting import Setting

_ZERO = Number(0)
_NOTHING: frozenset[str] = frozenset()


def undefined_part(term: Term, setting: Setting, known: Collection[Term] = ()) -> Term | None:
    """The first part of a term that the givens do not show to have a value, or None where they show all of it.

    Parts in `known` are taken to have one (`parts_outside_binders` of a term that has). A measure has a value where its
    definition does.
    """
    for part, bound in _parts(term, known):
        if part in known and bound.isdisjoint(free_names(part)):
            continue
        if not all(discharge(condition, setting) is not None for condition in _conditions(part, setting)) or _unfit(
            part, setting
        ):
            return part
    return None


def parts_outside_binders(term: Term) -> frozenset[Term]:
    """The parts of a term that speak of no name that is bound around them in it."""
    return frozenset(part for part, bound in _parts(term, ()) if bound.isdisjoint(free_names(part)))


def _parts(term: Term, known: Collection[Term]) -> Iterator[tuple[Term, frozenset[str]]]:
    """Every part that is made of others and no law, with the names bound around it; nothing inside a part that is known."""
    pending = [(term, _NOTHING)]
    while pending:
        part, bound = pending.pop()
        yield part, bound
        if part in known and bound.isdisjoint(free_names(part)):
            continue
        inside = bound.union(part.names) if isinstance(part, Binder) else bound
        args = [arg for arg in part.args if not is_law(arg)] if isinstance(part, Measure | Expectation) else part.args
        pending.extend((arg, inside if k == len(args) - 1 else bound) for k, arg in enumerate(args) if arg.args)


def _conditions(part: Term, setting: Setting) -> list[Relation]:
    match part:
        case Log(argument, base):
            positive = [Relation((argument, _ZERO), (">",))]
            if isinstance(base, Constant):
                return positive
            return [*positive, Relation((base, _ZERO), (">",)), Relation((base, Number(1)), ("!=",))]
        case Quotient(_, denominator):
            return [Relation((denominator, _ZERO), ("!=",))]
        case Power(_, Number(value)) if value.denominator == 1:
            return []
        case Power(base, _):
            return [Relation((base, _ZERO), (">",))]
        case Mass():
            return _index_conditions(part, setting)
        case _:
            return []


def _index_conditions(mass: Mass, setting: Setting) -> list[Relation]:
    """Values, outcomes and symbols stand for elements of the alphabet; any other index has to be shown to be in its range."""
    law = setting.scope.laws.get(mass.marginal.law)
    found = []
    for name, value in zip((*mass.marginal.of, *mass.marginal.given), mass.args, strict=False):
        alphabet = law.alphabet(name) if law is not None and name in law.variables else None
        if isinstance(alphabet, Range) and not isinstance(value, Value | Outcome | Symbol) and not _inside(value, alphabet):
            found.append(Relation((alphabet.low, value, alphabet.high), ("<=", "<=")))
    return found


def _inside(value: Term, alphabet: Range) -> bool:
    match value, alphabet:
        case Number(at), Range(Number(low), Number(high)):
            return low <= at <= high and at.denominator == 1
        case _:
            return False


def _unfit(part: Term, setting: Setting) -> bool:
    """Whether a part asks for something else than a sign: whole bounds, a variable that moves, a definition with a value."""
    match part:
        case Range():
            return not all(map(Signs(setting).whole, part.args))
        case Derivative(_, Symbol(name)):
            return name in setting.integers
        case Measure():
            return not _has_definition(part, setting)
        case _:
            return False


def _has_definition(measure: Measure, setting: Setting) -> bool:
    try:
        return undefined_part(unfold(measure, setting), setting) is None
    except UndefinedTerm:
        return False
