"""Is every log of something positive, every denominator nonzero, every index in its range, on the whole domain?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from symkl.errors import UndefinedTerm
from symkl.language.term import (
    Binder,
    Constant,
    Derivative,
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
    return next(_undefined(term, setting, known, _NOTHING), None)


def parts_outside_binders(term: Term) -> frozenset[Term]:
    """The parts of a term that speak of no name that is bound around them in it."""
    return frozenset(_unbound(term, _NOTHING))


def _unbound(term: Term, bound: frozenset[str]) -> Iterator[Term]:
    if bound.isdisjoint(free_names(term)):
        yield term
    for part, inside in _with_bound(term, bound):
        yield from _unbound(part, inside)


def _with_bound(term: Term, bound: frozenset[str]) -> Iterable[tuple[Term, frozenset[str]]]:
    if not isinstance(term, Binder):
        return [(part, bound) for part in term.args]
    return [*((domain, bound) for domain in term.domains), (term.body, bound.union(term.names))]


def _undefined(term: Term, setting: Setting, known: Collection[Term], bound: frozenset[str]) -> Iterator[Term]:
    if is_law(term) or (term in known and bound.isdisjoint(free_names(term))):
        return
    if not all(discharge(condition, setting) is not None for condition in _conditions(term, setting)) or _unfit(term, setting):
        yield term
    for part, inside in _with_bound(term, bound):
        yield from _undefined(part, setting, known, inside)


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
    law = setting.scope.laws[mass.marginal.law]
    found = []
    for name, value in zip((*mass.marginal.of, *mass.marginal.given), mass.args, strict=True):
        alphabet = law.alphabet(name)
        if isinstance(alphabet, Range) and not isinstance(value, Value | Outcome | Symbol):
            found.append(Relation((alphabet.low, value, alphabet.high), ("<=", "<=")))
    return found


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
